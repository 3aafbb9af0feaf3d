/** What was written as in another language, and what CEL has for it. */
export interface Habit {
  /** Offsets in the text. */
  readonly place: { readonly start: number; readonly end: number };
  /** What is wrong, as a clause. */
  readonly says: string;
  readonly advice: { readonly hint: string; readonly replacement?: string };
}

/** The spelling of another language at which, or behind the first word of which, CEL's grammar ends. */
export function findHabit(text: string, end: number): Habit | undefined {
  const [operator = ''] = /[=!]=$/.exec(text.slice(0, end)) ?? [];
  const [before = ''] = BEFORE.exec(text.slice(0, end)) ?? [];
  for (const start of [end - operator.length, end, end - before.length]) {
    for (const { written, instead, isAdvice, says } of SPELLINGS) {
      const [found] = written.exec(text.slice(start)) ?? [];
      if (found === undefined) continue;
      return {
        place: { start, end: start + found.length },
        says: says ?? `"${found}" is none of its operators`,
        advice: { hint: `write ${instead}`, ...(isAdvice !== true && { replacement: instead }) },
      };
    }
  }
  return undefined;
}

interface Spelling {
  readonly written: RegExp;
  readonly instead: string;
  /** Whether more than the words has to change. */
  readonly isAdvice?: true;
  /** What is wrong, where it is not an operator. */
  readonly says?: string;
}

/** What another language's spelling may begin with, of which CEL's grammar understands that much: a word, "<", "in (1". */
const BEFORE = /(?:(?<![.\w])(?:[a-z]+\s+|in\s*\([^()]*)|<)$/i;

/** Spellings of other languages, as they stand where CEL's grammar ends, or a word before. */
const SPELLINGS: readonly Spelling[] = [
  { written: /^={1,3}(?=[^=])/, instead: '==' },
  { written: /^!==(?=[^=])/, instead: '!=' },
  { written: /^<>/, instead: '!=' },
  { written: /^&(?!&)/, instead: '&&' },
  { written: /^\|(?!\|)/, instead: '||' },
  { written: /^and\b/i, instead: '&&' },
  { written: /^or\b/i, instead: '||' },
  { written: /^is\s+not\b/i, instead: '!=' },
  { written: /^is\b/i, instead: '==' },
  { written: /^not\s+in\b/i, instead: "!(record.status in ['new', 'won'])", isAdvice: true },
  {
    written: /^in\s*\(/i,
    instead: "square ones: record.status in ['new', 'won']",
    isAdvice: true,
    says: 'round brackets make no list',
  },
  {
    written: /^(not\s+)?between\b/i,
    instead: 'two comparisons: record.score >= 1 && record.score <= 9',
    isAdvice: true,
  },
  { written: /^(not\s+)?i?like\b/i, instead: "record.name.contains('part'), or startsWith", isAdvice: true },
  { written: /^not\b/i, instead: '! before the condition: !record.isOpen', isAdvice: true },
  { written: /^(case|if)\b/i, instead: 'a choice: record.isOpen ? 1 : 0', isAdvice: true },
];
