import type { Arithmetic, ArithmeticOperator, Expression } from '../../expression/expression.ts';
import { partsOf } from '../../expression/walk-expression.ts';

/** What `column` of the record must be so that `side`, which reads it once, is the same as `other`; undefined where that is not known. */
export function solveFor(column: string, side: Expression, other: Expression): Expression | undefined {
  switch (side.kind) {
    case 'value':
      return isColumn(side, column) ? other : undefined;
    case 'lower':
      return solveFor(column, side.text, other);
    case 'negate':
      return solveFor(column, side.operand, { ...side, operand: other });
    case 'arithmetic':
      return solveArithmetic(column, side, other);
    case 'shift': {
      const { moment, duration, operator } = side;
      if (reads(moment, column))
        return solveFor(column, moment, { ...side, operator: operator === '+' ? '-' : '+', moment: other, duration });
      const [left, right] = operator === '+' ? [other, moment] : [moment, other];
      return solveFor(column, duration, { ...MADE, type: { kind: 'duration' }, kind: 'elapsed', left, right });
    }
    case 'elapsed': {
      const shifted = { ...MADE, type: { kind: 'datetime' }, kind: 'shift', duration: other } as const;
      return reads(side.left, column)
        ? solveFor(column, side.left, { ...shifted, operator: '+', moment: side.right })
        : solveFor(column, side.right, { ...shifted, operator: '-', moment: side.left });
    }
    default:
      return undefined;
  }
}

/** How often a column of the record is read. */
export function countReads(expression: Expression, column: string): number {
  if (isColumn(expression, column)) return 1;
  return partsOf(expression).reduce((sum, part) => sum + countReads(part, column), 0);
}

function reads(expression: Expression, column: string): boolean {
  return countReads(expression, column) > 0;
}

function isColumn(expression: Expression, column: string): boolean {
  return (
    expression.kind === 'value' &&
    expression.of.kind === 'row' &&
    expression.of.name === 'record' &&
    expression.value.column === column
  );
}

/** Nodes that no text of a spec has. */
const MADE = { nullable: true, start: 0, end: 0 } as const;

function solveArithmetic(column: string, side: Arithmetic, other: Expression): Expression | undefined {
  const { operator, left, right } = side;
  const made = (by: ArithmeticOperator, a: Expression, b: Expression): Expression => ({
    ...MADE,
    kind: 'arithmetic',
    type: side.type.kind === 'duration' ? side.type : { kind: 'decimal' },
    operator: by,
    left: a,
    right: b,
  });
  const isLeft = reads(left, column);
  switch (operator) {
    case '+':
      return isLeft ? solveFor(column, left, made('-', other, right)) : solveFor(column, right, made('-', other, left));
    case '-':
      return isLeft ? solveFor(column, left, made('+', other, right)) : solveFor(column, right, made('-', left, other));
    case '*':
      return isLeft ? solveFor(column, left, made('/', other, right)) : solveFor(column, right, made('/', other, left));
    case '/':
      return isLeft ? solveFor(column, left, made('*', other, right)) : solveFor(column, right, made('/', left, other));
    case '%':
      // The next lower number that leaves as much.
      return isLeft ? solveFor(column, left, made('+', made('-', left, side), other)) : undefined;
    default:
      return operator satisfies never;
  }
}
