import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import { checkSum } from './check-arithmetic.ts';
import { textOf } from './check-literals.ts';
import type { ArithmeticOperator, Expression, OrderOperator } from './expression.ts';
import { commonType, describeType, isComparable, isOrdered, type ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';
import { choiceMayBeAbsent } from './presence.ts';

type NodeOf<Operator extends CelNode['op']> = Extract<CelNode, { op: Operator }>;

const BOOLEAN: ExpressionType = { kind: 'boolean' };

/** `!`, `-`, `&&`, `||`, comparisons, arithmetic. */
export function checkUnary(context: CheckContext, node: NodeOf<'!_' | '-_'>): Expression | undefined {
  if (node.op === '!_') {
    const operand = checkCondition(context, node.args, '"!"');
    return operand && { kind: 'not', operand, type: BOOLEAN, nullable: false, ...placeOf(node) };
  }
  const operand = context.check(node.args);
  if (operand === undefined) return undefined;
  if (operand.kind === 'literal' && (operand.type.kind === 'integer' || operand.type.kind === 'decimal'))
    return { ...operand, value: negated(operand.value), ...placeOf(node) };
  if (operand.type.kind === 'integer' || operand.type.kind === 'decimal')
    return { kind: 'negate', operand, type: operand.type, nullable: operand.nullable, ...placeOf(node) };
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"-" stands before ${describeType(operand.type)}`,
    hint: 'negate whole numbers and decimals only',
  });
}

function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

/** Both sides are conditions. */
export function checkLogical(context: CheckContext, node: NodeOf<'&&' | '||'>): Expression | undefined {
  const subject = `"${node.op}"`;
  const left = checkCondition(context, node.args[0], subject);
  const right = checkCondition(context, node.args[1], subject);
  if (left === undefined || right === undefined) return undefined;
  const kind = node.op === '&&' ? 'and' : 'or';
  return { kind, left, right, type: BOOLEAN, nullable: false, ...placeOf(node) };
}

/** A part that must be true or false. */
export function checkCondition(context: CheckContext, node: CelNode, subject: string): Expression | undefined {
  const part = context.check(node);
  if (part === undefined || part.type.kind === 'boolean') return part;
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `${subject} needs a condition, and "${sourceOf(node)}" is ${describeType(part.type)}`,
    hint: 'compare it with something',
  });
}

/** `c ? a : b`: both of one type. */
export function checkChoice(
  context: CheckContext,
  node: NodeOf<'?:'>,
  expected: ExpressionType | undefined,
): Expression | undefined {
  const [conditionNode, metNode, otherwiseNode] = node.args;
  const condition = checkCondition(context, conditionNode, '"?"');
  const met = context.check(metNode, expected);
  const otherwise = context.check(otherwiseNode, expected ?? met?.type);
  if (condition === undefined || met === undefined || otherwise === undefined) return undefined;
  const type = commonType(met.type, otherwise.type);
  if (type === undefined || type.kind === 'null' || type.kind === 'entity')
    return mismatch(context, node, '"? :"', met, otherwise);
  const parts = { condition, met, otherwise };
  return { kind: 'choice', ...parts, type, nullable: choiceMayBeAbsent(parts), ...placeOf(node) };
}

type BinaryNode = NodeOf<'==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | ArithmeticOperator>;

/** Operators with two sides that are no conditions. */
export function checkBinary(context: CheckContext, node: BinaryNode): Expression | undefined {
  switch (node.op) {
    case 'in':
      return checkMembership(context, node);
    case '==':
    case '!=':
      return checkEquality(context, node, node.op === '!=');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkOrder(context, node, node.op);
    default:
      return checkSum(context, node, node.op);
  }
}

function checkEquality(context: CheckContext, node: BinaryNode, isNegated: boolean): Expression | undefined {
  const sides = checkSides(context, node);
  if (sides === undefined) return undefined;
  const [left, right] = sides;
  if (!isComparable(left.type, right.type)) return mismatch(context, node, `"${node.op}"`, left, right);
  if (left.type.kind === 'list' || right.type.kind === 'list')
    return context.report({
      fault: 'expression-types',
      ...placeOf(node),
      what: `"${node.op}" stands beside a list, which is never null`,
      hint: 'ask for its size',
    });
  return { kind: 'equal', negated: isNegated, left, right, type: BOOLEAN, nullable: false, ...placeOf(node) };
}

function checkOrder(context: CheckContext, node: BinaryNode, operator: OrderOperator): Expression | undefined {
  const sides = checkSides(context, node);
  if (sides === undefined) return undefined;
  const [left, right] = sides;
  if (!isComparable(left.type, right.type)) return mismatch(context, node, `"${operator}"`, left, right);
  const unordered = sides.find(({ type }) => !isOrdered(type));
  if (unordered === undefined)
    return { kind: 'order', operator, left, right, type: BOOLEAN, nullable: false, ...placeOf(node) };
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"${operator}" stands beside ${describeType(unordered.type)}, which has no order`,
    hint: unordered.type.kind === 'null' ? 'ask for absence with "== null"' : 'compare with == or !=',
  });
}

