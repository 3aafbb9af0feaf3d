import type { App, Entity, Field, FieldPlace } from '../../../model/app.ts';
import { canonicalLiteral } from '../../../model/canonical-literal.ts';
import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import { archiveName } from '../../database/archive.ts';
import { fieldChecks } from '../../database/field-checks.ts';
import { literalExpression } from '../../database/field-column.ts';
import { find } from '../named-list.ts';
import { columnRenames, columnSoFar } from './column-renames.ts';
import type { DeclaredChange } from './declared-change.ts';
import { declaredCasts } from './declared-casts.ts';
import type { Backfill, Intents, Rename, ValueMapping } from './intents.ts';
import type { Lineage } from './lineage.ts';
import { outstandingRenames } from './outstanding-renames.ts';
import type { SpecNames } from './spec-names.ts';

/** What a spec declares of its next migration, in the database's names. */
export function appIntents({ app, from, to, lineage }: DeclaredChange, names: SpecNames): Intents {
  const { allow = [], backfills = [], values = [] } = app.migration ?? {};
  const allowed = new Set(allow);
  return {
    renames: [
      ...to.tables.flatMap(({ name }) => tableRename(name, lineage)),
      ...app.entities.flatMap((entity) => renamesWithin(entity, from, lineage)),
    ],
    leaving: lineage.leaving,
    fresh: to.tables.map(({ name }) => name).filter((name) => lineage.formerTable(name) === undefined),
    backfills: backfills.flatMap(({ field: place, value }): readonly Backfill[] => {
      const [entity, field] = lookUp(app, place);
      if (entity === undefined || field === undefined) return [];
      const expression = literalExpression(canonicalLiteral(field, value), field);
      return [{ table: entity.names.table, column: field.column, expression }];
    }),
    casts: declaredCasts(app, from, lineage).flatMap((item) => (item.kind === 'fit' ? [item.cast] : [])),
    values: values.flatMap(({ field: place, from: value, to: next }): readonly ValueMapping[] => {
      const [, field] = lookUp(app, place);
      return field?.enum === undefined ? [] : [{ enum: field.enum.typeName, from: value, to: next }];
    }),
    archives: app.entities.flatMap(({ softDelete, names: { table } }) =>
      softDelete ? [{ table, archive: archiveName(table) }] : [],
    ),
    isOfField: (table, check) => isLimit(app, table, check),
    isAllowed: (consent) => allowed.has(names.line(consent)),
  };
}

function isLimit({ entities }: App, table: string, check: string): boolean {
  const entity = entities.find(({ names }) => names.table === table);
  return entity?.fields.some((field) => fieldChecks(entity, field).some(({ name }) => name === check)) === true;
}

function lookUp(app: App, { entity, field }: FieldPlace): readonly [Entity | undefined, Field | undefined] {
  const found = app.entities.find(({ name }) => name === entity);
  return [found, found?.fields.find(({ name }) => name === field)];
}

function tableRename(to: string, lineage: Lineage): readonly Rename[] {
  const name = lineage.formerTable(to)?.name;
  return name === undefined || name === to ? [] : [{ kind: 'table', name, to }];
}

/** Of columns, where deleted rows are kept too, and of enum types with their values. */
function renamesWithin(entity: Entity, from: DatabaseSchema, lineage: Lineage): readonly Rename[] {
  const { table } = entity.names;
  const old = lineage.formerTable(table);
  if (old === undefined) return [];
  const columns = columnRenames(entity, old);
  const tables = lineage.formerTable(archiveName(table)) === undefined ? [table] : [table, archiveName(table)];
  return [
    ...tables.flatMap((place) => columns.map((change) => ({ kind: 'column', table: place, ...change }) as const)),
    ...entity.fields.flatMap((field) => enumRenames(entity, field, old, from)),
  ];
}

/** A type goes on where it has a value of the old one, under whatever name. */
function enumRenames(entity: Entity, field: Field, old: Table, from: DatabaseSchema): readonly Rename[] {
  if (field.enum === undefined) return [];
  const { typeName, values, were = [] } = field.enum;
  const before = columnSoFar(entity, field, old)?.type;
  const type = before?.enum === true ? find(from.enums, before.name) : undefined;
  const former = were.map(({ value, was }) => ({ name: value, was }));
  const renamed = outstandingRenames(former, type?.exchanged ?? []);
  const isKept = type?.values.some((value) => values.includes(value) || renamed.some(({ name }) => name === value));
  return [
    ...(type !== undefined && type.name !== typeName && isKept === true
      ? [{ kind: 'enum', name: type.name, to: typeName } as const]
      : []),
    ...renamed.map((change) => ({ kind: 'value', enum: typeName, ...change }) as const),
  ];
}
