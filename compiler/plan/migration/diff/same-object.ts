import type {
  Constraint,
  DatabaseFunction,
  Index,
  IndexKey,
  Policy,
  Trigger,
  TriggerEvent,
  View,
} from '../../database/database-schema.ts';
import { canonicalExpression } from '../../sql/canonical-expression.ts';
import { sameValue } from '../same-value.ts';

type NamedObject = Constraint | Index | Trigger | Policy;

/** Whether two objects are the same to Postgres, their names aside: expressions may be spelled otherwise. */
export function sameObject(a: NamedObject, b: NamedObject): boolean {
  return sameValue(canonical(a), canonical(b));
}

/** Whether two views are the same, their names aside. */
export function sameView(a: View, b: View): boolean {
  return sameValue(plainView(a), plainView(b));
}

function plainView({ query, options, materialized }: View): unknown {
  return { query: words(query.join('\n')), options: options.toSorted(), materialized };
}

/** Whether two functions are the same, their names aside. */
export function sameFunction(a: DatabaseFunction, b: DatabaseFunction): boolean {
  return sameValue({ ...a, name: '' }, { ...b, name: '' });
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

const EXPRESSIONS: readonly string[] = ['expression', 'where', 'when', 'using', 'check'];

function canonical(item: NamedObject | IndexKey): unknown {
  const entries = Object.entries(item).map(([key, value]): readonly [string, unknown] => {
    if (typeof value === 'string' && EXPRESSIONS.includes(key)) return [key, canonicalExpression(value)];
    if (key === 'columns' && 'kind' in item && item.kind === 'check') return [key, item.columns.toSorted()];
    if (key === 'keys' && Array.isArray(value)) return [key, value.map(canonicalKey)];
    if (key === 'events' && 'events' in item) return [key, inOrder(item.events)];
    // Everyone.
    if (key === 'roles' && sameValue(value, ['public'])) return [key, undefined];
    return [key, value];
  });
  const { name: _, ...rest } = Object.fromEntries(entries);
  return rest;
}

/** The columns of an event have no order. */
export function inOrder(events: readonly TriggerEvent[]): readonly TriggerEvent[] {
  return events.map((event) => (event.columns === undefined ? event : { ...event, columns: event.columns.toSorted() }));
}

function canonicalKey(key: IndexKey): unknown {
  return key.expression === undefined ? key : { ...key, expression: canonicalExpression(key.expression) };
}
