import { checkAggregate } from './check-aggregates.ts';
import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import { literal, readText, textOf } from './check-literals.ts';
import { checkRound } from './check-round.ts';
import { readDuration } from './duration.ts';
import { AGGREGATES, type AggregateName, type Expression } from './expression.ts';
import { describeType, isTextual, type ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';

type CallNode = Extract<CelNode, { op: 'call' }>;
type MethodNode = Extract<CelNode, { op: 'rcall' }>;
type Checked = Expression | undefined;

const TEXT: ExpressionType = { kind: 'text' };

interface CalledFunction {
  /** How it is written, for whoever got its arguments wrong. */
  readonly form: string;
  readonly arguments: number;
  readonly check: (context: CheckContext, node: CallNode) => Checked;
}

const FUNCTIONS: Readonly<Record<string, CalledFunction>> = {
  duration: { form: "duration('72h')", arguments: 1, check: checkDuration },
  today: { form: "today('Europe/Paris')", arguments: 1, check: checkToday },
  at: { form: "at(record.day, '09:30', 'Europe/Paris')", arguments: 3, check: checkAt },
  lower: { form: 'lower(record.name)', arguments: 1, check: checkLower },
  round: { form: 'round(record.price * record.rate, 2)', arguments: 2, check: checkRound },
  size: { form: 'size(record.items)', arguments: 1, check: checkSize },
};

const TEXT_TESTS = ['contains', 'startsWith'] as const;
const METHODS: readonly string[] = [...TEXT_TESTS, ...AGGREGATES];

/** Functions of the language that conditions cannot use. */
const VALUES_ONLY: Readonly<Record<string, string>> = {
  format: 'it makes text for people, in values that hold ${...}',
  link: 'it makes a signed link, in values that hold ${...}',
  map: 'it makes a list of values, in values that hold ${...}',
};

/** Spellings of other languages. */
const HABITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...spelled(
      ['ceil', 'floor', 'trunc', 'truncate'],
      'round is half away from zero: round(record.price * record.rate, 2)',
    ),
    ...spelled(
      ['coalesce', 'ifnull', 'isnull', 'nvl'],
      'write what stands for null: record.score == null ? 0 : record.score',
    ),
    now: 'write now, without brackets',
    ...spelled(['current_date', 'currentDate', 'curdate'], "write today('Europe/Paris')"),
    has: 'compare with null: record.email != null',
    filter: 'give the condition to count, exists, all, sum, min or max',
    exists_one: 'write record.items.count(i, ...) == 1',
    matches: 'patterns belong to fields: "pattern"',
    endsWith: 'only contains and startsWith ask for a part of a text',
    timestamp: "a moment is written as a text: record.createdAt < '2026-01-01T00:00:00Z'",
    date: "a date is written as a text: record.day < '2026-01-01'",
    ...spelled(['toLowerCase', 'lowerAscii', 'toLower', 'lowercase', 'lcase'], 'write lower(record.name)'),
    ...spelled(['toUpperCase', 'upperAscii', 'upper', 'ucase'], 'compare in lower case: lower(record.name)'),
    ...spelled(['length', 'len'], 'write size(record.items)'),
    ...spelled(['includes', 'some', 'any'], 'write contains for a part of a text, exists for an item of a list'),
    int: 'numbers need no conversion',
    double: 'numbers need no conversion',
    string: 'values need no conversion',
  }),
);

function spelled(names: readonly string[], hint: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, hint]));
}

/** `duration('72h')`. */
export function checkCall(context: CheckContext, node: CallNode): Checked {
  const [name, args] = node.args;
  const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (called === undefined) return unknownFunction(context, node, name);
  if (args.length !== called.arguments) return wrongArguments(context, node, name, called.form);
  return called.check(context, node);
}

/** `record.name.contains('x')`, `record.items.exists(i, ...)`. */
export function checkMethod(context: CheckContext, node: MethodNode): Checked {
  const [name, receiver, args] = node.args;
  const aggregate = AGGREGATES.find((one) => one === name);
  if (aggregate !== undefined) return checkList(context, node, aggregate);
  const test = TEXT_TESTS.find((one) => one === name);
  if (test === undefined) return unknownFunction(context, node, name);
  const [partNode] = args;
  if (partNode === undefined || args.length !== 1)
    return wrongArguments(context, node, name, `record.name.${name}('a')`);
  const text = checkTextPart(context, receiver, `"${name}"`);
  const part = checkTextPart(context, partNode, `"${name}"`);
  return text && part && { kind: test, text, part, type: { kind: 'boolean' }, nullable: false, ...placeOf(node) };
}

function checkList(context: CheckContext, node: MethodNode, name: AggregateName): Checked {
  const [, receiver, args] = node.args;
  const [variable, body] = args;
  if (variable?.op !== 'id' || body === undefined || args.length !== 2)
    return wrongArguments(context, node, name, aggregateForm(receiver, name));
  return checkAggregate(context, { node, name, receiver, variable, body });
}

/** What is made of each item is written in the aggregate itself. */
function aggregateForm(receiver: CelNode, name: AggregateName): string {
  if (receiver.op !== 'rcall' || receiver.args[0] !== 'map') return `${sourceOf(receiver)}.${name}(i, ...)`;
  const [, list, made] = receiver.args;
  return `${sourceOf(list)}.${name}(${made.map(sourceOf).join(', ')})`;
}

function checkTextPart(context: CheckContext, node: CelNode, subject: string): Checked {
  const part = context.check(node, TEXT);
  if (part === undefined || isTextual(part.type)) return part;
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `${subject} needs a text, and "${sourceOf(node)}" is ${describeType(part.type)}`,
    hint: part.type.kind === 'list' ? "write 'a' in the list" : 'use a text',
  });
}

