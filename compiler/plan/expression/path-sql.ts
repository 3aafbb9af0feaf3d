import { PAIR_COLUMNS } from '../../model/naming.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import type { SqlPlace } from './sql-writer.ts';
import type { PathStep } from './row-paths.ts';

/** Compares with a column of the row, or the rows, that a path starts from: `= new.kind_id`, `in (select ...)`; with the items of one that is a list. */
export type RootColumn = (column: string, isList?: boolean) => string;

/** `public.items`. */
export function tableOf({ schema, tables }: SqlPlace, entity: string): string {
  return qualify(schema, tables.get(entity) ?? entity);
}

/** A condition on the alias: that its row is at the end of the path. */
export function atPathEnd(place: SqlPlace, steps: readonly PathStep[], alias: string, root: RootColumn): string {
  const step = steps.at(-1);
  if (step === undefined) return `${alias}.id ${root('id')}`;
  const before = steps.slice(0, -1);
  const from: RootColumn = (column, isList = false) => {
    if (before.length === 0) return root(column, isList);
    const inner = `step_${before.length}`;
    const table = tableOf(place, before.at(-1)?.entity ?? '');
    const where = atPathEnd(place, before, inner, root);
    const value = `${inner}.${quoteIdentifier(column)}`;
    return `in (select ${isList ? `unnest(${value})` : value} from ${table} ${inner} where ${where})`;
  };
  if (step.kind === 'link') return `${alias}.id ${from(step.column)}`;
  switch (step.via.kind) {
    case 'column':
      return `${alias}.${quoteIdentifier(step.via.column)} ${from('id')}`;
    case 'ids':
      return `${alias}.id ${from(step.via.column, true)}`;
    case 'pairs': {
      const pairs = `${qualify(place.schema, step.via.table)} pair`;
      return `${alias}.id in (select pair.${PAIR_COLUMNS.source} from ${pairs} where pair.${PAIR_COLUMNS.target} ${from('id')})`;
    }
    default:
      return step.via satisfies never;
  }
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
  switch (step.via.kind) {
    case 'column':
      return `${alias}.id in (select ${next}.${quoteIdentifier(step.via.column)} from ${table} ${next} where ${where})`;
    case 'ids':
    case 'pairs': {
      const { source, target } = PAIR_COLUMNS;
      const [own, other] = step.via.kind === 'ids' ? [source, target] : [target, source];
      const pair = `pair_${depth}`;
      const from = `${qualify(place.schema, step.via.table)} ${pair} join ${table} ${next} on ${next}.id = ${pair}.${other}`;
      return `${alias}.id in (select ${pair}.${own} from ${from} where ${where})`;
    }
    default:
      return step.via satisfies never;
  }
}
