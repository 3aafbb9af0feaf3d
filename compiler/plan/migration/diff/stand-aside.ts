import { byName } from '../../database/canonical-schema.ts';
import type { Table, Trigger, TriggerEvent } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import { isTriggerSuspended } from './suspended.ts';
import { written, type Comparison, type TablePair } from './table-pair.ts';

/**
 * Lets a backfill reach rows that a trigger would not have changed, such as frozen ones: while it runs, triggers that
 * may refuse an update look at the other columns alone. For those they hold all the while.
 */
export function standAside(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const columns = written(pair);
  if (columns.size === 0) return;
  const table = pair.next.name;
  for (const old of byName(pair.old.triggers)) {
    const trigger = isTriggerSuspended(pair, old) ? find(pair.next.triggers, old.name) : old;
    if (trigger === undefined || !mayRefuse(comparison, trigger)) continue;
    const { name, events } = trigger;
    const narrow = events.flatMap((event) => narrowed(pair, columns, event));
    if (narrow.every((event) => events.includes(event)) && narrow.length === events.length) continue;
    draft.add('aside', { kind: 'dropTrigger', table, name });
    if (narrow.length > 0) {
      draft.add('aside', { kind: 'createTrigger', table, trigger: { ...trigger, events: narrow } });
      draft.add('restore', { kind: 'dropTrigger', table, name });
    }
    draft.add('restore', { kind: 'createTrigger', table, trigger });
  }
}

function mayRefuse({ from, to }: Comparison, { timing, level, function: name }: Trigger): boolean {
  const body = (find(to.functions, name) ?? find(from.functions, name))?.body ?? [];
  return timing === 'before' && level === 'row' && body.some((line) => /\braise\b/i.test(line));
}

function narrowed({ old, gone }: TablePair, given: ReadonlySet<string>, event: TriggerEvent): readonly TriggerEvent[] {
  if (event.on !== 'update') return [event];
  const watched = event.columns ?? old.columns.map(({ name }) => name).filter((name) => !gone.has(name));
  const stored = new Set(watched.flatMap((name) => storedColumns(old, name)));
  const columns = [...stored].filter((name) => !given.has(name));
  if (columns.length === event.columns?.length && columns.every((name) => watched.includes(name))) return [event];
  return columns.length === 0 ? [] : [{ on: 'update', columns }];
}

/** Postgres takes every update of a table with triggers for one of all generated columns: what they are made from tells. */
function storedColumns({ columns }: Table, name: string): readonly string[] {
  const expression = find(columns, name)?.generated?.expression;
  if (expression === undefined) return [name];
  const read = sqlNames(expression);
  return columns.filter((column) => read.has(column.name)).map((column) => column.name);
}
