import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Renamed } from './rename-objects.ts';

type Words = Renamed['words'];

/** A line of a body under the new names of what it reads: if it says the same, it does the same. */
export function renameWords(line: string, words: Words): string {
  const names = new Map(words);
  return line.replace(/[A-Za-z_][\w$]*/g, (word) => names.get(word) ?? word);
}

/** Of the new words those that say of themselves what they mean: the old one named but one thing, and names nothing now. */
export function certainWords({ schema, renames, words }: Renamed): Words {
  if (words.length === 0) return [];
  const used = usedNames(schema);
  const values = renames.flatMap(({ kind, name }) => (kind === 'value' ? [name] : []));
  return words.filter(
    ([name, to]) =>
      !used.has(name) && !values.includes(name) && words.every(([other, next]) => other !== name || next === to),
  );
}

function usedNames({ tables, enums }: DatabaseSchema): ReadonlySet<string> {
  return new Set([
    ...tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]),
    ...enums.flatMap(({ name, values }) => [name, ...values]),
  ]);
}
