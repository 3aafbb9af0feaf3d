import type { DatabaseSchema, Table } from '../database/database-schema.ts';

/**
 * Two schemas without what is one object in both, and so the same, unless something else rests on it. Folding leaves
 * what an operation does not touch as it is, so that of a thousand tables the few that matter are left.
 */
export function narrowSchemas(a: DatabaseSchema, b: DatabaseSchema): readonly [a: DatabaseSchema, b: DatabaseSchema] {
  const tables = [...a.tables, ...b.tables];
  // Policies and views may read any table.
  if (a.views.length + b.views.length > 0 || tables.some(({ policies }) => policies.length > 0)) return [a, b];
  const changedEnums = new Set(names(differing(a.enums, b.enums)));
  const changedFunctions = new Set(names(differing(a.functions, b.functions)));
  const changed = [
    ...differing(a.tables, b.tables),
    ...a.tables.filter((table) => enumsOf(table).some((name) => changedEnums.has(name))),
    ...a.tables.filter((table) => functionsOf(table).some((name) => changedFunctions.has(name))),
  ];
  const named = new Set(changed.flatMap((table) => [table.name, ...targetsOf(table)]));
  const left = tables.filter(({ name }) => named.has(name));
  const enums = new Set([...changedEnums, ...left.flatMap(enumsOf)]);
  const functions = new Set([...changedFunctions, ...left.flatMap(functionsOf)]);
  const isChanged = new Set(names(changed));
  const narrow = (schema: DatabaseSchema): DatabaseSchema => ({
    ...schema,
    tables: schema.tables
      .filter(({ name }) => named.has(name))
      .map((table) => (isChanged.has(table.name) ? table : withTargetsIn(table, named))),
    enums: schema.enums.filter(({ name }) => enums.has(name)),
    functions: schema.functions.filter(({ name }) => functions.has(name)),
  });
  return [narrow(a), narrow(b)];
}

function differing<Item extends object>(a: readonly Item[], b: readonly Item[]): readonly Item[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((item) => !inB.has(item)), ...b.filter((item) => !inA.has(item))];
}

function names(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name);
}

function targetsOf({ constraints }: Table): readonly string[] {
  return constraints.flatMap((item) => (item.kind === 'foreignKey' ? [item.references.table] : []));
}

/** A table that is there because others link to it, without its own links to what is left out. */
function withTargetsIn(table: Table, named: ReadonlySet<string>): Table {
  const constraints = table.constraints.filter(
    (item) => item.kind !== 'foreignKey' || named.has(item.references.table),
  );
  return { ...table, constraints };
}

function enumsOf({ columns }: Table): readonly string[] {
  return columns.flatMap(({ type }) => (type.enum === true ? [type.name] : []));
}

function functionsOf({ triggers }: Table): readonly string[] {
  return triggers.map((trigger) => trigger.function);
}
