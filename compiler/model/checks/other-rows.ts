import type { Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import type { Entity } from '../app.ts';
import { readsRows } from '../expressions/expression-place.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';

/** Nothing holds a check, or keeps a computed field, that looks at other rows: so neither may be said. */
export const checkOtherRows: Check = (input) => {
  for (const entity of input.app.entities) {
    for (const { name, reads, expression } of entity.checks)
      if (reads === 'others') report(input, entity, ['checks', name], expression, 'A check');
    for (const { name, computed } of entity.fields)
      if (computed?.reads === 'others')
        report(input, entity, ['fields', name, 'computed'], computed.expression, 'A computed field');
  }
};

function report(
  { document, reporter }: CheckInput,
  entity: Entity,
  path: readonly string[],
  expression: Expression,
  subject: string,
): void {
  const pointer = entityPointer(entity, ...path);
  const { start, end } = placeOf(expression);
  const what = `${subject} that looks at other rows, or at the items of a list one by one,`;
  reporter.report('not-yet-supported', pointer, { what }, { span: document.locateInside(pointer, start, end) });
}

/** The first part that looks beyond the row; what a rule asks stands at the rule. */
function placeOf(expression: Expression): Pick<Expression, 'start' | 'end'> {
  const parts = [...walkExpression(expression)];
  return parts.find((part) => readsRows(part) || (part.kind === 'rule' && looksFurther(part))) ?? expression;
}

function looksFurther(part: Expression): boolean {
  return [...walkExpression(part)].some(readsRows);
}