function argumentsOf(node: CallNode): readonly CelNode[] {
  return node.args[1];
}

function checkDuration(context: CheckContext, node: CallNode): Checked {
  const [written] = argumentsOf(node);
  const text = textOf(written);
  const micros = text === undefined ? undefined : readDuration(text);
  if (micros !== undefined) return literal(node, { kind: 'duration' }, String(micros));
  return context.report({
    fault: 'expression-literal',
    ...placeOf(written ?? node),
    what: `"${text ?? sourceOf(written ?? node)}" is no duration`,
    hint: "write hours, minutes and seconds: duration('1h30m'), at most 876000h",
  });
}

function checkToday(context: CheckContext, node: CallNode): Checked {
  const zone = checkZone(context, argumentsOf(node)[0] ?? node);
  return zone && { kind: 'today', zone, type: { kind: 'date' }, nullable: zone.nullable, ...placeOf(node) };
}

function checkAt(context: CheckContext, node: CallNode): Checked {
  const [dateNode = node, timeNode = node, zoneNode = node] = argumentsOf(node);
  const date = checkKind(context, dateNode, { kind: 'date' });
  const clock = textOf(timeNode);
  const time =
    clock !== undefined && /^\d\d:\d\d$/.test(clock)
      ? readText(context, timeNode, `${clock}:00`, 'time', { kind: 'time' })
      : checkKind(context, timeNode, { kind: 'time' });
  const zone = checkZone(context, zoneNode);
  if (date === undefined || time === undefined || zone === undefined) return undefined;
  const nullable = date.nullable || time.nullable || zone.nullable;
  return { kind: 'at', date, time, zone, type: { kind: 'datetime' }, nullable, ...placeOf(node) };
}

/** A free text may be no time zone, and then SQL would fail. */
function checkZone(context: CheckContext, node: CelNode): Checked {
  return checkKind(context, node, { kind: 'timeZone' });
}

function checkKind(context: CheckContext, node: CelNode, wanted: ExpressionType): Checked {
  const part = context.check(node, wanted);
  if (part === undefined || part.type.kind === wanted.kind) return part;
  return context.report({
    fault: 'expression-types',
    ...placeOf(node),
    what: `"${sourceOf(node)}" is ${describeType(part.type)} where ${describeType(wanted)} is needed`,
    hint: wanted.kind === 'timeZone' ? 'write its name, or a field of type timeZone' : `use ${describeType(wanted)}`,
  });
}

function checkLower(context: CheckContext, node: CallNode): Checked {
  const text = checkTextPart(context, argumentsOf(node)[0] ?? node, '"lower"');
  return text && { kind: 'lower', text, type: TEXT, nullable: text.nullable, ...placeOf(node) };
}

function checkSize(context: CheckContext, node: CallNode): Checked {
  const [part = node] = argumentsOf(node);
  const of = context.check(part);
  if (of === undefined) return undefined;
  if (of.type.kind === 'list' || isTextual(of.type))
    return { kind: 'size', of, type: { kind: 'integer' }, nullable: of.nullable, ...placeOf(node) };
  return context.report({
    fault: 'expression-types',
    ...placeOf(part),
    what: `"size" counts a list or a text, and "${sourceOf(part)}" is ${describeType(of.type)}`,
    hint: 'give it a list or a text',
  });
}

function unknownFunction(context: CheckContext, node: CallNode | MethodNode, name: string): undefined {
  const start = node.op === 'rcall' ? node.input.indexOf(name, node.args[1].end) : node.start;
  const place = { start, end: start + name.length };
  const isMethod = node.op === 'rcall';
  const known = isMethod ? METHODS : Object.keys(FUNCTIONS);
  const refused =
    (Object.hasOwn(VALUES_ONLY, name) ? VALUES_ONLY[name] : undefined) ??
    HABITS.get(name) ??
    HABITS.get(name.toLowerCase());
  const elsewhere = isMethod ? functionForm(node, name) : METHODS.includes(name) ? methodForm(node, name) : undefined;
  const what = Object.hasOwn(VALUES_ONLY, name)
    ? `"${name}" cannot stand in a condition`
    : `"${name}" is no function ${isMethod ? 'behind a point' : 'of conditions'}`;
  if (refused !== undefined) return context.report({ fault: 'expression-function', ...place, what, hint: refused });
  if (elsewhere !== undefined)
    return context.report({ fault: 'expression-function', ...place, what, hint: `write ${elsewhere}` });
  const allowed = [...Object.keys(FUNCTIONS), ...METHODS];
  return context.report({
    fault: 'expression-function',
    ...place,
    what,
    hint: `use one of ${known.join(', ')}`,
    word: name,
    allowed,
  });
}

/** `size(record.name)` for `record.name.size()`; undefined where there is no such function. */
function functionForm(node: MethodNode, name: string): string | undefined {
  const [, receiver, args] = node.args;
  return Object.hasOwn(FUNCTIONS, name) ? `${name}(${[receiver, ...args].map(sourceOf).join(', ')})` : undefined;
}

/** `record.name.contains('a')` for `contains(record.name, 'a')`. */
function methodForm(node: CallNode, name: string): string {
  const [receiver, ...args] = argumentsOf(node).map(sourceOf);
  if (!TEXT_TESTS.some((one) => one === name)) return `${receiver ?? 'record.items'}.${name}(i, ...)`;
  return `${receiver ?? 'record.name'}.${name}(${args.length === 0 ? "'a'" : args.join(', ')})`;
}

function wrongArguments(context: CheckContext, node: CelNode, name: string, form: string): undefined {
  return context.report({
    fault: 'expression-arguments',
    ...placeOf(node),
    what: `"${name}" does not take these arguments`,
    hint: `write it like ${form}`,
  });
}
