import { SQL_KEYWORDS } from './sql-keywords.ts';
import { unquoteIdentifier } from './sql-text.ts';

/** One token of a SQL expression: words are lower case unless quoted, strings keep their quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'mark';
  readonly text: string;
}

const TOKEN =
  /\s+|--[^\n]*|(?<string>[Ee]?'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|(?<tag>\$\w*\$)[\s\S]*?\k<tag>)|(?<quoted>"(?:[^"]|"")*")|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<mark>::|[()[\],.;:])|(?<operator>[-+*/<>=~!@#%^&|`?]+)/gy;

/** The tokens of an expression; undefined where it holds something that is none. */
export function sqlTokens(text: string): readonly SqlToken[] | undefined {
  const tokens: SqlToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const token = toToken(match.groups ?? {});
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function toToken(groups: Readonly<Record<string, string | undefined>>): SqlToken | undefined {
  const { string, quoted, number, word, mark, operator } = groups;
  if (string !== undefined) return { kind: 'string', text: string };
  if (quoted !== undefined) return { kind: 'quoted', text: quoted };
  if (number !== undefined) return { kind: 'number', text: number };
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase() };
  if (mark !== undefined) return { kind: 'mark', text: mark };
  return operator === undefined ? undefined : { kind: 'operator', text: operator };
}

/** Names that an expression may read: its words and quoted identifiers, without their quotes. Keywords are names in quotes alone. */
export function sqlNames(text: string): ReadonlySet<string> {
  const names = (sqlTokens(text) ?? []).flatMap(({ kind, text: token }) => {
    if (kind === 'word') return SQL_KEYWORDS.has(token) ? [] : [token];
    return kind === 'quoted' ? [unquoteIdentifier(token)] : [];
  });
  return new Set(names);
}
