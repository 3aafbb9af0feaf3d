import type { DatabaseFunction, DatabaseSchema, Table, View } from '../plan/database/database-schema.ts';
import type { Operation } from '../plan/migration/operations.ts';
import { sqlNames } from '../plan/sql/sql-tokens.ts';

/** Names that some operations speak of: tables, enums, functions and views, under their old names and new ones. */
export function namesIn(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(operations.flatMap(namesOf));
}

function namesOf(operation: Operation): readonly string[] {
  const names = ['table', 'archive', 'enum', 'name', 'to'].flatMap((key) => {
    const value: unknown = Object.entries(operation).find(([name]) => name === key)?.[1];
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null && 'name' in value ? [String(value.name)] : [];
  });
  if (operation.kind === 'addConstraint' && operation.constraint.kind === 'foreignKey') {
    return [...names, operation.constraint.references.table];
  }
  if (operation.kind === 'createTrigger') return [...names, operation.trigger.function];
  if (operation.kind === 'createFunction' || operation.kind === 'replaceFunction') return [operation.function.name];
  return operation.kind === 'createView' || operation.kind === 'replaceView' ? [operation.view.name] : names;
}

/** Names of what a migration touches, and of what that rests on. */
interface Needed {
  readonly tables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly enums: ReadonlySet<string>;
}

/**
 * The parts of two schemas that a migration touches, and what those rest on before or after: enough for the migration
 * to run as on the whole, and little enough to be built in a moment. Tables that are only linked to lose their own
 * links to others.
 */
export function sliceSchemas(
  from: DatabaseSchema,
  to: DatabaseSchema,
  names: ReadonlySet<string>,
): readonly [DatabaseSchema, DatabaseSchema] {
  const [a, b] = [neededBy(from, names), neededBy(to, names)];
  const needed: Needed = {
    tables: new Set([...a.tables, ...b.tables]),
    functions: new Set([...a.functions, ...b.functions]),
    enums: new Set([...a.enums, ...b.enums]),
  };
  return [slice(from, needed, names), slice(to, needed, names)];
}

function neededBy(schema: DatabaseSchema, names: ReadonlySet<string>): Needed {
  const touched = schema.tables.filter((table) => isTouched(table, names));
  const views = neededViews(schema.views, names, new Set(touched.map(({ name }) => name)));
  const text = [...touched.flatMap(expressionsOf), ...views.flatMap(({ query }) => query)].join('\n');
  const read = sqlNames(text);
  const functions = neededFunctions(schema, touched, names, read);
  const bodies = sqlNames(
    functions
      .filter(({ language }) => language === 'sql')
      .flatMap(({ body }) => body)
      .join('\n'),
  );
  const linked = new Set(touched.flatMap(linksOf));
  const isNeeded = ({ name }: Table): boolean => linked.has(name) || read.has(name) || bodies.has(name);
  const tables = schema.tables.filter((table) => touched.includes(table) || isNeeded(table));
  const types = tables.flatMap(({ columns }) => columns.map(({ type }) => type.name));
  return {
    tables: new Set(tables.map(({ name }) => name)),
    functions: new Set(functions.map(({ name }) => name)),
    enums: new Set([...types, ...names]),
  };
}

function slice(schema: DatabaseSchema, needed: Needed, names: ReadonlySet<string>): DatabaseSchema {
  const tables = schema.tables.filter(({ name }) => needed.tables.has(name));
  const touched = tables.filter((table) => isTouched(table, names));
  const types = new Set(tables.flatMap(({ columns }) => columns.map(({ type }) => type.name)));
  return {
    ...schema,
    enums: schema.enums.filter(({ name }) => needed.enums.has(name) || types.has(name)),
    functions: schema.functions.filter(({ name }) => needed.functions.has(name)),
    tables: tables.map((table) => (touched.includes(table) ? table : withoutLinks(table, needed))),
    views: neededViews(schema.views, names, new Set(touched.map(({ name }) => name))),
  };
}

function isTouched({ name, columns, triggers }: Table, names: ReadonlySet<string>): boolean {
  return (
    names.has(name) ||
    columns.some(({ type }) => type.enum === true && names.has(type.name)) ||
    triggers.some((trigger) => names.has(trigger.function))
  );
}

function linksOf({ constraints }: Table): readonly string[] {
  return constraints.flatMap((item) => (item.kind === 'foreignKey' ? [item.references.table] : []));
}

function expressionsOf({ columns, constraints, indexes, policies }: Table): readonly string[] {
  return [
    ...columns.flatMap((column) => [column.default ?? '', column.generated?.expression ?? '']),
    ...constraints.map((item) => (item.kind === 'check' ? item.expression : '')),
    ...indexes.flatMap((index) => [index.where ?? '', ...index.keys.map(({ expression }) => expression ?? '')]),
    ...policies.flatMap(({ using, check }) => [using ?? '', check ?? '']),
  ];
}

/** Those touched, and those that read what is touched: they may be in its way. */
function neededViews(
  views: readonly View[],
  names: ReadonlySet<string>,
  touched: ReadonlySet<string>,
): readonly View[] {
  return views.filter(({ name, dependsOn }) => names.has(name) || dependsOn.some((item) => touched.has(item)));
}

function neededFunctions(
  { functions }: DatabaseSchema,
  touched: readonly Table[],
  names: ReadonlySet<string>,
  read: ReadonlySet<string>,
): readonly DatabaseFunction[] {
  const called = new Set(touched.flatMap(({ triggers }) => triggers.map((trigger) => trigger.function)));
  return functions.filter(({ name }) => called.has(name) || names.has(name) || read.has(name));
}

function withoutLinks(table: Table, { tables, functions }: Needed): Table {
  return {
    ...table,
    constraints: table.constraints.filter((item) => item.kind !== 'foreignKey' || tables.has(item.references.table)),
    triggers: table.triggers.filter((trigger) => functions.has(trigger.function)),
    policies: [],
  };
}
