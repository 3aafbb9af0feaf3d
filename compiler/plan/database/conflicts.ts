import type { App, Entity } from '../../model/app.ts';
import { columnsRead } from '../expression/columns-read.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { dependenciesOf } from './dependents.ts';
import { frozenName } from './frozen-guard.ts';
import { rowCheckName } from './row-checks.ts';

/** Rules about rows of other entities that a change of this one's rows can break. */
export function conflictFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  return conflictsOf(app).get(entity.names.table) ?? [];
}

const conflicts = new WeakMap<App, ReadonlyMap<string, readonly ConstraintFact[]>>();

function conflictsOf(app: App): ReadonlyMap<string, readonly ConstraintFact[]> {
  const known = conflicts.get(app);
  if (known !== undefined) return known;
  const all = app.entities.flatMap((entity) => [...ofChecks(app, entity), ...ofColumns(app, entity)]);
  const byTable = new Map(
    [...Map.groupBy(all, ({ table }) => table)].map(([table, facts]) => [
      table,
      [...new Map(facts.map(({ fact }) => [fact.name, fact])).values()],
    ]),
  );
  conflicts.set(app, byTable);
  return byTable;
}

interface Conflict {
  readonly table: string;
  readonly fact: ConstraintFact;
}

function conflict(table: string, name: string, code: string): Conflict {
  return { table, fact: { name, kind: 'conflict', keys: [], code } };
}

function ofChecks(app: App, entity: Entity): readonly Conflict[] {
  return entity.checks
    .filter(({ reads }) => reads === 'others')
    .flatMap((check) =>
      dependenciesOf(app, check.expression).map(({ table }) =>
        conflict(table, rowCheckName(entity.names.table, check), check.name),
      ),
    );
}

/** A column that is kept up to date is written by changes elsewhere, and what binds its row stands against them. */
function ofColumns(app: App, entity: Entity): readonly Conflict[] {
  const { table } = entity.names;
  return entity.fields.flatMap(({ column, computed }) => {
    if (computed?.reads !== 'others') return [];
    const checks = entity.checks.filter(({ expression }) => columnsRead(expression).includes(column));
    const names = [
      ...(entity.frozen === undefined ? [] : [[frozenName(table), 'frozen'] as const]),
      ...checks.map((check) => [rowCheckName(table, check), check.name] as const),
    ];
    return dependenciesOf(app, computed.expression).flatMap((dependency) =>
      names.map(([name, code]) => conflict(dependency.table, name, code)),
    );
  });
}
