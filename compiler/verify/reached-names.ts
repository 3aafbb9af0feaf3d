import type { DatabaseFunction, DatabaseSchema, Table, View } from '../plan/database/database-schema.ts';
import { sqlNames } from '../plan/sql/sql-tokens.ts';

/**
 * Names that some objects lead to, by whatever is read on the way: bodies of functions, of those that these call,
 * queries, expressions. Only tables that are `whole` lead to what they link to and to what their triggers do.
 */
export function reachedNames(
  schema: DatabaseSchema,
  start: Iterable<string>,
  whole: ReadonlySet<string>,
): ReadonlySet<string> {
  const reads = new Map<string, readonly string[]>();
  const add = (name: string, names: readonly string[]): unknown =>
    reads.set(name, [...(reads.get(name) ?? []), ...names]);
  for (const item of schema.functions) add(item.name, readByFunction(item));
  for (const item of schema.views) add(item.name, readByView(item));
  for (const item of schema.tables) {
    add(item.name, readByColumns(item));
    if (whole.has(item.name)) add(item.name, readByRest(item));
  }
  const reached = new Set(start);
  // What is added on the way is visited too.
  for (const name of reached) for (const read of reads.get(name) ?? []) reached.add(read);
  return reached;
}

function readByFunction({ parameters, returns, body }: DatabaseFunction): readonly string[] {
  return namesIn([parameters, returns, ...body]);
}

function readByView({ query, dependsOn }: View): readonly string[] {
  return [...namesIn(query), ...dependsOn];
}

function readByColumns({ columns, constraints, indexes }: Table): readonly string[] {
  const texts = [
    ...columns.flatMap((column) => [column.default, column.generated?.expression]),
    ...constraints.map((item) => (item.kind === 'check' ? item.expression : undefined)),
    ...constraints.flatMap((item) =>
      item.kind === 'exclusion' ? [item.where, ...item.elements.map(({ key }) => key.expression)] : [],
    ),
    ...indexes.flatMap(({ where, keys }) => [where, ...keys.map(({ expression }) => expression)]),
  ];
  return [...namesIn(texts), ...columns.map(({ type }) => type.name)];
}

function readByRest({ constraints, triggers, policies }: Table): readonly string[] {
  const texts = [...triggers.map(({ when }) => when), ...policies.flatMap(({ using, check }) => [using, check])];
  const links = constraints.flatMap((item) => (item.kind === 'foreignKey' ? [item.references.table] : []));
  return [...namesIn(texts), ...links, ...triggers.map((trigger) => trigger.function)];
}

function namesIn(texts: readonly (string | undefined)[]): readonly string[] {
  return [...sqlNames(texts.filter((text) => text !== undefined).join('\n'))];
}
