import type { App, Entity, Field } from '../../model/app.ts';
import { rowPaths } from '../expression/row-paths.ts';
import { incomingLinks } from '../incoming-links.ts';
import { foreignKeyName } from './foreign-key-name.ts';
import { onDeleteOf, type Gone } from './going-together.ts';

/**
 * Foreign keys of rows that a delete may change twice before it comes to empty these links, or to delete these rows.
 * At the second change of a row in one transaction Postgres looks at all its foreign keys, also at those that have not
 * changed, and would find that what they lead to is gone.
 */
export function recheckedKeys(app: App, gone: Gone): readonly string[] {
  // What is worked off in the first step is so before any look.
  const later = [...gone].filter(([, { most }]) => most > 0).map(([name]) => name);
  const links = later
    .flatMap((name) => incomingLinks(app, name))
    .filter(({ field }) => field.reference !== undefined && onDeleteOf(field) !== 'restrict');
  if (links.length === 0) return [];
  const touched = touchedBy(app, gone);
  return links.flatMap(({ from, field }) => {
    const changes = from.fields.filter((other) => other !== field).map((other) => changesOf(other, gone, touched));
    const sum = changes.reduce((all, one) => all + one, 0);
    return sum < 2 ? [] : [foreignKeyName(from.names.table, field)];
  });
}

/** How often a delete may change a field of one row; twice where it may be oftener. */
function changesOf(field: Field, gone: Gone, touched: ReadonlySet<string>): number {
  const onDelete = onDeleteOf(field);
  if (onDelete === 'setNull' && gone.has(field.reference?.entity ?? '')) return 1;
  if (onDelete === 'unlink' && gone.has(field.links?.entity ?? '')) return 2;
  return readBy(field).some((name) => touched.has(name)) ? 2 : 0;
}

/** The entities of which a delete may delete or change rows, by their links or by what is computed of others. */
function touchedBy(app: App, gone: Gone): ReadonlySet<string> {
  const touched = new Set(gone.keys());
  for (const name of gone.keys())
    for (const { from, field } of incomingLinks(app, name))
      if (onDeleteOf(field) !== 'restrict') touched.add(from.name);
  const readers = readersOf(app);
  for (const name of touched) for (const reader of readers.get(name) ?? []) touched.add(reader);
  return touched;
}

/** By entity, those that compute something of its rows; gathered once for all. */
function readersOf(app: App): ReadonlyMap<string, readonly string[]> {
  const known = readersOfApp.get(app) ?? gatherReaders(app.entities);
  readersOfApp.set(app, known);
  return known;
}

const readersOfApp = new WeakMap<App, ReadonlyMap<string, readonly string[]>>();

function gatherReaders(entities: readonly Entity[]): ReadonlyMap<string, readonly string[]> {
  const all = entities.flatMap(({ name, fields }) => fields.flatMap(readBy).map((read) => ({ name, read })));
  return new Map([...Map.groupBy(all, ({ read }) => read)].map(([read, by]) => [read, by.map(({ name }) => name)]));
}

/** The entities whose rows a computed field is made of, besides its own row. */
function readBy({ computed }: Field): readonly string[] {
  if (computed === undefined) return [];
  return rowPaths(computed.expression).flatMap(({ steps }) => steps.at(-1)?.entity ?? []);
}
