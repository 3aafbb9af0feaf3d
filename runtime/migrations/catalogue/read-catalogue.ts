import type { Executor, Statement, Text } from '../../database/database.ts';
import type { Catalogue, CatalogueObject } from './catalogue.ts';
import { readObjects, selectObjects } from './object-query.ts';
import { PART_QUERIES } from './part-queries.ts';
import { isTable, listOids, readRelation, selectMembers, selectRelations, type Relation } from './relations.ts';
import { SCHEMA_QUERIES } from './schema-queries.ts';

/**
 * Reads what a schema holds; changes nothing and takes no lock that anyone would notice. A schema that is not there
 * holds nothing.
 *
 * @throws DatabaseError, DatabaseUnavailable
 */
export async function readCatalogue(executor: Executor, schema: string): Promise<Catalogue> {
  const [version = [], rows = [], ...found] = await ask(executor, schema, [
    { text: 'show server_version_num', values: [] },
    selectRelations(schema),
    ...SCHEMA_QUERIES.map((query) => selectObjects(query, schema)),
  ]);
  const others = SCHEMA_QUERIES.flatMap((query, index) => readObjects(query, found[index] ?? []));
  const all = rows.map(readRelation);
  const hasExtensions = others.some(({ kind }) => kind === 'extension');
  const relations = hasExtensions ? await withoutMembers(executor, schema, all) : all;
  const tables = relations.flatMap(({ table }) => table ?? []);
  const objects = [...others, ...tables, ...(await readParts(executor, schema, relations))];
  return { server: Math.floor(Number(version[0]?.[0] ?? 0) / 10_000), objects: objects.toSorted(byKindAndName) };
}

/** What extensions brought is theirs. */
async function withoutMembers(
  executor: Executor,
  schema: string,
  relations: readonly Relation[],
): Promise<readonly Relation[]> {
  const [rows = []] = await ask(executor, schema, [selectMembers(relations)]);
  const members = new Set(rows.map(([oid]) => oid));
  return relations.filter(({ oid }) => !members.has(oid));
}

async function readParts(
  executor: Executor,
  schema: string,
  relations: readonly Relation[],
): Promise<readonly CatalogueObject[]> {
  const asked = PART_QUERIES.flatMap((query) => {
    const some = relations.filter(query.isAsked);
    return some.length === 0 ? [] : [{ query, statement: selectObjects(query, listOids(some)) }];
  });
  if (asked.length === 0) return [];
  const rows = await ask(
    executor,
    schema,
    asked.map(({ statement }) => statement),
  );
  const tables = new Map(relations.filter(isTable).map(({ oid, name }) => [oid, name]));
  return unite(asked.flatMap(({ query }, index) => readObjects(query, rows[index] ?? [], tables)));
}

/** What several queries tell of one object is told of it once. */
function unite(objects: readonly CatalogueObject[]): readonly CatalogueObject[] {
  const united = new Map<string, CatalogueObject>();
  for (const object of objects) {
    const key = `${object.kind} ${object.name}`;
    united.set(key, { ...object, attributes: { ...united.get(key)?.attributes, ...object.attributes } });
  }
  return [...united.values()];
}

/**
 * Answers with the rows of each statement. While they run, the schema is the search path, so that expressions name
 * its objects alone: equal objects of schemas with other names read the same.
 */
async function ask(
  executor: Executor,
  schema: string,
  statements: readonly Statement[],
): Promise<readonly (readonly (readonly Text[])[])[]> {
  const text = "select pg_catalog.set_config('search_path', pg_catalog.quote_ident($1), true)";
  const [, ...results] = await executor.batch([{ text, values: [schema] }, ...statements]);
  return results.map(({ rows }) => rows);
}

function byKindAndName(a: CatalogueObject, b: CatalogueObject): number {
  const [left, right] = [`${a.kind} ${a.name}`, `${b.kind} ${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
