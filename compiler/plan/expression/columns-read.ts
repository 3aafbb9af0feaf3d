import type { Expression, Row } from '../../expression/expression.ts';
import { partsOf } from '../../expression/walk-expression.ts';

/** Columns of the row called `record` that an expression reads, in code-unit order. */
export function columnsRead(expression: Expression): readonly string[] {
  return [...new Set(readsOf(expression, 'record'))].toSorted();
}

function readsOf(expression: Expression, record: string): readonly string[] {
  const own = ownColumn(expression, record);
  if (expression.kind === 'rule') {
    const isOwn = isRecord(expression.of, record);
    return [...readsOf(expression.of, record), ...(isOwn ? readsOf(expression.condition, 'record') : [])];
  }
  return [...own, ...partsOf(expression).flatMap((part) => readsOf(part, record))];
}

function ownColumn(expression: Expression, record: string): readonly string[] {
  if (expression.kind === 'value' && isRecord(expression.of, record)) return [expression.value.column];
  if (expression.kind === 'link' && isRecord(expression.of, record)) return [expression.link.column];
  if (expression.kind !== 'children' || !isRecord(expression.of, record)) return [];
  const { via } = expression.list;
  return [via.kind === 'ids' ? via.column : 'id'];
}

function isRecord(expression: Expression, record: string): expression is Row {
  return expression.kind === 'row' && expression.name === record;
}
