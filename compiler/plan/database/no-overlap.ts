import type { App, Entity, NoOverlap } from '../../model/app.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import { RANGE_TYPES } from '../../model/ranges.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { checkSql, whereSql } from '../expression/expression-sql.ts';
import { immutablePlace, sqlPlace } from '../expression/sql-place.ts';
import { quoteIdentifier } from '../sql/sql-text.ts';
import type { Check, Exclusion, Extension } from './database-schema.ts';
import { columnKey } from './table-indexes.ts';

/** `bookings_room_free_excl`. */
export function exclusionName(table: string, { name }: Pick<NoOverlap, 'name'>): string {
  return derivedName(table, [snakeCase(name)], 'excl');
}

/** `bookings_room_free_order`: the check that a range ends after it begins. */
export function rangeOrderName(table: string, { name }: Pick<NoOverlap, 'name'>): string {
  return derivedName(table, [snakeCase(name)], 'order');
}

/**
 * The constraints of an entity's ranges. An empty range overlaps nothing and one that ends before it begins is an
 * error of its own, so a check keeps both out; Postgres looks at checks first.
 */
export function noOverlapConstraints(app: App, entity: Entity): readonly (Check | Exclusion)[] {
  return entity.noOverlaps.flatMap((rule) => [exclusion(app, entity, rule), ...order(app, entity, rule)]);
}

function exclusion(app: App, entity: Entity, rule: NoOverlap): Exclusion {
  const keys = rule.per.map((name) => ({ key: columnKey(fieldOf(entity, name)), operator: '=' }));
  const [from, to] = [fieldOf(entity, rule.from), fieldOf(entity, rule.to)];
  const range = `${RANGE_TYPES[from.type] ?? ''}(${quoteIdentifier(from.column)}, ${quoteIdentifier(to.column)})`;
  return {
    kind: 'exclusion',
    name: exclusionName(entity.names.table, rule),
    method: 'gist',
    elements: [...keys, { key: { expression: range }, operator: '&&' }],
    ...(rule.where !== undefined && { where: whereSql(rule.where.expression, immutablePlace(app)) }),
  };
}

function order(app: App, { names }: Entity, rule: NoOverlap): readonly Check[] {
  if (rule.ordered === undefined) return [];
  const { expression } = rule.ordered;
  return [
    {
      kind: 'check',
      name: rangeOrderName(names.table, rule),
      columns: columnsRead(expression),
      expression: checkSql(expression, sqlPlace(app, '')),
    },
  ];
}

function fieldOf({ name: entity, fields }: Entity, name: string): Entity['fields'][number] {
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`entity ${entity} has no field ${name}`);
  return field;
}

/** What the constraints need: without it a GiST index knows ranges, but not equality. */
export function rangeExtensions({ entities }: App): readonly Extension[] {
  const isNeeded = entities.some(({ noOverlaps }) => noOverlaps.some(({ per }) => per.length > 0));
  return isNeeded ? [{ name: 'btree_gist' }] : [];
}
