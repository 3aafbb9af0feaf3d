import type { Column } from '../../database/database-schema.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { maintainedValue } from './maintained-value.ts';
import { WHOLE } from './readable-text.ts';
import { isAskable, maintainedByThen } from './stored-expression.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Numbers that are computed anew, which may have no place in their column: told with a count where there can be one. */
export function warnOfOverflow(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const { next, recomputed } = pair;
  for (const column of next.columns.filter(({ name }) => recomputed.has(name))) {
    const isOutside = outsideOf(column);
    const made = column.generated?.expression ?? maintainedValue(comparison.to, next, column.name) ?? '';
    if (isOutside === undefined || !CALCULATES.test(made)) continue;
    const value = valueByThen(comparison, pair, column);
    const query =
      value && `select count(*) from ${formerNames(comparison, next.name).table} where ${isOutside(value)};`;
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: `${next.name}.${column.name}`, ...(query && { query }) });
  }
}

/** What may give more digits than it is given: not what picks a value, or counts rows. */
const CALCULATES = / [-+*/] |\bsum\(/;

function valueByThen(comparison: Comparison, pair: TablePair, { name, generated }: Column): string | undefined {
  if (!isAskable(comparison, pair, name)) return undefined;
  if (generated === undefined) return maintainedByThen(comparison, pair, name);
  return `(${formerNames(comparison, pair.next.name).expression(generated.expression)})`;
}

/** Of a number: true where the column has no place for it; undefined for a column of anything else. */
function outsideOf({ type }: Column): ((value: string) => string) | undefined {
  if (type.array === true || type.enum === true) return undefined;
  const { base, modifiers } = parseTypeName(type.name);
  // What fills those takes more rows than there are.
  if (base === 'bigint') return undefined;
  const [low, high] = WHOLE[base] ?? [];
  if (low !== undefined) return (value) => `round(${value}::numeric) not between ${low} and ${high}`;
  const [precision, scale = 0] = modifiers;
  if (base !== 'numeric' || precision === undefined) return undefined;
  return (value) => `abs(round(${value}::numeric, ${scale})) >= 1e${precision - scale}`;
}
