import type { Entity, Field, Literal } from '../../model/app.ts';
import type { Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import { needsClock } from '../../model/expressions/expression-place.ts';
import { listAims } from './list-aims.ts';
import { countReads, solveFor } from './solve-for.ts';
import { textAims } from './text-aims.ts';

/** Values of a field at which a condition turns: tests look there for rows that meet it, and for some that do not. */
export type Aim =
  | { readonly kind: 'values'; readonly field: Field; readonly values: readonly Literal[] }
  /** What the rest of the row makes of it. */
  | { readonly kind: 'solved'; readonly field: Field; readonly expression: Expression };

/** What a row's own conditions, which read no other rows, aim at. */
export function planAims({ fields }: Entity, conditions: readonly Expression[]): readonly Aim[] {
  const parts = conditions.flatMap((condition) => [...walkExpression(condition)]);
  return fields.filter(isGiven).flatMap((field): readonly Aim[] => {
    if (MEASURED.has(field.type) && !field.many)
      return solvedFor(field, parts).map((expression) => ({ kind: 'solved', field, expression }));
    const values = field.many ? listAims(field, parts) : textAims(field, parts);
    return values.length === 0 ? [] : [{ kind: 'values', field, values }];
  });
}

const MEASURED: ReadonlySet<Field['type']> = new Set([
  'integer',
  'bigint',
  'decimal',
  'number',
  'date',
  'time',
  'datetime',
]);

function isGiven({ computed, sequence, reference, links, enum: words }: Field): boolean {
  return computed === undefined && !sequence && reference === undefined && links === undefined && words === undefined;
}

/** Both sides of each comparison, solved for the field. */
function solvedFor({ column }: Field, parts: readonly Expression[]): readonly Expression[] {
  const found = parts.flatMap((part) => {
    if ((part.kind !== 'order' && part.kind !== 'equal') || ![part.left, part.right].every(isOfRecord)) return [];
    return [
      [part.left, part.right],
      [part.right, part.left],
    ].flatMap(([side, other]) => {
      if (side === undefined || other === undefined || other.kind === 'null') return [];
      if (countReads(side, column) !== 1 || countReads(other, column) > 0) return [];
      return solveFor(column, side, other) ?? [];
    });
  });
  return [...new Map(found.map((expression) => [shapeOf(expression), expression])).values()];
}

/** The same for expressions that are written alike. */
function shapeOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value));
}

/** Whether all that it reads are values of the record. */
function isOfRecord(expression: Expression): boolean {
  return [...walkExpression(expression)].every((part) => {
    if (part.kind === 'row') return part.name === 'record';
    return !needsClock(part) && !BEYOND.has(part.kind);
  });
}

const BEYOND: ReadonlySet<Expression['kind']> = new Set(['element', 'link', 'children', 'aggregate']);
