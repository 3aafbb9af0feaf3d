import type { App, Field, Literal } from '../../model/app.ts';
import { literalProblem } from '../../model/literal.ts';
import { samples } from '../../model/samples.ts';
import { rangeSamples } from '../range-samples.ts';
import { fieldOrders, rangeOrders, type FieldOrder, type OwnedField } from './field-orders.ts';
import { measure, raiseLiteral, stepOf } from './shift-literal.ts';

/** What tests give a field in place of a sample. */
export type ShiftSample = (field: Field, sample: Literal) => Literal;

/** Later than any default that the clock gives while the tests of a backend are run. */
const LATER_THAN_NOW = '2200-01-01';

/**
 * Moves the samples of fields up until a check such as `record.cutOff < record.voyage.departsAt` is met by every
 * sample of the one with every sample of the other. Fields of one row that checks compare move together, so that
 * they stay as far apart as they were. A field that cannot move, by its limits or by another check, stays.
 */
export function sampleShifts(app: App): ShiftSample {
  const { orders, held } = fieldOrders(app);
  const far = orders.filter(({ isOwn, low, high }) => !isOwn && isMeasured(low.field) && isMeasured(high.field));
  if (far.length === 0) return (_, sample) => sample;
  const companions = companionsOf(app, orders);
  const raised = new Map<Field, bigint>();
  const raise = ({ low, high }: FieldOrder): boolean => {
    const group = companions.get(high.field) ?? [high];
    if (group.some(({ field }) => field === low.field || held.has(field))) return false;
    const present = raised.get(high.field) ?? 0n;
    const least = bounds(high).least + present;
    const step = stepOf(high.field) ?? 1n;
    for (const top of topsOf(low)) {
      const missing = top + (raised.get(low.field) ?? 0n) + step - least;
      if (missing <= 0n) return false;
      const by = present + ((missing + step - 1n) / step) * step;
      if (!group.every((member) => canMove(member, by))) continue;
      for (const { field } of group) raised.set(field, by);
      return true;
    }
    return false;
  };
  // A circle of orders would never rest: each field is moved as often as there are orders, at most.
  for (let round = 0; round < far.length; round += 1) if (far.filter(raise).length === 0) break;
  return (field, sample) => raiseLiteral(field, sample, raised.get(field) ?? 0n);
}

function isMeasured(field: Field): boolean {
  return stepOf(field) !== undefined && samples(field).length > 0;
}

/** The fields of a row that move with one, itself among them: checks or a range tie them. */
function companionsOf(app: App, orders: readonly FieldOrder[]): ReadonlyMap<Field, readonly OwnedField[]> {
  const ties = [...orders.filter(({ isOwn }) => isOwn), ...app.entities.flatMap(rangeOrders)];
  const groups = new Map<Field, readonly OwnedField[]>();
  for (const { low, high } of ties) {
    const joined = [...(groups.get(low.field) ?? [low]), ...(groups.get(high.field) ?? [high])];
    const group = [...new Map(joined.map((member) => [member.field, member])).values()];
    for (const { field } of group) groups.set(field, group);
  }
  return groups;
}

/** Everything that tests may give the field. */
function valuesOf({ entity, field }: OwnedField): readonly Literal[] {
  const ranges = entity.noOverlaps.flatMap((rule) => {
    const place = [rule.from, rule.to].indexOf(field.name);
    return place < 0 ? [] : rangeSamples(entity, rule).map((range) => range[place] ?? range[0]);
  });
  return [...samples(field), ...ranges];
}

function bounds(owned: OwnedField): { readonly least: bigint; readonly most: bigint } {
  const { field } = owned;
  const measured = valuesOf(owned).flatMap((value) => measure(field, value) ?? []);
  const [first = 0n, ...rest] = measured;
  const least = rest.reduce((low, value) => (value < low ? value : low), first);
  return { least, most: rest.reduce((high, value) => (value > high ? value : high), first) };
}

/** What the other field must exceed: the field's limit, or where that is too much all that it is given. */
function topsOf(owned: OwnedField): readonly bigint[] {
  const { field } = owned;
  const others = [field.default, field.preset && LATER_THAN_NOW].flatMap((value) => {
    if (value === undefined) return [];
    return measure(field, field.type === 'datetime' && value === LATER_THAN_NOW ? `${value}T00:00:00Z` : value) ?? [];
  });
  const given = others.reduce((high, value) => (value > high ? value : high), bounds(owned).most);
  const limit = field.limits.max === undefined ? undefined : measure(field, field.limits.max);
  return limit === undefined || limit < given ? [given] : [limit, given];
}

/** Whether all that tests give the field is still valid when it is raised. */
function canMove(owned: OwnedField, by: bigint): boolean {
  const { field } = owned;
  if (!isMeasured(field)) return false;
  return valuesOf(owned).every((value) => literalProblem(field, raiseLiteral(field, value, by)) === undefined);
}
