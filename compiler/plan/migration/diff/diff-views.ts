import { byName } from '../../database/canonical-schema.ts';
import type { View } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import { sameView } from './same-object.ts';
import { touched, type Comparison } from './table-pair.ts';

/** Views that come, go and change; those that stay are made again where their columns are. */
export function diffViews(comparison: Comparison, draft: Draft): void {
  const { from, to } = comparison;
  const leaving = new Set<string>();
  for (const view of dependencyOrder(from.views)) {
    const next = find(to.views, view.name);
    const isMoved = view.dependsOn.some((name) => leaving.has(name)) || readsTouched(comparison, view);
    if (next === undefined || !sameView(view, next) || isMoved) leaving.add(view.name);
  }
  // Where a table takes the name of one, all must be gone before tables are made.
  const isEarly = byName(from.views).some(({ name }) => find(to.tables, name) !== undefined);
  for (const { name, materialized } of dependencyOrder(from.views).toReversed()) {
    if (!leaving.has(name)) continue;
    draft.add(isEarly ? 'release' : 'suspend', { kind: 'dropView', name, ...(materialized && { materialized }) });
  }
  for (const view of dependencyOrder(to.views)) {
    const old = find(from.views, view.name);
    if (old === undefined || leaving.has(view.name)) draft.add('views', { kind: 'createView', view });
  }
  warnReaders(comparison, draft);
}

function warnReaders({ from, to }: Comparison, draft: Draft): void {
  for (const view of byName(from.views)) {
    const next = find(to.views, view.name);
    if (losesColumns(view, next)) draft.warn({ kind: 'BREAKS_READERS', object: view.name });
    else if (next !== undefined && !sameView(view, next)) draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: view.name });
  }
}

function readsTouched({ pairs }: Comparison, view: View): boolean {
  const text = view.query.join('\n');
  const names = sqlNames(text);
  return pairs.some((pair) => {
    const columns = touched(pair);
    if (columns.size === 0 || !view.dependsOn.includes(pair.next.name)) return false;
    return text.includes('*') || [...columns].some((name) => names.has(name));
  });
}

/** What others read comes before them. */
function dependencyOrder(views: readonly View[]): readonly View[] {
  const ordered = new Set<View>();
  const visit = (view: View): void => {
    for (const name of view.dependsOn) {
      const other = find(views, name);
      if (other !== undefined && other !== view && !ordered.has(other)) visit(other);
    }
    ordered.add(view);
  };
  for (const view of byName(views)) visit(view);
  return [...ordered];
}

function losesColumns(old: View, next: View | undefined): boolean {
  if (next === undefined) return true;
  const kept = outputNames(next);
  return outputNames(old).some((name) => !kept.includes(name));
}

/** The names of a query's columns, as far as its first list says them. */
function outputNames({ query }: View): readonly string[] {
  const list = /^\s*select\s+(?:distinct\s+)?(.*?)\s+from\b/is.exec(query.join('\n'))?.[1] ?? '';
  return topLevelParts(list).map((part) => /("(?:[^"]|"")*"|[\w*]+)\s*$/.exec(part)?.[1] ?? part);
}

function topLevelParts(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
