import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import { checkCondition } from './check-operators.ts';
import type { AggregateName, Expression } from './expression.ts';
import { describeType, isExact, isOrdered, type ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';

interface AggregateCall {
  readonly node: CelNode;
  readonly name: AggregateName;
  readonly receiver: CelNode;
  readonly variable: Extract<CelNode, { op: 'id' }>;
  readonly body: CelNode;
}

/** `record.items.sum(i, i.price)` and its like. */
export function checkAggregate(context: CheckContext, call: AggregateCall): Expression | undefined {
  const { node, name, receiver, variable } = call;
  const list = context.check(receiver);
  if (list === undefined) return undefined;
  if (list.type.kind !== 'list' || list.kind === 'items')
    return context.report({
      fault: 'expression-types',
      ...placeOf(receiver),
      what: `"${name}" needs a list, and "${sourceOf(receiver)}" is ${describeType(list.type)}`,
      hint: 'use the list of rows that point to this one, or a field that is many',
    });
  if (context.bound.has(variable.args) || variable.args === 'now')
    return context.report({
      fault: 'expression-name',
      ...placeOf(variable),
      what: `"${variable.args}" means something here already`,
      hint: 'name the item otherwise',
    });
  const inner = context.bind(variable.args, list.type.of);
  const body = checkBody(inner, call);
  if (body === undefined) return undefined;
  const { type, nullable } = resultOf(name, body);
  return { kind: 'aggregate', name, list, variable: variable.args, body, type, nullable, ...placeOf(node) };
}

function checkBody(context: CheckContext, { name, body: node }: AggregateCall): Expression | undefined {
  if (name === 'exists' || name === 'all' || name === 'count') return checkCondition(context, node, `"${name}"`);
  const body = context.check(node);
  if (body === undefined) return undefined;
  const isFit = name === 'sum' ? isExact(body.type) : isOrdered(body.type);
  if (isFit) return body;
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"${name}" needs ${name === 'sum' ? 'whole numbers or decimals' : 'values that have an order'}, and "${sourceOf(node)}" is ${describeType(body.type)}`,
    hint:
      body.type.kind === 'number'
        ? 'make the field a decimal: sums of type "number" are not exact'
        : 'use another field',
  });
}

function resultOf(
  name: AggregateName,
  body: Expression,
): { readonly type: ExpressionType; readonly nullable: boolean } {
  switch (name) {
    case 'exists':
    case 'all':
      return { type: { kind: 'boolean' }, nullable: false };
    case 'count':
      return { type: { kind: 'integer' }, nullable: false };
    case 'sum':
      return { type: body.type, nullable: false };
    case 'min':
    case 'max':
      return { type: body.type, nullable: true };
    default:
      return name satisfies never;
  }
}
