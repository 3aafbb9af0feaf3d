import { distance } from 'fastest-levenshtein';
import { type Alias, findAlias, normalizeWord } from './aliases.ts';

/** What to write instead of a word that may not stand here. */
export interface Suggestion {
  /** In the imperative, to follow a semicolon. */
  readonly hint: string;
  /** The word to put in its place, where that is certain. */
  readonly replacement?: string;
}

/** Looks through habits first and spelling second: edit distance alone would answer `integer` to `pointer`. */
export function suggestWord(context: string, written: string, allowed: readonly string[]): Suggestion {
  const alias = findAlias(context, written);
  const spelled = findSpelling(written, allowed);
  if (spelled !== undefined && normalizeWord(spelled) === normalizeWord(written)) return replaceBy(spelled);
  if (alias?.hint !== undefined) return withHint(alias.hint, alias);
  if (alias?.word !== undefined && allowed.includes(alias.word)) return replaceBy(alias.word);
  if (spelled !== undefined) return replaceBy(spelled);
  return { hint: listWords(allowed) };
}

function withHint(hint: string, { word, isCertain }: Alias): Suggestion {
  return word !== undefined && isCertain ? { hint, replacement: word } : { hint };
}

function replaceBy(word: string): Suggestion {
  return { hint: `write "${word}"`, replacement: word };
}

/** The one allowed word that is a slip of the keyboard away; none where two are as near. */
export function findSpelling(written: string, allowed: readonly string[]): string | undefined {
  if (written.length > 60) return undefined;
  const wanted = normalizeWord(written);
  const most = slipsAllowed(wanted);
  let best: string | undefined;
  let fewest = most + 1;
  for (const word of allowed) {
    const steps = countSlips(normalizeWord(word), wanted, most);
    if (steps <= most && steps === fewest) best = undefined;
    if (steps >= fewest) continue;
    best = word;
    fewest = steps;
  }
  return best;
}

/** Edit distance, in which two letters that changed places are one slip; looks only at what the words do not share. */
function countSlips(word: string, wanted: string, most: number): number {
  if (Math.abs(word.length - wanted.length) > most) return Infinity;
  let start = 0;
  while (start < word.length && word[start] === wanted[start]) start += 1;
  let [end, wantedEnd] = [word.length, wanted.length];
  while (end > start && wantedEnd > start && word[end - 1] === wanted[wantedEnd - 1])
    [end, wantedEnd] = [end - 1, wantedEnd - 1];
  const [one, other] = [word.slice(start, end), wanted.slice(start, wantedEnd)];
  if (one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0]) return 1;
  return distance(one, other);
}

function slipsAllowed(word: string): number {
  if (word.length <= 3) return word.length <= 1 ? 0 : 1;
  return word.length <= 5 ? 1 : 2;
}

/** "write one of ..." for few words, and the list beside the message for many. */
export function listWords(allowed: readonly string[]): string {
  if (allowed.length === 0) return 'remove it';
  if (allowed.length === 1) return `write "${allowed[0] ?? ''}"`;
  if (allowed.length > 8) return 'write one of the words that are allowed here';
  return `write one of ${allowed.map((word) => `"${word}"`).join(', ')}`;
}
