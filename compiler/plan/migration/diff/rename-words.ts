import type { DatabaseSchema } from '../../database/database-schema.ts';
import { quoteLiteral } from '../../sql/sql-text.ts';
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
    // A table never stands without its schema: by itself it is another name, such as an alias.
    return dot === undefined && tables.has(word) ? part : `${dot ?? ''}${renamed(word)}`;
  });
}

const WORD = /[A-Za-z_][\w$]*/g;
/** Texts, and words with what is in front of them. */
const PARTS = /'(?:[^']|'')*'|(\."?)?([A-Za-z_][\w$]*)/g;

/** A line of a body under the new names of values, which stand in it as texts. */
export function renameLiterals(line: string, renames: readonly Rename[]): string {
  const values = renames.flatMap((rename) =>
    rename.kind === 'value' ? [[quoteLiteral(rename.name), quoteLiteral(rename.to)] as const] : [],
  );
  if (values.length === 0) return line;
  const literals = new Map(values);
  return line.replace(/'(?:[^']|'')*'/g, (text) => literals.get(text) ?? text);
}

/** Of the new words those that say of themselves what they mean: the old one named but one thing, and names nothing now. */
export function certainWords({ schema, words }: Renamed): Words {
  if (words.length === 0) return [];
  const used = usedNames(schema);
  return words.filter(([name, to]) => !used.has(name) && words.every(([other, next]) => other !== name || next === to));
}

function usedNames({ tables, enums }: DatabaseSchema): ReadonlySet<string> {
  return new Set([
    ...tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]),
    ...enums.flatMap(({ name, values }) => [name, ...values]),
  ]);
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
