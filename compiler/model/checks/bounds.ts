import { crossedLimits, invalidBounds } from '../limit-problems.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';

/** `min` and `max` are values of the type, and every pair of limits leaves something. */
export const checkBounds: Check = (input) => {
  for (const at of allFields(input.app)) {
    const crossed = crossedLimits(at.field);
    for (const pair of crossed) reportCrossed(input, at, pair);
    if (crossed.length === 0) reportInvalid(input, at);
  }
};

function reportInvalid({ reporter }: CheckInput, at: EntityField): void {
  for (const { attribute, value, problem } of invalidBounds(at.field)) {
    const { detail, hint } = problem;
    const params = { attribute, value, field: at.field.name, detail, hint };
    reporter.report('invalid-bound', fieldPointer(at, attribute), params);
  }
}

function reportCrossed(
  { spec, reporter }: CheckInput,
  at: EntityField,
  { attribute, other }: ReturnType<typeof crossedLimits>[number],
): void {
  const { limits, name } = at.field;
  const isWritten = spec.entities[at.entity.name]?.fields[name]?.[other] !== undefined;
  const related = [{ pointer: fieldPointer(at, other), message: `"${other}" is here` }];
  reporter.report(
    'crossed-limits',
    fieldPointer(at, attribute),
    {
      attribute,
      value: String(limits[attribute]),
      relation: attribute === 'max' ? 'less' : 'more',
      other,
      otherValue: String(limits[other]),
    },
    isWritten ? { related } : {},
  );
}
