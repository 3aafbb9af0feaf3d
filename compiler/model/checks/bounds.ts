import type { Field } from '../app.ts';
import { elementProblem, type ValueRules } from '../literal.ts';
import { allFields, type Check, type EntityField, fieldPointer } from './check.ts';
import { replaceNode } from './replace-node.ts';

/** `min` and `max` are values of the type, and every pair of limits leaves something. */
export const checkBounds: Check = (input) => {
  for (const at of allFields(input.app)) {
    const valid = (['min', 'max'] as const).map((attribute) => checkBound(input, at, attribute));
    if (valid.every(Boolean)) checkRange(input, at);
    checkOrder(input, at, 'minLength', 'maxLength');
    checkOrder(input, at, 'scale', 'precision');
  }
};

function checkBound({ document, reporter }: Parameters<Check>[0], at: EntityField, attribute: 'min' | 'max'): boolean {
  const bound = at.field.limits[attribute];
  const problem = bound === undefined ? undefined : elementProblem(unbounded(at.field), bound);
  if (problem === undefined) return true;
  const where = fieldPointer(at, attribute);
  reporter.report(
    'invalid-bound',
    where,
    { attribute, value: String(bound), type: at.field.type, detail: problem.detail },
    problem.instead === undefined ? {} : { fix: replaceNode(document, where, JSON.stringify(problem.instead)) },
  );
  return false;
}

function unbounded({ type, limits: { precision, scale } }: Field): ValueRules {
  const limits = { ...(precision !== undefined && { precision }), ...(scale !== undefined && { scale }) };
  return { type, many: false, limits };
}

function checkRange({ reporter }: Parameters<Check>[0], at: EntityField): void {
  const { min, max } = at.field.limits;
  if (min === undefined || max === undefined) return;
  const rules: ValueRules = { ...unbounded(at.field), limits: at.field.limits };
  if (elementProblem(rules, min) === undefined) return;
  reportEmpty(reporter, at, 'max', 'min', String(max), String(min));
}

function checkOrder(
  { reporter }: Parameters<Check>[0],
  at: EntityField,
  small: 'minLength' | 'scale',
  great: 'maxLength' | 'precision',
): void {
  const [low, high] = [at.field.limits[small], at.field.limits[great]];
  if (low === undefined || high === undefined || low <= high) return;
  reportEmpty(reporter, at, small, great, String(low), String(high));
}

function reportEmpty(
  reporter: Parameters<Check>[0]['reporter'],
  at: EntityField,
  attribute: string,
  other: string,
  value: string,
  otherValue: string,
): void {
  const relation = attribute === 'max' ? 'less' : 'more';
  reporter.report(
    'crossed-limits',
    fieldPointer(at, attribute),
    { attribute, value, relation, other, otherValue },
    { related: [{ pointer: fieldPointer(at, other), message: `"${other}" is here` }] },
  );
}
