import type { App, Entity, RowCheck } from '../../model/app.ts';
import { columnsRead } from '../expression/columns-read.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { dependenciesOf } from './dependents.ts';
import { effectsOf, isRead, type Effect } from './effects.ts';
import { frozenName } from './frozen-guard.ts';
import { rowCheckName } from './row-checks.ts';

/**
 * Rules about other rows that a change of this entity's rows can break, however far away: those that look at its
 * rows, and those of and over the rows that the database writes because of the change.
 */
export function conflictFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  const lookers = lookersOf(app);
  const effects = effectsOf(app, entity);
  const facts = [
    ...(lookers.get(entity.names.table) ?? []).map(({ fact }) => fact),
    ...effects.flatMap((effect) => [
      ...ownRules(effect),
      ...(lookers.get(effect.entity.names.table) ?? []).flatMap(({ columns, fact }) =>
        isRead(effect, columns) ? [fact] : [],
      ),
    ]),
  ];
  return [...new Map(facts.map((fact) => [fact.name, withLink(entity, fact)])).values()];
}

/** The one link of the changed row that leads to rows of the rule's entity is where the change can be mended. */
function withLink({ fields }: Entity, fact: ConstraintFact): ConstraintFact {
  const [owner] = fact.keys;
  const links = owner === undefined ? [] : fields.filter(({ reference }) => reference?.entity === owner);
  const [link] = links;
  return link === undefined || links.length > 1 ? fact : { ...fact, keys: [...fact.keys, link.key] };
}

/** What stands against a write of a row that nobody asked for by itself. */
function ownRules(effect: Effect): readonly ConstraintFact[] {
  const { checks, frozen, names } = effect.entity;
  const read =
    effect.field === undefined ? [] : checks.filter((check) => isRead(effect, columnsRead(check.expression)));
  return [
    ...(frozen === undefined ? [] : [conflict(effect.entity, frozenName(names.table), 'frozen')]),
    ...read.map((check) => ofCheck(effect.entity, check)),
  ];
}

/** A check that looks at a table from another row. */
interface Looker {
  readonly table: string;
  readonly columns: readonly string[];
  readonly fact: ConstraintFact;
}

const known = new WeakMap<App, ReadonlyMap<string, readonly Looker[]>>();

function lookersOf(app: App): ReadonlyMap<string, readonly Looker[]> {
  const before = known.get(app);
  if (before !== undefined) return before;
  const all = app.entities.flatMap((entity) =>
    entity.checks.flatMap((check) =>
      dependenciesOf(app, check.expression).map(({ table, columns }): Looker => ({
        table,
        columns,
        fact: ofCheck(entity, check),
      })),
    ),
  );
  const lookers = Map.groupBy(all, ({ table }) => table);
  known.set(app, lookers);
  return lookers;
}

function ofCheck(entity: Entity, check: RowCheck): ConstraintFact {
  return conflict(entity, rowCheckName(entity.names.table, check), check.name);
}

/** An entity without routes is named to nobody. */
function conflict({ name: owner, operations }: Entity, name: string, code: string): ConstraintFact {
  return { name, kind: 'conflict', keys: operations.length > 0 ? [owner] : [], code };
}
