import type { Field, Limits } from './app.ts';
import { elementProblem, type LiteralProblem, type ValueRules } from './literal.ts';

/** A `min` or `max` that is no value of its type. */
export interface InvalidBound {
  readonly attribute: 'min' | 'max';
  readonly value: string;
  readonly problem: LiteralProblem;
}

/** Two limits between which no value is left; the first one is the one to point at. */
export interface CrossedLimits {
  readonly attribute: 'max' | 'minLength' | 'scale';
  readonly other: 'min' | 'maxLength' | 'precision';
}

/** The bounds of a field that are no values of its type. */
export function invalidBounds({ type, limits }: Field): readonly InvalidBound[] {
  const { min: _, max: __, ...others } = limits;
  const rules: ValueRules = { type, many: false, limits: others };
  return (['min', 'max'] as const).flatMap((attribute) => {
    const bound = limits[attribute];
    const problem = bound === undefined ? undefined : elementProblem(rules, bound);
    return problem === undefined ? [] : [{ attribute, value: String(bound), problem }];
  });
}

/** The pairs of a field's limits that leave no value. */
export function crossedLimits(field: Field): readonly CrossedLimits[] {
  const { min, max, minLength = 0, maxLength = Infinity, scale = 0, precision = Infinity } = field.limits;
  const crossed: CrossedLimits[] = [];
  if (scale > precision) crossed.push({ attribute: 'scale', other: 'precision' });
  if (minLength > maxLength) crossed.push({ attribute: 'minLength', other: 'maxLength' });
  if (crossed.length > 0 || min === undefined || max === undefined || invalidBounds(field).length > 0) return crossed;
  const isEmpty = elementProblem({ type: field.type, many: false, limits: field.limits }, min) !== undefined;
  return isEmpty ? [{ attribute: 'max', other: 'min' }] : [];
}

/** The limits less those that are broken: what fails under a broken limit is no mistake of its own. */
export function soundLimits(field: Field): Limits {
  const broken: readonly string[] = [
    ...crossedLimits(field).flatMap(({ attribute, other }) => [attribute, other]),
    ...invalidBounds(field).map(({ attribute }) => attribute),
  ];
  const { min, max, minLength, maxLength, ...others } = field.limits;
  const digits = broken.includes('scale') ? ANY_DECIMAL : {};
  return {
    ...others,
    ...(min !== undefined && !broken.includes('min') && { min }),
    ...(max !== undefined && !broken.includes('max') && { max }),
    ...(minLength !== undefined && !broken.includes('minLength') && { minLength }),
    ...(maxLength !== undefined && !broken.includes('maxLength') && { maxLength }),
    ...digits,
  };
}

/** More digits than the language lets a decimal have. */
const ANY_DECIMAL = { precision: 400, scale: 200 } as const;
