import type { App } from '../../model/app.ts';
import type { Expression } from '../../expression/expression.ts';
import { leadsTo } from '../expression/path-sql.ts';
import { isOwnStep, pathName, rowPaths, type PathStep, type RowPath } from '../expression/row-paths.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import type { SqlPlace } from '../expression/sql-writer.ts';
import { PAIR_COLUMNS } from '../../model/naming.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import { changeEvents } from './change-events.ts';
import type { TriggerEvent } from './database-schema.ts';

/** A change of some table that may change what an expression over rows of another yields. */
export interface Dependency {
  /** Path from the row that the expression is about: `items`, `items.variant`. */
  readonly name: string;
  /** Table whose changes matter. */
  readonly table: string;
  readonly events: readonly TriggerEvent[];
  /** Columns whose change matters. */
  readonly columns: readonly string[];
  /** Of the rows that the expression is about, called `record`: those that a changed row concerns. */
  readonly affected: string;
  /** Whether the changed row is more than one step away. */
  readonly isFar: boolean;
}

/** What an expression over rows of the entity depends on besides the row itself. */
export function dependenciesOf(app: App, expression: Expression): readonly Dependency[] {
  return rowPaths(expression).flatMap((path) => dependency(app, path));
}

function dependency(app: App, { steps, columns }: RowPath): readonly Dependency[] {
  const step = steps.at(-1);
  if (step === undefined) return [];
  const place = sqlPlace(app, '');
  const changed = changeEvents(app, step.entity, columns);
  // No other row points to one that is new, and one that is pointed to cannot go.
  const events = isOwnStep(step) ? changed : [{ on: 'insert' } as const, { on: 'delete' } as const, ...changed];
  if (events.length === 0) return [];
  return [
    {
      name: pathName(steps),
      table: place.tables.get(step.entity) ?? step.entity,
      events,
      columns,
      affected: leadsTo(place, steps.slice(0, -1), 'record', (alias) => isBefore(place, step, alias)),
      isFar: steps.length > 1,
    },
  ];
}

/** That the step leads from the row of the alias to the changed one, now or before. */
function isBefore({ schema }: SqlPlace, step: PathStep, alias: string): string {
  if (step.kind === 'link') return `${alias}.${quoteIdentifier(step.column)} = new.id`;
  const column = quoteIdentifier(step.via.column);
  switch (step.via.kind) {
    case 'column':
      return `${alias}.id in (new.${column}, old.${column})`;
    case 'ids':
      return `${alias}.id in (select pair.${PAIR_COLUMNS.source} from ${qualify(schema, step.via.table)} pair where pair.${PAIR_COLUMNS.target} = new.id)`;
    case 'pairs':
      return `${alias}.id = any (new.${column} || old.${column})`;
    default:
      return step.via satisfies never;
  }
}

/** Whether the expression reads a list of the row itself. */
export function readsOwnLists(expression: Expression): boolean {
  return rowPaths(expression).some(({ steps: [first] }) => first?.kind === 'list');
}
