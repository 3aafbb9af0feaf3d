import type { DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import type { Operation } from '../plan/migration/operations.ts';
import { reachedNames } from './reached-names.ts';

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

/**
 * The parts of two schemas that a migration touches, and what those rest on before or after: enough for the migration
 * to run as on the whole, and little enough to be built in a moment. Tables that are not touched themselves are there
 * to be read and linked to: they have no triggers, no policies and no links to what is left out.
 */
export function sliceSchemas(
  from: DatabaseSchema,
  to: DatabaseSchema,
  names: ReadonlySet<string>,
): readonly [DatabaseSchema, DatabaseSchema] {
  const schemas = [from, to];
  const touched = new Set(
    schemas.flatMap(({ tables }) => namesOfAll(tables.filter((table) => isTouched(table, names)))),
  );
  // Those that read what is touched may be in its way.
  const views = schemas.flatMap((schema) =>
    schema.views.filter(({ dependsOn }) => dependsOn.some((item) => touched.has(item))),
  );
  const start = [...names, ...touched, ...namesOfAll(views)];
  const reached = new Set(schemas.flatMap((schema) => [...reachedNames(schema, start, touched)]));
  return [slice(from, reached, touched), slice(to, reached, touched)];
}

function slice(schema: DatabaseSchema, reached: ReadonlySet<string>, touched: ReadonlySet<string>): DatabaseSchema {
  const tables = schema.tables.filter(({ name }) => reached.has(name));
  return {
    ...schema,
    enums: schema.enums.filter(({ name }) => reached.has(name)),
    functions: schema.functions.filter(({ name }) => reached.has(name)),
    tables: tables.map((table) => (touched.has(table.name) ? table : bare(table, reached))),
    views: schema.views.filter(({ name }) => reached.has(name)),
  };
}

function isTouched({ name, columns, triggers }: Table, names: ReadonlySet<string>): boolean {
  return (
    names.has(name) ||
    columns.some(({ type }) => type.enum === true && names.has(type.name)) ||
    triggers.some((trigger) => names.has(trigger.function))
  );
}

function bare(table: Table, reached: ReadonlySet<string>): Table {
  const constraints = table.constraints.filter(
    (item) => item.kind !== 'foreignKey' || reached.has(item.references.table),
  );
  return { ...table, constraints, triggers: [], policies: [] };
}

function namesOfAll(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name);
}
