import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import type { Expression, Literal } from './expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';
import type { LiteralKind } from './scope.ts';

type ValueNode = Extract<CelNode, { op: 'value' }>;

/** A constant; a text is read as a value of the expected type. */
export function checkLiteral(
  context: CheckContext,
  node: ValueNode,
  expected?: ExpressionType,
): Expression | undefined {
  const { args } = node;
  const place = placeOf(node);
  if (args === null) return { kind: 'null', type: { kind: 'null' }, nullable: true, ...place };
  switch (typeof args) {
    case 'boolean':
      return literal(node, { kind: 'boolean' }, String(args));
    case 'bigint':
      return literal(node, { kind: 'integer' }, String(args));
    case 'number':
      return checkDecimal(context, node);
    case 'string':
      return checkText(context, node, args, expected);
    default:
      return context.report({
        fault: 'expression-syntax',
        ...place,
        what: `"${sourceOf(node)}" is a kind of value that no field has`,
        hint: 'write a number, a text, true, false or null',
      });
  }
}

/** Read from the text: the parser's double has lost digits already. */
function checkDecimal(context: CheckContext, node: ValueNode): Expression | undefined {
  const text = sourceOf(node);
  if (/^\d+\.\d+$/.test(text)) return literal(node, { kind: 'decimal' }, text);
  return context.report({
    fault: 'expression-literal',
    ...placeOf(node),
    what: `"${text}" is no decimal`,
    hint: 'write its digits out, without an exponent',
  });
}

function checkText(
  context: CheckContext,
  node: ValueNode,
  text: string,
  expected: ExpressionType | undefined,
): Expression | undefined {
  if (expected?.kind === 'enum') return checkWord(context, node, text, expected);
  const kind = expected === undefined ? undefined : readAs(expected);
  if (kind === undefined || expected === undefined) return checkStorable(context, node, text);
  return readText(context, node, text, kind, expected);
}

/** What Postgres can keep in a text. */
function checkStorable(context: CheckContext, node: ValueNode, text: string): Expression | undefined {
  if (!/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text))
    return literal(node, { kind: 'text' }, text);
  return context.report({
    fault: 'expression-literal',
    ...placeOf(node),
    what: 'the text has NUL or half of a surrogate pair',
    hint: 'leave that out',
  });
}

function checkWord(
  context: CheckContext,
  node: ValueNode,
  text: string,
  type: Extract<ExpressionType, { kind: 'enum' }>,
): Expression | undefined {
  if (type.values.includes(text)) return literal(node, type, text);
  const isPlain = sourceOf(node).slice(1, -1) === text;
  const { start, end } = node;
  return context.report({
    fault: 'expression-word',
    ...(isPlain ? { start: start + 1, end: end - 1 } : { start, end }),
    what: `"${text}" is none of the values it is compared with`,
    hint: 'write one of them',
    allowed: type.values,
    ...(isPlain && { word: text }),
  });
}

const READ_AS: Partial<Readonly<Record<ExpressionType['kind'], LiteralKind>>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timeZone: 'timeZone',
};

function readAs(type: ExpressionType): LiteralKind | undefined {
  if (type.kind === 'id') return type.storage === 'text' ? undefined : type.storage;
  return READ_AS[type.kind];
}

/** A text that stands for a date, a moment, an id... */
export function readText(
  context: CheckContext,
  node: CelNode,
  text: string,
  kind: LiteralKind,
  type: ExpressionType,
): Literal | undefined {
  const read = context.scope.literals(kind, text);
  if (typeof read === 'string') return literal(node, type, read);
  return context.report({
    fault: 'expression-literal',
    ...placeOf(node),
    what: `"${text}" ${read.detail}`,
    hint: read.hint,
  });
}

/** A literal at the place of a node. */
export function literal(node: CelNode, type: ExpressionType, value: string): Literal {
  return { kind: 'literal', type, value, nullable: false, ...placeOf(node) };
}

/** The text of a literal text; undefined for anything else. */
export function textOf(node: CelNode | undefined): string | undefined {
  return node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}
