import type { App, Cast as SpecCast, Entity, Field, FieldPlace } from '../../../model/app.ts';
import { canonicalLiteral } from '../../../model/canonical-literal.ts';
import type { Column, DatabaseSchema, Table } from '../../database/database-schema.ts';
import { fieldColumn, literalExpression } from '../../database/field-column.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import { boundOf, subjectOf } from '../diff/implied-rules.ts';
import type { Lost } from '../diff/type-change.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import { typeSql } from '../table-sql.ts';
import { castSql, fittingCasts, type CastEnds, type CastSql, type WrittenCast } from './cast-sql.ts';
import { columnSoFar } from './column-renames.ts';
import type { DeclaredChange } from './declared-change.ts';
import type { Cast } from './intents.ts';
import type { Lineage } from './lineage.ts';

/** A cast that a spec declares, and what became of it. */
export type DeclaredCast = { readonly field: FieldPlace } & (
  | { readonly kind: 'fit'; readonly cast: Cast }
  /** It does not say how the one type becomes the other; `fitting` are those that would. */
  | { readonly kind: 'unfit'; readonly said: string; readonly ends: CastEnds; readonly fitting: readonly string[] }
  /** The field's type stays, or the field is new. */
  | { readonly kind: 'idle' }
);

/** Every cast under `migration`, in its order. */
export function declaredCasts(app: App, from: DatabaseSchema, lineage: Lineage): readonly DeclaredCast[] {
  return (app.migration?.casts ?? []).map(({ field: place, cast }): DeclaredCast => {
    const entity = app.entities.find(({ name }) => name === place.entity);
    const field = entity?.fields.find(({ name }) => name === place.field);
    const ends = entity && field && castEnds({ app, from, lineage }, entity, field);
    if (entity === undefined || field === undefined || ends === undefined) return { kind: 'idle', field: place };
    const sql = castSql(written(cast, field, ends, from), ends);
    if (sql === undefined) return { kind: 'unfit', field: place, said: cast.kind, ends, fitting: fittingCasts(ends) };
    const { using, ...rest } = withBackfill(sql, backfillOf(app, place, field), ends);
    const column = field.column;
    return {
      kind: 'fit',
      field: place,
      cast: { table: entity.names.table, column, using: using(quoteIdentifier(column)), ...rest },
    };
  });
}

function backfillOf({ migration }: App, { entity, field: name }: FieldPlace, field: Field): string | undefined {
  const found = migration?.backfills?.find((item) => item.field.entity === entity && item.field.field === name);
  return found && literalExpression(canonicalLiteral(field, found.value), field);
}

/** A required value of which the cast leaves nothing becomes the backfill. */
function withBackfill(
  { empties, ...sql }: CastSql,
  backfill: string | undefined,
  { from, to, schema }: CastEnds,
): CastSql & Pick<Cast, 'isFilled'> {
  if (empties === undefined) return sql;
  if (backfill === undefined || !from.notNull || !to.notNull) return { ...sql, empties };
  const { using, loses } = sql;
  const value = `${backfill}::${typeSql(schema, to.type)}`;
  const filled = (stored: string): string => `coalesce(${using(stored)}, ${value})`;
  const gone: Lost =
    typeof loses === 'function' ? (stored) => `${loses(stored)} or ${empties(stored)}` : (loses ?? empties);
  return { ...sql, using: filled, loses: gone, isFilled: true };
}

/** What a field was stored in and what it is to be; undefined where that is the same, or it is new. */
export function castEnds(
  { app, from, lineage }: Omit<DeclaredChange, 'to'>,
  entity: Entity,
  field: Field,
): CastEnds | undefined {
  const table = lineage.formerTable(entity.names.table);
  const old = table && columnSoFar(entity, field, table);
  const to = fieldColumn(app, field);
  if (table === undefined || old === undefined || sameValue(old.type, to.type)) return undefined;
  return { from: old, to, schema: from.name, isSingle: isSingle(table, old) };
}

function isSingle({ constraints }: Table, { name }: Column): boolean {
  return constraints.some((rule) => {
    const bound = rule.kind === 'check' ? boundOf(rule.expression) : undefined;
    return (
      bound !== undefined &&
      bound.subject === subjectOf(`cardinality(${quoteIdentifier(name)})`) &&
      bound.operator === '<=' &&
      bound.limit <= 1
    );
  });
}

function written(cast: SpecCast, field: Field, { from: old }: CastEnds, from: DatabaseSchema): WrittenCast {
  if (cast.kind !== 'values') return cast;
  const values = cast.values.map(({ from: text, to }) => ({
    from: text,
    to: literalExpression(canonicalLiteral(field, to), field),
  }));
  return { kind: 'values', values, known: knownTexts(old, from) };
}

function knownTexts({ type }: Column, { enums }: DatabaseSchema): readonly string[] | undefined {
  if (type.enum === true) return find(enums, type.name)?.values;
  return type.name === 'boolean' ? ['true', 'false'] : undefined;
}
