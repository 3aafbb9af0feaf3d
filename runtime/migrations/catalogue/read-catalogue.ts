import type { Executor, Text } from '../../database/database.ts';
import type { Catalogue, CatalogueObject } from './catalogue.ts';
import { isCatalogueKind } from './catalogue-kinds.ts';
import { CATALOGUE_SQL } from './catalogue-sql.ts';

/**
 * Reads what a schema holds; changes nothing and takes no lock that anyone would notice. A schema that is not there
 * holds nothing.
 *
 * @throws DatabaseError, DatabaseUnavailable
 */
export async function readCatalogue(executor: Executor, schema: string): Promise<Catalogue> {
  const version = await executor.query({ text: 'show server_version_num', values: [] });
  const { rows } = await executor.query({ text: CATALOGUE_SQL, values: [schema] });
  const objects = rows.flatMap(toObject).toSorted(byKindAndName);
  return { server: Math.floor(Number(version.rows[0]?.[0] ?? 0) / 10_000), objects };
}

function toObject([kind, table, name, attributes]: readonly Text[]): readonly CatalogueObject[] {
  if (!isCatalogueKind(kind)) throw new Error(`the catalogue's query answered with the kind ${kind}`);
  const value: unknown = JSON.parse(attributes ?? '{}');
  const entries = Object.entries(value ?? {}).map(([key, item]) => [key, String(item)] as const);
  const place = typeof table === 'string' ? { table, name: `${table}.${name}` } : { name: name ?? '' };
  return [{ kind, ...place, attributes: Object.fromEntries(entries) }];
}

function byKindAndName(a: CatalogueObject, b: CatalogueObject): number {
  const [left, right] = [`${a.kind} ${a.name}`, `${b.kind} ${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
