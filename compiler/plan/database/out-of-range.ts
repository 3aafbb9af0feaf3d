import type { App, Entity, Field } from '../../model/app.ts';
import { columnsRead } from '../expression/columns-read.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { effectsOf, type Effect } from './effects.ts';
import { checkName } from './field-checks.ts';
import { canLeaveYears } from './year-range.ts';

/** Whether a value that is computed may have no place in its type. */
export function canOverflow(field: Field): boolean {
  return isComputedNumber(field) || canLeaveYears(field);
}

/** What refuses a computed value that has no place in its type, or in the years that the API writes. */
export function overflowFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  const all = [...STATES.flatMap((state) => ofState(app, entity, state)), ...ofYears(app, entity)];
  return [...new Map(all.toReversed().map((fact) => [fact.name, fact])).values()].toReversed();
}

interface State {
  /** The SQLSTATE: Postgres names no column. */
  readonly name: string;
  readonly isOf: (field: Field) => boolean;
}

/** Bodies are checked before, so that only computed columns come to these. */
const STATES: readonly State[] = [
  { name: '22003', isOf: isComputedNumber },
  { name: '22008', isOf: canLeaveYears },
];

function ofState(app: App, entity: Entity, { name, isOf }: State): readonly ConstraintFact[] {
  const own = entity.fields.filter(isOf);
  if (own.length > 0) return [{ name, kind: 'overflow', keys: own.map(({ key }) => key) }];
  const fed = effectsOf(app, entity).flatMap((effect) =>
    writtenBy(effect)
      .filter(isOf)
      .map((field) => nameOf(effect, field)),
  );
  return fed.length === 0 ? [] : [{ name, kind: 'farOverflow', keys: [...new Set(fed.flat())] }];
}

function ofYears(app: App, entity: Entity): readonly ConstraintFact[] {
  const own = entity.fields.filter(canLeaveYears).map((field): ConstraintFact => ({
    name: checkName(entity.names.table, field, 'years'),
    kind: 'overflow',
    keys: [field.key],
  }));
  const far = effectsOf(app, entity).flatMap((effect) =>
    writtenBy(effect)
      .filter(canLeaveYears)
      .map((field): ConstraintFact => {
        const name = checkName(effect.entity.names.table, field, 'years');
        return { name, kind: 'farOverflow', keys: nameOf(effect, field) };
      }),
  );
  return [...own, ...far];
}

/** The column that the database keeps, and those that Postgres makes of it. */
function writtenBy({ entity, field }: Effect): readonly Field[] {
  if (field === undefined) return [];
  const made = entity.fields.filter(
    ({ computed }) => computed?.reads === 'row' && columnsRead(computed.expression).includes(field.column),
  );
  return [field, ...made];
}

/** A field of an entity without routes is named to nobody. */
function nameOf({ entity }: Effect, { key }: Field): readonly string[] {
  return entity.operations.length > 0 ? [`${entity.name}.${key}`] : [];
}

function isComputedNumber({ computed, type }: Field): boolean {
  return computed !== undefined && NUMBERS.includes(type);
}

const NUMBERS: readonly Field['type'][] = ['integer', 'bigint', 'decimal', 'number'];
