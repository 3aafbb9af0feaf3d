import type { Condition, Entity } from '../../model/app.ts';
import { DEFAULT_DECIMAL, decimalRange, fromUnits } from '../../model/decimals.ts';
import type { Expression } from '../../expression/expression.ts';
import type { LinkWish } from '../../plan/samples/link-wishes.ts';
import { planAims, type Aim } from '../../plan/samples/aims.ts';
import { predicateFunction, recordFunction } from '../expression/predicate-type.ts';
import { lines, nothing, ts, type Fragment } from '../text/fragment.ts';
import { literal, prop, str } from '../text/quote.ts';
import { keysRead } from './condition-keys.ts';

/** Where tests look for rows on both sides of these conditions. */
export function aimCases(entity: Entity, conditions: readonly Expression[]): Fragment {
  const aims = planAims(entity, conditions);
  return aims.length === 0
    ? nothing
    : ts`aims: [
  ${lines(aims.map(aimCase))}
],`;
}

/** What a row had better meet while none links to it. */
export function aloneCases(entity: Entity, wishes: readonly Condition[]): Fragment {
  return caseList(
    'alone',
    wishes.map((wish) => ts`{ ${wished(entity, wish)} },`),
  );
}

/** What a row had better meet where links lead to it. */
export function wishCases(entity: Entity, wishes: readonly LinkWish[]): Fragment {
  return caseList(
    'wishes',
    wishes.map((wish) => ts`{ by: ${str(wish.by)}, ${wished(entity, wish)} },`),
  );
}

function wished(entity: Entity, wish: Condition): Fragment {
  return ts`keys: ${literal(keysRead(entity, wish))}, holds: ${predicateFunction(wish.expression)}`;
}

function caseList(name: string, cases: readonly Fragment[]): Fragment {
  return cases.length === 0
    ? nothing
    : ts`${prop(name)}: [
  ${lines(cases)}
],`;
}

function aimCase(aim: Aim): Fragment {
  const key = str(aim.field.key);
  if (aim.kind === 'values') return ts`{ key: ${key}, values: ${literal(aim.values)} },`;
  const limits = limitsOf(aim);
  const within = Object.keys(limits).length === 0 ? nothing : ts`, limits: ${literal(limits)}`;
  return ts`{ key: ${key}, at: ${recordFunction(aim.expression)}${within} },`;
}

/** What a value that is worked out must stay within. */
function limitsOf({ field: { type, limits } }: Aim) {
  if (type !== 'decimal')
    return {
      ...(limits.min !== undefined && { min: limits.min }),
      ...(limits.max !== undefined && { max: limits.max }),
    };
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  const { low, high } = decimalRange(limits);
  return { min: fromUnits(low, scale), max: fromUnits(high, scale), scale };
}
