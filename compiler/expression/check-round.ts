import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import type { Expression } from './expression.ts';
import { describeType, isExact, type ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';

type CallNode = Extract<CelNode, { op: 'call' }>;

/** Most places that a decimal field can have, and so that can be asked for. */
const MOST_PLACES = 100n;

/** `round(record.price * record.rate, 2)`; to no place it is a whole number. */
export function checkRound(context: CheckContext, node: CallNode): Expression | undefined {
  const [numberNode = node, placesNode = node] = node.args[1];
  const of = context.check(numberNode);
  if (of === undefined) return undefined;
  if (!isExact(of.type))
    return context.report({
      fault: 'expression-types',
      ...placeOf(numberNode),
      what: `"round" needs a decimal, and "${sourceOf(numberNode)}" is ${describeType(of.type)}`,
      hint: 'use a decimal',
    });
  const places = placesNode.op === 'value' && typeof placesNode.args === 'bigint' ? placesNode.args : -1n;
  if (places < 0n || places > MOST_PLACES)
    return context.report({
      fault: 'expression-arguments',
      ...placeOf(placesNode),
      what: `"${sourceOf(placesNode)}" is no number of places`,
      hint: `write a whole number from 0 to ${MOST_PLACES}`,
    });
  const type: ExpressionType = places === 0n ? { kind: 'integer' } : of.type;
  return { kind: 'round', of, places: Number(places), type, nullable: of.nullable, ...placeOf(node) };
}
