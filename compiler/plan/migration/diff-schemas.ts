import { byName } from '../database/canonical-schema.ts';
import type { DatabaseFunction, DatabaseSchema, Table } from '../database/database-schema.ts';
import { diffEnums } from './diff-enums.ts';
import { diffTables } from './diff-tables.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import { sameValue } from './same-value.ts';
import type { SchemaRefusal } from './schema-refusal.ts';
import type { TableChanges } from './table-changes.ts';

export interface SchemaDiff {
  /** In the order to run. Folded into the old schema they give the new one, unless something is refused. */
  readonly operations: readonly Operation[];
  readonly refusals: readonly SchemaRefusal[];
}

/** What leads from one schema to another. Only what adds is planned; everything else is refused by name. */
export function diffSchemas(from: DatabaseSchema, to: DatabaseSchema): SchemaDiff {
  if (from.name !== to.name) {
    return { operations: [], refusals: [{ kind: 'schemaRenamed', from: from.name, to: to.name }] };
  }
  const tables = diffTables(from, to);
  const enums = diffEnums(from, to);
  const functions = diffFunctions(from, to);
  const refusals = [...tables.refusals, ...enums.refusals, ...functions.refusals, ...diffUnspoken(from, to)];
  return { operations: inOrder({ tables, enums, functions }), refusals };
}

interface Parts {
  readonly tables: TableChanges;
  readonly enums: { readonly added: readonly Operation[]; readonly created: readonly Operation[] };
  readonly functions: { readonly created: readonly Operation[] };
}

/** Dependency order, phase by phase: before anything, expand, build, validate, drop. */
function inOrder({ tables, enums, functions }: Parts): readonly Operation[] {
  return [
    ...enums.added,
    ...enums.created,
    ...functions.created,
    ...tables.created,
    ...tables.columns,
    ...tables.constraints,
    ...tables.triggers,
    ...tables.built,
    ...tables.swapped,
    ...tables.validated,
    ...tables.dropped,
  ];
}

function diffFunctions(
  from: DatabaseSchema,
  to: DatabaseSchema,
): { readonly created: readonly Operation[]; readonly refusals: readonly SchemaRefusal[] } {
  const added = byName(to.functions).filter(({ name }) => find(from.functions, name) === undefined);
  const changed = from.functions.filter((old) => {
    const next = find(to.functions, old.name);
    return next !== undefined && !sameValue(next, old);
  });
  return {
    created: added.map((item) => ({ kind: 'createFunction', function: item })),
    refusals: [
      ...changed.map((item) => refuseFunction(item, to)),
      ...from.functions
        .filter(({ name }) => find(to.functions, name) === undefined && !isUsed(name, from.tables))
        .map(({ name }) => ({ kind: 'objectChanged', object: 'function', name }) as const),
    ],
  };
}

/** A function that a trigger calls is refused with the trigger's column. */
function refuseFunction({ name }: DatabaseFunction, schema: DatabaseSchema): SchemaRefusal {
  for (const table of schema.tables) {
    const trigger = table.triggers.find((item) => item.function === name);
    const column = trigger?.events.flatMap((event) => event.columns ?? [])[0];
    if (column !== undefined) return { kind: 'transitionsChanged', table: table.name, column };
  }
  return { kind: 'objectChanged', object: 'function', name };
}

function isUsed(name: string, tables: readonly Table[]): boolean {
  return tables.some((table) => table.triggers.some((trigger) => trigger.function === name));
}

/** Extensions and views: the language cannot say them yet. */
function diffUnspoken(from: DatabaseSchema, to: DatabaseSchema): readonly SchemaRefusal[] {
  return [...differing('extension', from.extensions, to.extensions), ...differing('view', from.views, to.views)];
}

function differing(
  object: string,
  from: readonly { readonly name: string }[],
  to: readonly { readonly name: string }[],
): readonly SchemaRefusal[] {
  const names = [...new Set([...from, ...to].map(({ name }) => name))].toSorted();
  return names
    .filter((name) => !sameValue(find(from, name), find(to, name)))
    .map((name) => ({ kind: 'objectChanged', object, name }));
}
