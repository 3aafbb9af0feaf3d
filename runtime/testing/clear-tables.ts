import type { Database } from '../database/database.ts';
import type { ResourceCase } from './resource-case.ts';

/** Empties the tables of all resources, and what is kept of their deleted rows; `nameOf` quotes the name of a table. */
export async function clearTables(
  database: Database,
  resources: readonly ResourceCase[],
  nameOf: (table: string) => string,
): Promise<void> {
  const run = (text: string) => database.query({ text, values: [] });
  const pairs = resources.flatMap(({ fields }) => fields.flatMap((field) => field.pairs ?? []));
  const tables = [...pairs, ...resources.map(({ table }) => table)].map(nameOf);
  await deleteTogether(database, tables).catch(async (error: unknown) => {
    // Frozen rows cannot be deleted one by one; few tests leave any.
    if (!resources.some(({ freezes }) => freezes)) throw error;
    await run(`truncate ${tables.join(', ')}`);
  });
  const archives = resources.flatMap(({ archive }) => (archive === undefined ? [] : [nameOf(archive)]));
  // Rows that have just gone are kept there.
  for (const archive of archives) await run(`delete from ${archive}`);
}

/** One statement: references are checked at its end, when all rows are gone. Truncating takes a hundred times as long. */
async function deleteTogether(database: Database, tables: readonly string[]): Promise<void> {
  const [first, ...others] = tables.map((table) => `delete from ${table}`);
  if (first === undefined) return;
  const together = others.map((text, index) => `t${index} as (${text})`).join(', ');
  const text = together === '' ? first : `with ${together} ${first}`;
  await database.query({ name: 'clear', text, values: [] });
}
