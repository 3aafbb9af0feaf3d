import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import type { SqlPlace } from './sql-writer.ts';
import type { PathStep } from './row-paths.ts';

/** Compares with a column of the row, or the rows, that a path starts from: `= new.kind_id`, `in (select ...)`. */
export type RootColumn = (column: string) => string;

/** `public.items`. */
export function tableOf({ schema, tables }: SqlPlace, entity: string): string {
  return qualify(schema, tables.get(entity) ?? entity);
}

/** A condition on the alias: that its row is at the end of the path. */
export function atPathEnd(place: SqlPlace, steps: readonly PathStep[], alias: string, root: RootColumn): string {
  const step = steps.at(-1);
  if (step === undefined) return `${alias}.id ${root('id')}`;
  const before = steps.slice(0, -1);
  const from = (column: string): string => {
    if (before.length === 0) return root(column);
    const inner = `step_${before.length}`;
    const table = tableOf(place, before.at(-1)?.entity ?? '');
    const where = atPathEnd(place, before, inner, root);
    return `in (select ${inner}.${quoteIdentifier(column)} from ${table} ${inner} where ${where})`;
  };
  if (step.kind === 'link') return `${alias}.id ${from(step.column)}`;
  if (step.via.kind === 'column') return `${alias}.${quoteIdentifier(step.via.column)} ${from('id')}`;
  const { table, own, other } = step.via;
  const pairs = `select pair.${quoteIdentifier(other)} from ${qualify(place.schema, table)} pair`;
  return `${alias}.id in (${pairs} where pair.${quoteIdentifier(own)} ${from('id')})`;
}

/** A condition on the alias of the first row: that the path from it leads to rows that meet `last`. */
export function leadsTo(
  place: SqlPlace,
  steps: readonly PathStep[],
  alias: string,
  last: (alias: string) => string,
  depth = 1,
): string {
  const [step, ...rest] = steps;
  if (step === undefined) return last(alias);
  const next = `step_${depth}`;
  const where = leadsTo(place, rest, next, last, depth + 1);
  const table = tableOf(place, step.entity);
  if (step.kind === 'link')
    return `${alias}.${quoteIdentifier(step.column)} in (select ${next}.id from ${table} ${next} where ${where})`;
  if (step.via.kind === 'column')
    return `${alias}.id in (select ${next}.${quoteIdentifier(step.via.column)} from ${table} ${next} where ${where})`;
  const { table: pairs, own, other } = step.via;
  const from = `${qualify(place.schema, pairs)} pair_${depth} join ${table} ${next} on ${next}.id = pair_${depth}.${quoteIdentifier(other)}`;
  return `${alias}.id in (select pair_${depth}.${quoteIdentifier(own)} from ${from} where ${where})`;
}
