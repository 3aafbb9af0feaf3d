import type { App, Entity, Field, FieldPlace } from '../../../model/app.ts';
import { canonicalLiteral } from '../../../model/canonical-literal.ts';
import type { DatabaseSchema } from '../../database/database-schema.ts';
import { archiveName } from '../../database/archive.ts';
import { literalExpression } from '../../database/field-column.ts';
import { find } from '../named-list.ts';
import { declaredCasts } from './declared-casts.ts';
import { formerColumn, formerTable } from './former-objects.ts';
import type { Backfill, Intents, Rename, ValueMapping } from './intents.ts';
import type { SpecNames } from './spec-names.ts';

/** What a spec declares of its next migration, in the database's names. */
export function appIntents(app: App, from: DatabaseSchema, names: SpecNames): Intents {
  const { allow = [], backfills = [], values = [] } = app.migration ?? {};
  const allowed = new Set(allow);
  return {
    renames: app.entities.flatMap((entity) => [...renamesOf(entity, from), ...archiveRenames(entity, from)]),
    backfills: backfills.flatMap(({ field: place, value }): readonly Backfill[] => {
      const [entity, field] = lookUp(app, place);
      if (entity === undefined || field === undefined) return [];
      const expression = literalExpression(canonicalLiteral(field, value), field);
      return [{ table: entity.names.table, column: field.column, expression }];
    }),
    casts: declaredCasts(app, from).flatMap((item) => (item.kind === 'fit' ? [item.cast] : [])),
    values: values.flatMap(({ field: place, from: value, to }): readonly ValueMapping[] => {
      const [, field] = lookUp(app, place);
      return field?.enum === undefined ? [] : [{ enum: field.enum.typeName, from: value, to }];
    }),
    isAllowed: (consent) => allowed.has(names.line(consent)),
  };
}

function lookUp(app: App, { entity, field }: FieldPlace): readonly [Entity | undefined, Field | undefined] {
  const found = app.entities.find(({ name }) => name === entity);
  return [found, found?.fields.find(({ name }) => name === field)];
}

function renamesOf(entity: Entity, from: DatabaseSchema): readonly Rename[] {
  const { table } = entity.names;
  const former = formerTable(entity, from);
  const old = former ?? find(from.tables, table);
  return [
    ...(former === undefined || former.name === table
      ? []
      : [{ kind: 'table', name: former.name, to: table } as const]),
    ...entity.fields.flatMap((field): readonly Rename[] => {
      const name = old && formerColumn(field, old);
      return name === undefined || name === field.column ? [] : [{ kind: 'column', table, name, to: field.column }];
    }),
    ...entity.fields.flatMap(({ enum: type }) =>
      (type?.were ?? []).map(
        ({ value, was }) => ({ kind: 'value', enum: type?.typeName ?? '', name: was, to: value }) as const,
      ),
    ),
  ];
}

/** Deleted rows are kept under the same names. */
function archiveRenames(entity: Entity, from: DatabaseSchema): readonly Rename[] {
  const { table } = entity.names;
  const old = archiveName(formerTable(entity, from)?.name ?? table);
  if (!entity.softDelete || find(from.tables, old) === undefined) return [];
  return renamesOf(entity, from).flatMap((rename): readonly Rename[] => {
    if (rename.kind === 'table') return [{ kind: 'table', name: old, to: archiveName(table) }];
    return rename.kind === 'column' ? [{ ...rename, table: archiveName(table) }] : [];
  });
}
