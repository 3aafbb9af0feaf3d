import type { DatabaseSchema } from '../../database/database-schema.ts';
import { SQL_KEYWORDS } from '../../sql/sql-keywords.ts';
import { quoteIdentifier, quoteLiteral, unquoteIdentifier } from '../../sql/sql-text.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import type { Rename } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Renamed } from './rename-objects.ts';

type Words = Renamed['words'];
type ValueRename = Extract<Rename, { readonly kind: 'value' }>;

/** A line of a body under the new names of what it reads: if it says the same, it does the same. */
export function renameWords(line: string, words: Words): string {
  const names = new Map(words.map(([name, to]) => [name, to]));
  const others = new Set(words.flatMap(([name, , kind]) => (kind === 'table' ? [] : [name])));
  const tables = new Set(words.flatMap(([name]) => (others.has(name) ? [] : [name])));
  const renamed = (word: string): string => names.get(word) ?? word;
  return line.replace(PARTS, (part, dot: string | undefined, word: string | undefined) => {
    if (word === undefined) return part.replace(WORD, renamed);
    const name = unquoteIdentifier(word);
    // A table never stands without its schema: by itself it is another name, such as an alias.
    if (!names.has(name) || SQL_KEYWORDS.has(word) || (dot === undefined && tables.has(name))) return part;
    return `${dot ?? ''}${quoteIdentifier(renamed(name))}`;
  });
}

const WORD = /[A-Za-z_][\w$]*/g;
/** Texts, and words with the dot in front of them; keywords are names in quotes alone. */
const PARTS = /'(?:[^']|'')*'|(\.)?("(?:[^"]|"")*"|[A-Za-z_][\w$]*)/g;

/** A line of a body under the new names of values, which stand in it as texts. */
export function renameLiterals(line: string, renames: readonly Rename[]): string {
  const values = renames.flatMap((rename) =>
    rename.kind === 'value' ? [[quoteLiteral(rename.name), quoteLiteral(rename.to)] as const] : [],
  );
  if (values.length === 0) return line;
  const literals = new Map(values);
  return line.replace(/'(?:[^']|'')*'/g, (text) => literals.get(text) ?? text);
}

/**
 * An expression over tables under the new names of enum values, as far as a text in it can be nothing else: all that it
 * reads and that could be compared with that text is of the one enum type. The schema has its new names already.
 */
export function renameValues(expression: string, schema: DatabaseSchema, renames: readonly Rename[]): string {
  const values = renames.flatMap((rename) => (rename.kind === 'value' ? [rename] : []));
  if (!values.some(({ name }) => expression.includes(quoteLiteral(name)))) return expression;
  const types = typesRead(expression, schema);
  const isCertain = (rename: ValueRename): boolean =>
    types.includes(rename.enum) &&
    types.every((type) => isClear(type, rename, schema)) &&
    !expression.includes(` zone ${quoteLiteral(rename.name)}`);
  return renameLiterals(expression, values.filter(isCertain));
}

/** Types of the columns that it may read. */
function typesRead(expression: string, { tables }: DatabaseSchema): readonly string[] {
  const names = sqlNames(expression);
  const columns = tables.flatMap((table) => (names.has(table.name) ? table.columns : []));
  return [...new Set(columns.flatMap(({ name, type }) => (names.has(name) ? [type.name] : [])))];
}

/** Whether no value of a type other than the rename's own is spelled as the value is, or was. */
function isClear(type: string, { enum: own, name, to }: ValueRename, { enums }: DatabaseSchema): boolean {
  // Of the expression's own time: a value that has the name since then has another's place.
  if (type === own) return true;
  const values = find(enums, type)?.values;
  if (values === undefined) return !SPELLED.includes(parseTypeName(type).base);
  return !values.includes(name) && !values.includes(to);
}

/** Types whose values may be any text. */
const SPELLED: readonly string[] = ['text', 'character varying', 'character', 'citext', 'json', 'jsonb', 'name'];
