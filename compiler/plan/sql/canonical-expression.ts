import { sqlTokens, type SqlToken } from './sql-tokens.ts';

/**
 * One spelling for expressions that Postgres parses alike: blanks, letter case of words and parentheses
 * do not count. What the grammar here does not know is compared token by token.
 */
export function canonicalExpression(text: string): string {
  return canonical(text, false);
}

/** One spelling for expressions that say the same of each row: sides that may change places do not count either. */
export function symmetricExpression(text: string): string {
  return canonical(text, true);
}

function canonical(text: string, isSorted: boolean): string {
  const tokens = sqlTokens(text);
  if (tokens === undefined) return text.trim();
  const reader: Reader = { tokens, isSorted, position: 0 };
  try {
    const result = expression(reader, 0);
    if (reader.position === tokens.length) return result;
  } catch (error) {
    if (!(error instanceof UnknownGrammar)) throw error;
  }
  return tokens.map((token) => token.text).join(' ');
}

/** A string literal cast to a type, `'0'::numeric`, in its parts; undefined for anything else. */
export function literalCast(text: string): { readonly literal: string; readonly type: string } | undefined {
  const match = /^('(?:[^']|'')*')::(.+)$/.exec(canonicalExpression(text));
  return match === null ? undefined : { literal: match[1] ?? '', type: match[2] ?? '' };
}

class UnknownGrammar extends Error {}

interface Reader {
  readonly tokens: readonly SqlToken[];
  /** Whether sides that may change places stand in one order. */
  readonly isSorted: boolean;
  position: number;
}

function peek(reader: Reader, ahead = 0): SqlToken | undefined {
  return reader.tokens[reader.position + ahead];
}

function take(reader: Reader): SqlToken {
  const token = peek(reader);
  if (token === undefined) throw new UnknownGrammar();
  reader.position += 1;
  return token;
}

function accept(reader: Reader, text: string): boolean {
  const token = peek(reader);
  if (token?.text !== text || token.kind === 'string' || token.kind === 'quoted') return false;
  reader.position += 1;
  return true;
}

function expect(reader: Reader, text: string): void {
  if (!accept(reader, text)) throw new UnknownGrammar();
}

const COMPARISON = 5;
const OTHER = 7;

/** How tightly an infix binds; the rest of the operators bind as `OTHER`. */
const BINDING: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  is: 4,
  '<': COMPARISON,
  '>': COMPARISON,
  '=': COMPARISON,
  '<=': COMPARISON,
  '>=': COMPARISON,
  '<>': COMPARISON,
  '!=': COMPARISON,
  not: 6,
  in: 6,
  between: 6,
  like: 6,
  ilike: 6,
  '+': 8,
  '-': 8,
  '*': 9,
  '/': 9,
  '%': 9,
  '^': 10,
  at: 11,
  collate: 12,
  '::': 15,
};

function expression(reader: Reader, least: number): string {
  let left = operand(reader);
  for (;;) {
    const token = peek(reader);
    if (token === undefined) return left;
    const binding = bindingOf(token);
    if (binding === undefined || binding <= least) return left;
    left = infix(reader, left, binding);
  }
}

function bindingOf({ kind, text }: SqlToken): number | undefined {
  if (kind === 'operator') return BINDING[text] ?? OTHER;
  return kind === 'word' || text === '::' ? BINDING[text] : undefined;
}

function infix(reader: Reader, left: string, binding: number): string {
  const { text } = take(reader);
  switch (text) {
    case '::':
      return `${left}::${typeName(reader)}`;
    case 'is':
      return `(${predicate(reader, left)})`;
    case 'not':
      return `not(${infix(reader, left, binding)})`;
    case 'in':
      expect(reader, '(');
      return `(${left} = any(array[${list(reader, ')')}]))`;
    case 'between': {
      const low = expression(reader, BINDING['between'] ?? 0);
      expect(reader, 'and');
      return `((${left} >= ${low}) and (${left} <= ${expression(reader, BINDING['between'] ?? 0)}))`;
    }
    case 'at':
      expect(reader, 'time');
      expect(reader, 'zone');
      return `(${left} at time zone ${expression(reader, binding)})`;
    default:
      return `(${sides(reader, left, text === '!=' ? '<>' : text, expression(reader, binding))})`;
  }
}

