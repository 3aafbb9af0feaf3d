import type { Expression } from '../../expression/expression.ts';
import type { ExpressionProblem } from '../../expression/problem.ts';
import { partsOf, walkExpression } from '../../expression/walk-expression.ts';

/** Where an expression stands: that decides what it may read. */
export type ExpressionPlace = 'rule' | 'check' | 'where' | 'frozen' | 'computed' | 'default';

interface Refusal {
  readonly why: string;
  readonly hint: string;
}

const CHANGING: Readonly<Record<'check' | 'where' | 'computed', string>> = {
  check: 'a check must hold for as long as the row is there',
  where: 'an index does not change with time',
  computed: 'a column does not change with time',
};

/** What an expression may not use where it stands, at its place. */
export function placeProblems(expression: Expression, place: ExpressionPlace): readonly ExpressionProblem[] {
  const found = new Map<string, ExpressionProblem>();
  for (const { part, at } of partsWithPlace(expression)) {
    const refusal = refusalOf(part, place);
    if (refusal === undefined) continue;
    const what = `${nameOf(part)} cannot stand here: ${refusal.why}`;
    const problem = { fault: 'expression-place', ...at, what, hint: refusal.hint } as const;
    found.set(`${problem.start} ${problem.end} ${what}`, problem);
  }
  return [...found.values()];
}

/** The parts of a rule are at the place of the rule. */
function* partsWithPlace(expression: Expression): Generator<{
  readonly part: Expression;
  readonly at: { readonly start: number; readonly end: number };
}> {
  const { start, end } = expression;
  yield { part: expression, at: { start, end } };
  if (expression.kind === 'rule') {
    for (const part of walkExpression(expression.condition)) yield { part, at: { start, end } };
    yield* partsWithPlace(expression.of);
    return;
  }
  for (const part of partsOf(expression)) yield* partsWithPlace(part);
}

function refusalOf(part: Expression, place: ExpressionPlace): Refusal | undefined {
  if (place === 'rule' || place === 'frozen' || place === 'default') return undefined;
  if (needsClock(part)) return { why: CHANGING[place], hint: 'compare with a field, or with a fixed moment' };
  if (place === 'where' && readsRows(part))
    return { why: 'an index knows its own row alone', hint: 'use fields of the row' };
  return undefined;
}

/** Whether it changes with time. */
export function needsClock({ kind }: Expression): boolean {
  return kind === 'now' || kind === 'today';
}

/** Whether it looks at other rows, or at the items of a list one by one: that takes a query. */
export function readsRows(part: Expression): boolean {
  if (part.kind === 'children' || part.kind === 'aggregate') return true;
  if (part.kind === 'in') return part.list.kind !== 'items' && part.item.type.kind === 'email';
  if (part.kind === 'rule' || part.kind === 'link') return part.of.kind === 'link';
  return part.kind === 'value' && part.of.kind === 'link' && part.value.column !== 'id';
}

function nameOf(part: Expression): string {
  switch (part.kind) {
    case 'now':
      return '"now"';
    case 'today':
      return '"today"';
    case 'children':
      return `the list "${part.list.name}"`;
    case 'aggregate':
      return `"${part.name}"`;
    case 'rule':
      return `the rule "${part.name}" of another row`;
    case 'value':
      return `"${part.value.key}" of another row`;
    default:
      return 'this';
  }
}
