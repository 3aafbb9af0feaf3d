import { enclose } from '../expression/sql-writer.ts';
import type { Column, DatabaseSchema } from '../database/database-schema.ts';
import { dollarQuote, qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import { refillSql } from './backfill-sql.ts';
import { diffSchemas } from './diff/diff-schemas.ts';
import { maintainedValue } from './diff/maintained-value.ts';
import { refusedObject } from './diff/refusal.ts';
import { foldOperations, tryFold } from './fold-operations.ts';
import type { Hazard } from './hazards.ts';
import { NO_INTENTS, type Intents, type Rename } from './intent/intents.ts';
import { withExtensionsOf } from './lasting-extensions.ts';
import { usedExtension } from './migration-steps.ts';
import { find } from './named-list.ts';
import { narrowSchemas } from './narrow-schemas.ts';
import { operationSql } from './operation-sql.ts';
import type { Operation } from './operations.ts';
import { replacedValues } from './replaced-values.ts';
import { sameSchema } from './same-schema.ts';
import { traceNames, type TracedName, type TracedNames } from './trace-names.ts';

/** What takes a migration back, or what would be lost if something did. */
export type WayBack =
  | { readonly kind: 'down'; readonly sql: string }
  /** Objects in the database's names; none: it is the first. */
  | { readonly kind: 'none'; readonly lost: readonly string[] };

/** What a migration does, and between which schemas. */
export interface Undone {
  readonly from: DatabaseSchema;
  readonly to: DatabaseSchema;
  readonly operations: readonly Operation[];
  readonly hazards: readonly Hazard[];
}

/** A column, by its names in the new schema. */
export interface ColumnPlace {
  readonly table: string;
  readonly column: string;
}

/** What is known of a migration that stopped half-way. */
export interface HalfWay {
  /** Columns whose values the migration makes itself: nobody else's are lost with them. */
  readonly filled: readonly ColumnPlace[];
  /** An index that may stand there half made or half dropped. */
  readonly halfDone: string | undefined;
  /** Gives what stands aside its name back, before anything else; then what is computed may be computed anew. */
  readonly returns: readonly Operation[];
}

const WHOLE: HalfWay = { filled: [], halfDone: undefined, returns: [] };

/**
 * The way back from a migration, in one transaction. What it added goes only while nothing is in it, so that no value
 * is ever lost; what it dropped, changed or filled cannot be had back, and then there is no way.
 */
export function wayBack(whole: Undone): WayBack {
  if (whole.from.tables.length === 0) return { kind: 'none', lost: [] };
  const undone = narrowed(whole);
  const lost = lostByMigration(undone);
  return lost.length > 0 ? { kind: 'none', lost } : planBack(undone, WHOLE);
}

/** Only what the migration touches. */
export function narrowed<Item extends Pick<Undone, 'from' | 'to'>>(undone: Item): Item {
  const [from, to] = narrowSchemas(withExtensionsOf(undone.to, undone.from), undone.to);
  return { ...undone, from, to };
}

/** The way back from what dropped and filled nothing that was there; none where values of enums have been replaced. */
export function planBack(undone: Omit<Undone, 'hazards'>, halfWay: HalfWay): WayBack {
  const { from, to } = undone;
  const intents = { ...NO_INTENTS, ...invertNames(undone), isAllowed: () => true };
  const { operations, hazards, refusals } = diffSchemas(foldOperations(to, halfWay.returns), from, intents);
  const back = [...halfWay.returns, ...operations.map(atOnce)];
  const unable = [
    ...refusals.map(refusedObject),
    ...back.flatMap((item) => unfit(from, item, halfWay)),
    ...lostOnTheWay(hazards, back),
    ...replacedValues(undone),
  ];
  if (unable.length > 0) return { kind: 'none', lost: [...new Set(unable)] };
  const reached = tryFold(to, back);
  if (reached === undefined || !sameSchema(reached, from)) return { kind: 'none', lost: ['its order'] };
  return { kind: 'down', sql: downSql(to, back, { added: undone.operations, ...halfWay }) };
}

/** Values that are gone once it ran, or that others took the place of. */
function lostByMigration({ from, operations, hazards }: Undone): readonly string[] {
  const { tables } = traceNames(from, operations);
  const filled = operations.flatMap((operation) => {
    if (operation.kind !== 'backfill') return [];
    // Rows are filled once all names are the new ones.
    const before = tables.find(({ to }) => to === operation.table)?.columns ?? [];
    const isThere = (column: string): boolean => before.some(({ to }) => to === column);
    return operation.set.flatMap(({ column }) => (isThere(column) ? [`${operation.table}.${column}`] : []));
  });
  const dropped = hazards.flatMap(({ kind, object }) => (kind === 'DATA_LOSS' ? [object] : []));
  return [...new Set([...dropped, ...filled])];
}

/** Tables that came, though one was called so before: it comes back under its name. */
function invertNames(undone: Omit<Undone, 'hazards'>): Pick<Intents, 'renames' | 'leaving' | 'fresh'> {
  const { from, to, operations } = undone;
  const names = traceNames(from, operations);
  const [before, after] = [names.tables.map(({ name }) => name), names.tables.map((table) => table.to)];
  return {
    renames: invertRenames(undone, names),
    leaving: to.tables
      .map(({ name }) => name)
      .filter((name) => !after.includes(name) && find(from.tables, name) !== undefined),
    fresh: from.tables.map(({ name }) => name).filter((name) => !before.includes(name)),
  };
}

/** Renames of what is there before and after, turned round; derived names follow by themselves. */
function invertRenames({ to }: Pick<Undone, 'to'>, { tables, enums }: TracedNames): readonly Rename[] {
  return [
    ...tables.flatMap((table): readonly Rename[] => [
      ...inverted([table]).map((change): Rename => ({ kind: 'table', ...change })),
      ...inverted(table.columns).map((change): Rename => ({ kind: 'column', table: table.name, ...change })),
    ]),
    ...enums
      .filter((type) => find(to.enums, type.to) !== undefined)
      .flatMap((type): readonly Rename[] => [
        ...inverted([type]).map((change): Rename => ({ kind: 'enum', ...change })),
        ...inverted(type.values).map((change): Rename => ({ kind: 'value', enum: type.name, ...change })),
      ]),
  ];
}

function inverted(names: readonly TracedName[]): readonly TracedName[] {
  return names.flatMap(({ name, to }) => (name === to ? [] : [{ name: to, to: name }]));
}

/** One transaction, so that it is done or not: nothing is built beside it. */
function atOnce(operation: Operation): Operation {
  if (operation.kind !== 'createIndex' && operation.kind !== 'dropIndex') return operation;
  const { concurrently: _, ...rest } = operation;
  return rest;
}

/** A value that comes back has lost its rows, and may not be used in the transaction that adds it. */
function unfit(from: DatabaseSchema, operation: Operation, halfWay: HalfWay): readonly string[] {
  if (operation.kind === 'addEnumValue') return [`${operation.enum}.${operation.value}`];
  if (operation.kind !== 'backfill') return [];
  const { table, set } = operation;
  return set.flatMap(({ column }) =>
    halfWay !== WHOLE && isMaintained(from, table, column) ? [] : [`${table}.${column}`],
  );
}

/** By a trigger of the row. */
function isMaintained(schema: DatabaseSchema, table: string, column: string): boolean {
  const found = find(schema.tables, table);
  return found !== undefined && maintainedValue(schema, found, column) !== undefined;
}

/** All but what is dropped whole, which a guard sees to. */
function lostOnTheWay(hazards: readonly Hazard[], operations: readonly Operation[]): readonly string[] {
  const dropped = new Set(
    operations.flatMap((item) => {
      if (item.kind === 'dropTable') return [nameAtFirst(operations, item, item.name)];
      return item.kind === 'dropColumn' ? [`${item.table}.${item.name}`] : [];
    }),
  );
  return hazards.flatMap(({ kind, object }) => (kind === 'DATA_LOSS' && !dropped.has(object) ? [object] : []));
}

const HEADER = [
  '-- Compiled by supercompile: do not edit. Takes the migration back, for `supercompile migrate down`.',
  '-- One transaction, for which writers wait; it fails, and changes nothing, where a value would be lost.',
];

/** What the new schema alone does not say. */
interface Done extends HalfWay {
  readonly added: readonly Operation[];
}

function downSql(schema: DatabaseSchema, operations: readonly Operation[], done: Done): string {
  const { halfDone } = done;
  const remains = halfDone === undefined ? [] : [`drop index if exists ${qualify(schema.name, halfDone)};`];
  const guards = operations.flatMap((operation) => guardOf(schema, { operations, ...done }, operation));
  const statements = operations.map((operation) => statementOf(schema, operation)).filter((sql) => sql !== '');
  const extension = usedExtension(operations);
  const marker = `-- step 1 lock_timeout=3s${extension === undefined ? '' : ` extension=${extension}`}`;
  return `${[HEADER.join('\n'), marker, ...remains, ...guards, ...statements].join('\n\n')}\n`;
}

function statementOf({ name }: DatabaseSchema, operation: Operation): string {
  return operation.kind === 'backfill' ? refillSql(name, operation) : operationSql(name, operation);
}

/** Nobody may write what the guard has looked at. Runs first, under the names that the migration gave. */
function guardOf(
  schema: DatabaseSchema,
  { operations, added, filled }: Done & { readonly operations: readonly Operation[] },
  operation: Operation,
): readonly string[] {
  if (operation.kind === 'dropTable') {
    const name = nameAtFirst(operations, operation, operation.name);
    return [guard(schema, name, `"${name}" has rows`, '')];
  }
  if (operation.kind !== 'dropColumn') return [];
  const name = nameAtFirst(operations, operation, operation.table);
  const table = find(schema.tables, name);
  const column = table && find(table.columns, operation.name);
  if (table === undefined || column === undefined || isDerived(schema, name, column)) return [];
  if (filled.some((place) => place.table === name && place.column === column.name)) return [];
  // Deleted rows were given what others have by default.
  const value = column.default ?? givenAtOnce(added, name, column.name) ?? 'null';
  const where = ` where ${quoteIdentifier(column.name)} is distinct from ${enclose(value)}`;
  return [guard(schema, name, `"${name}.${column.name}" has values`, where)];
}

/** The default that a column was added with, whatever became of that. */
function givenAtOnce(added: readonly Operation[], table: string, column: string): string | undefined {
  const found = added.find((item) => item.kind === 'addColumn' && item.table === table && item.column.name === column);
  return found?.kind === 'addColumn' ? found.column.default : undefined;
}

/** What a table was called before all of the operations that an operation names by then. */
function nameAtFirst(operations: readonly Operation[], operation: Operation, name: string): string {
  return operations
    .slice(0, operations.indexOf(operation))
    .reduceRight((table, item) => (item.kind === 'renameTable' && item.to === table ? item.name : table), name);
}

/** Whether a column's values are computed from others, and so can be had again. */
export function isDerived(schema: DatabaseSchema, name: string, column: Column): boolean {
  return column.generated !== undefined || isMaintained(schema, name, column.name);
}

function guard({ name: schema }: DatabaseSchema, table: string, what: string, where: string): string {
  const place = qualify(schema, table);
  const body = [
    'begin',
    `  if exists (select from ${place}${where}) then`,
    `    raise exception using message = ${quoteLiteral(`${what}, which would be lost`)};`,
    '  end if;',
    'end',
  ];
  return `lock table ${place} in access exclusive mode;\ndo ${dollarQuote(body)};`;
}