function checkMembership(context: CheckContext, node: BinaryNode): Expression | undefined {
  const [itemNode, listNode] = node.args;
  if (listNode.op === 'list') return checkListed(context, node, itemNode, listNode);
  const list = context.check(listNode);
  if (list === undefined) return undefined;
  if (list.type.kind !== 'list' || list.type.of.kind === 'entity' || list.type.of.kind === 'json')
    return context.report({
      fault: 'expression-types',
      ...placeOf(listNode),
      what: `"in" needs a list of values, and "${sourceOf(listNode)}" is ${describeType(list.type)}`,
      hint:
        list.type.kind === 'list' ? 'ask with exists' : "write a list such as ['new', 'won'], or a field that is many",
    });
  const item = context.check(itemNode, list.type.of);
  if (item === undefined) return undefined;
  if (item.type.kind === 'null' || !isComparable(item.type, list.type.of))
    return context.report({
      fault: 'expression-types',
      ...placeOf(node),
      what: `"in" looks for ${describeType(item.type)} among ${describeType(list.type.of)}`,
      hint: 'look for a value of the same type',
    });
  return { kind: 'in', item, list, type: BOOLEAN, nullable: false, ...placeOf(node) };
}

function checkListed(
  context: CheckContext,
  node: BinaryNode,
  itemNode: CelNode,
  listNode: NodeOf<'list'>,
): Expression | undefined {
  const item = context.check(itemNode);
  if (item === undefined) return undefined;
  const items = listNode.args.map((part) => context.check(part, item.type));
  const known = items.flatMap((part) => part ?? []);
  if (known.length < items.length) return undefined;
  if (known.length === 0 || item.type.kind === 'null')
    return context.report({
      fault: 'expression-types',
      ...placeOf(known.length === 0 ? listNode : itemNode),
      what: known.length === 0 ? 'nothing is in an empty list' : '"in" looks for null',
      hint: known.length === 0 ? 'write its values, or false' : 'ask for absence with "== null"',
    });
  for (const [index, part] of known.entries()) {
    if (part.type.kind !== 'null' && isComparable(item.type, part.type)) continue;
    return context.report({
      fault: 'expression-types',
      ...placeOf(listNode.args[index] ?? listNode),
      what: `"in" compares ${describeType(item.type)} with ${describeType(part.type)}`,
      hint: part.type.kind === 'null' ? 'ask for absence with "== null"' : 'list values of the same type',
    });
  }
  const list: Expression = {
    kind: 'items',
    items: known,
    type: { kind: 'list', of: item.type },
    nullable: false,
    ...placeOf(listNode),
  };
  return { kind: 'in', item, list, type: BOOLEAN, nullable: false, ...placeOf(node) };
}

/** A literal text is read as a value of the other side's type. */
export function checkSides(context: CheckContext, node: BinaryNode): readonly [Expression, Expression] | undefined {
  const [leftNode, rightNode] = node.args;
  const rightFirst = isOpen(leftNode) && !isOpen(rightNode);
  const first = context.check(rightFirst ? rightNode : leftNode);
  const second = context.check(rightFirst ? leftNode : rightNode, first?.type);
  if (first === undefined || second === undefined) return undefined;
  return rightFirst ? [second, first] : [first, second];
}

/** Whether its type depends on what it is compared with. */
function isOpen(node: CelNode): boolean {
  return textOf(node) !== undefined || (node.op === '?:' && isOpen(node.args[1]) && isOpen(node.args[2]));
}

function mismatch(
  context: CheckContext,
  node: CelNode,
  subject: string,
  left: Expression,
  right: Expression,
): undefined {
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `${subject} stands between ${describeType(left.type)} and ${describeType(right.type)}`,
    hint: quotedDate(node) ?? 'use two values of one type',
  });
}

/** Without quotes, a date is a subtraction. */
function quotedDate(node: CelNode): string | undefined {
  const [date] = /(?<![\w'"-])\d{4}-\d\d-\d\d(?![\w'"-])/.exec(sourceOf(node)) ?? [];
  return date === undefined ? undefined : `write dates in quotes: '${date}'`;
}
