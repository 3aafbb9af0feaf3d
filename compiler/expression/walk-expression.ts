import type { Expression } from './expression.ts';
import { mapParts } from './map-parts.ts';

/** The expressions that one is made of, in the order they are written; a rule's condition is one of them. */
export function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  mapParts(expression, (part) => {
    parts.push(part);
    return part;
  });
  return expression.kind === 'rule' ? [...parts, expression.condition] : parts;
}

/** Every expression inside one, itself first. */
export function* walkExpression(expression: Expression): Generator<Expression, void, undefined> {
  yield expression;
  for (const part of partsOf(expression)) yield* walkExpression(part);
}
