import { walkExpression } from '../../expression/walk-expression.ts';
import type { Field } from '../../model/app.ts';

/** First and behind the last of what the API can write, for each type that has years. */
const YEARS: Partial<Readonly<Record<Field['type'], readonly [first: string, end: string]>>> = {
  date: ['0001-01-01', '10000-01-01'],
  datetime: ['0001-01-01 00:00:00+00', '10000-01-01 00:00:00+00'],
};

/** Whether a field is computed so that it may lie beyond the years 1 to 9999: moved, or put together in a zone. */
export function canLeaveYears({ type, many, computed }: Field): boolean {
  if (YEARS[type] === undefined || many || computed === undefined) return false;
  return [...walkExpression(computed.expression)].some(({ kind }) => kind === 'shift' || kind === 'at');
}

/** The years 1 to 9999 as a condition over a column, as SQL names it; the infinities are outside. */
export function withinYears(type: Field['type'], column: string): string {
  const [first = '', end = ''] = YEARS[type] ?? [];
  return `${column} >= '${first}' and ${column} < '${end}'`;
}
