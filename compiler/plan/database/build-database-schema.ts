import type { App, Entity, Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { archiveGuard, archiveTable } from './archive.ts';
import { checkTriggers } from './check-triggers.ts';
import type { Guards } from './guards.ts';
import { rowLocks } from './row-locks.ts';
import { maintainedColumns } from './maintained-columns.ts';
import { canonicalSchema } from './canonical-schema.ts';
import type {
  Column,
  Constraint,
  DatabaseFunction,
  DatabaseSchema,
  EnumType,
  ForeignKey,
  Table,
} from './database-schema.ts';
import { fieldChecks } from './field-checks.ts';
import { fieldColumn } from './field-column.ts';
import { foreignKeyName } from './foreign-key-name.ts';
import { frozenGuard } from './frozen-guard.ts';
import { keptLinks } from './kept-links.ts';
import { foreignKeyRule } from './late-holds.ts';
import { noOverlapConstraints, rangeExtensions } from './no-overlap.ts';
import { pairsOf } from './pair-table.ts';
import { rowChecks } from './row-checks.ts';
import { idempotencyTable } from './idempotency-table.ts';
import { idChecks, idColumn } from './id-column.ts';
import { ROW_VERSION_FUNCTION, SYSTEM_COLUMNS, rowVersionTrigger } from './row-version.ts';
import { searchColumns, searchIndexes } from './search-index.ts';
import { plainIndexes, uniqueRules } from './table-indexes.ts';
import { exchangedNames } from './exchanged-names.ts';
import { find } from '../migration/named-list.ts';
import { tableOrigin } from './table-origin.ts';
import { partExtensions } from './part-indexes.ts';
import { transitionGuard } from './transition-guard.ts';

/** The database that an app needs, with every name final. */
export function buildDatabaseSchema(app: App): DatabaseSchema {
  const isEmpty = app.entities.length === 0;
  const guards: readonly Guards[] = [
    ...app.entities.flatMap((entity) => [
      ...checkTriggers(app, entity),
      ...maintainedColumns(app, entity),
      ...pairsOf(app, entity).map((pairs) => pairs.guards),
      ...keptLinks(app, entity),
    ]),
    ...rowLocks(app),
  ];
  const triggers = guards.flatMap((guard) => guard.triggers);
  // Always there, so that a grant that comes or goes touches no table.
  const tables = [
    ...app.entities.flatMap((entity) => {
      const table = buildTable(app, entity);
      return [
        withTriggers(table, triggers),
        ...(entity.softDelete ? [archiveTable(entity, table)] : []),
        ...pairsOf(app, entity).map((pairs) => withTriggers(pairs.table, triggers)),
      ];
    }),
    ...(isEmpty ? [] : [idempotencyTable()]),
  ];
  return canonicalSchema({
    name: app.database.schema,
    extensions: [...rangeExtensions(app), ...partExtensions(tables.flatMap(({ indexes }) => indexes))],
    enums: app.entities.flatMap((entity) => entity.fields.flatMap(enumType)),
    functions: [
      ...(isEmpty ? [] : [ROW_VERSION_FUNCTION]),
      ...app.entities.flatMap((entity) => guardFunctions(app, entity)),
      ...guards.flatMap((guard) => guard.functions),
    ],
    tables,
    views: [],
  });
}

/** Triggers that other entities need on a table. */
function withTriggers(table: Table, all: Guards['triggers']): Table {
  const own = all.filter((one) => one.table === table.name).map(({ trigger }) => trigger);
  return { ...table, triggers: [...table.triggers, ...own] };
}

function enumType(field: Field): readonly EnumType[] {
  if (field.enum === undefined) return [];
  const { typeName, values, were = [] } = field.enum;
  const exchanged = exchangedNames(were.map(({ value, was }) => ({ name: value, was })));
  return [{ name: typeName, values, ...(exchanged.length > 0 && { exchanged }) }];
}

function guardFunctions(app: App, entity: Entity): readonly DatabaseFunction[] {
  return [
    ...entity.fields.flatMap((field) => transitionGuard(app, entity, field)?.function ?? []),
    ...[frozenGuard(app, entity)?.function ?? []].flat(),
    ...(entity.softDelete ? [archiveGuard(app, entity, { columns: columnsOf(app, entity) }).function] : []),
  ];
}

function buildTable(app: App, entity: Entity): Table {
  const { table } = entity.names;
  const uniques = uniqueRules(app, entity);
  return {
    name: table,
    columns: columnsOf(app, entity),
    constraints: [
      { kind: 'primaryKey', name: primaryKeyName(table), columns: ['id'] },
      ...uniques.constraints,
      ...idChecks(entity),
      ...entity.fields.flatMap((field): readonly Constraint[] => fieldChecks(entity, field)),
      ...rowChecks(app, entity),
      ...noOverlapConstraints(app, entity),
      ...entity.fields.flatMap((field) => foreignKey(app, table, field)),
    ],
    indexes: [...uniques.indexes, ...plainIndexes(app, entity), ...searchIndexes(entity)],
    triggers: [
      rowVersionTrigger(table),
      ...entity.fields.flatMap((field) => transitionGuard(app, entity, field)?.trigger ?? []),
      ...[frozenGuard(app, entity)?.trigger ?? []].flat(),
      ...(entity.softDelete ? [archiveGuard(app, entity, { columns: [] }).trigger] : []),
    ],
    policies: [],
    origin: tableOrigin(app, entity),
  };
}

function columnsOf(app: App, entity: Entity): readonly Column[] {
  const fields = entity.fields.map((field) => fieldColumn(app, field));
  return [idColumn(entity), ...fields, ...searchColumns(app, entity), ...SYSTEM_COLUMNS];
}

/** `leads_pkey`. */
export function primaryKeyName(table: string): string {
  return derivedName(table, [], 'pkey');
}

function foreignKey(app: App, table: string, field: Field): readonly ForeignKey[] {
  if (field.reference === undefined) return [];
  const { entity, onDelete } = field.reference;
  const target = find(app.entities, entity);
  if (target === undefined) throw new Error(`field ${field.name} links to ${entity}, which does not exist`);
  const name = foreignKeyName(table, field);
  return [
    {
      kind: 'foreignKey',
      name,
      columns: [field.column],
      references: { table: target.names.table, columns: ['id'] },
      ...foreignKeyRule(app, name, onDelete),
    },
  ];
}