/** After `is`. */
function predicate(reader: Reader, left: string): string {
  const is = accept(reader, 'not') ? 'is not' : 'is';
  const { text } = take(reader);
  if (text !== 'distinct') return `${left} ${is} ${text}`;
  expect(reader, 'from');
  return sides(reader, left, `${is} distinct from`, expression(reader, BINDING['is'] ?? 0));
}

/** What an operator says of its sides changed round; of others nothing is known. */
const TURNED: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  '=': '=',
  '<>': '<>',
  'is distinct from': 'is distinct from',
  'is not distinct from': 'is not distinct from',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

function sides({ isSorted }: Reader, left: string, operator: string, right: string): string {
  const turned = TURNED[operator];
  const isTurned = isSorted && turned !== undefined && right < left;
  return isTurned ? `${right} ${turned} ${left}` : `${left} ${operator} ${right}`;
}

function operand(reader: Reader): string {
  const token = take(reader);
  if (token.kind === 'string' || token.kind === 'number') return token.text;
  if (token.kind === 'operator') return `${token.text}${expression(reader, 13)}`;
  if (token.text === '(') return parenthesised(reader);
  if (token.kind === 'mark') throw new UnknownGrammar();
  if (token.text === 'not' && token.kind === 'word') return `not(${expression(reader, 3)})`;
  if (token.text === 'case' && token.kind === 'word') return choice(reader);
  if (token.text === 'cast' && token.kind === 'word') return cast(reader);
  if (token.text === 'array' && accept(reader, '[')) return `array[${list(reader, ']')}]`;
  return named(reader, token.text);
}

function parenthesised(reader: Reader): string {
  if (peek(reader)?.text === 'select') throw new UnknownGrammar();
  const inner = expression(reader, 0);
  if (accept(reader, ')')) return inner;
  expect(reader, ',');
  return `(${inner}, ${list(reader, ')')})`;
}

/** A column, a function's call, or a typed literal such as `interval '1 day'`. */
function named(reader: Reader, first: string): string {
  let name = first;
  while (accept(reader, '.')) name += `.${take(reader).text}`;
  if (accept(reader, '(')) return `${name}(${list(reader, ')')})`;
  if (accept(reader, '[')) return `${name}[${list(reader, ']')}]`;
  return peek(reader)?.kind === 'string' ? `${take(reader).text}::${name}` : name;
}

function list(reader: Reader, end: string): string {
  const items: string[] = [];
  if (accept(reader, end)) return '';
  do items.push(accept(reader, '*') ? '*' : expression(reader, 0));
  while (accept(reader, ','));
  expect(reader, end);
  return items.join(', ');
}

function cast(reader: Reader): string {
  expect(reader, '(');
  const value = expression(reader, 0);
  expect(reader, 'as');
  const type = typeName(reader);
  expect(reader, ')');
  return `${value}::${type}`;
}

function choice(reader: Reader): string {
  const subject = peek(reader)?.text === 'when' ? '' : ` ${expression(reader, 0)}`;
  let text = `case${subject}`;
  while (accept(reader, 'when')) {
    const when = expression(reader, 0);
    expect(reader, 'then');
    text += ` when ${when} then ${expression(reader, 0)}`;
  }
  if (accept(reader, 'else')) text += ` else ${expression(reader, 0)}`;
  expect(reader, 'end');
  return `${text} end`;
}

const TYPE_WORDS = ['varying', 'precision', 'with', 'without', 'time', 'zone'];

/** `character varying(3)`, `timestamp with time zone`, `public.lead_status[]`. */
function typeName(reader: Reader): string {
  let name = take(reader).text;
  while (accept(reader, '.')) name += `.${take(reader).text}`;
  for (;;) {
    const next = peek(reader);
    if (next?.kind === 'word' && TYPE_WORDS.includes(next.text)) name += ` ${take(reader).text}`;
    else if (accept(reader, '(')) name += `(${list(reader, ')')})`;
    else if (accept(reader, '[')) {
      expect(reader, ']');
      name += '[]';
    } else return name;
  }
}
