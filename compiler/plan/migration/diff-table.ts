import { byName } from '../database/canonical-schema.ts';
import type { Column, Index, Table } from '../database/database-schema.ts';
import { diffConstraints } from './diff-constraints.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import { sameValue } from './same-value.ts';
import type { SchemaRefusal } from './schema-refusal.ts';
import type { TableChanges } from './table-changes.ts';

/** What was added to a table that stays; what it lost or has otherwise is refused. */
export function diffTable(old: Table, next: Table): Omit<TableChanges, 'created'> {
  const table = next.name;
  const fresh = next.columns.filter(({ name }) => find(old.columns, name) === undefined);
  const gone = old.columns.filter(({ name }) => find(next.columns, name) === undefined).map(({ name }) => name);
  const constraints = diffConstraints(old, next, fresh, gone);
  const indexes = diffIndexes(old, next, fresh, gone);
  const triggers = diffTriggers(old, next, fresh, gone);
  return {
    columns: fresh.map((column) => ({ kind: 'addColumn', table, column })),
    constraints: constraints.added,
    triggers: triggers.added,
    built: [...constraints.built, ...indexes.built],
    swapped: constraints.swapped,
    validated: constraints.validated,
    dropped: indexes.dropped,
    refusals: [
      ...diffColumns(old, next, fresh, gone),
      ...constraints.refusals,
      ...indexes.refusals,
      ...triggers.refusals,
      ...diffSecurity(old, next),
    ],
  };
}

function diffColumns(
  old: Table,
  next: Table,
  fresh: readonly Column[],
  gone: readonly string[],
): readonly SchemaRefusal[] {
  const table = next.name;
  return [
    ...gone.map((column) => ({ kind: 'columnRemoved', table, column }) as const),
    ...fresh.filter(isRequired).map((column) => refuseAdded(old, column, gone)),
    ...old.columns.flatMap((column) => refuseColumn(table, column, find(next.columns, column.name) ?? column)),
  ];
}

function refuseAdded({ name: table, columns }: Table, column: Column, gone: readonly string[]): SchemaRefusal {
  const alike = columns.find(({ name, type }) => gone.includes(name) && sameValue(type, column.type));
  return { kind: 'requiredAdded', table, column: column.name, ...(alike && { lookAlike: alike.name }) };
}

/** Existing rows would have no value. */
function isRequired(column: Column): boolean {
  return column.notNull && column.default === undefined;
}

function refuseColumn(table: string, old: Column, next: Column): readonly SchemaRefusal[] {
  const place = { table, column: old.name };
  if (!sameValue(old.type, next.type)) {
    return [{ kind: 'typeChanged', ...place, from: typeText(old), to: typeText(next) }];
  }
  const refusals: SchemaRefusal[] = [];
  if (!old.notNull && next.notNull) refusals.push({ kind: 'madeRequired', ...place });
  if (old.notNull && !next.notNull) refusals.push({ kind: 'madeOptional', ...place });
  if (old.default !== next.default) refusals.push({ kind: 'defaultChanged', ...place });
  if (!sameValue(unspoken(old), unspoken(next))) {
    refusals.push({ kind: 'objectChanged', object: 'column', name: `${table}.${old.name}` });
  }
  return refusals;
}

function typeText({ type }: Column): string {
  return type.name + (type.array === true ? '[]' : '');
}

function unspoken({ identity, generated, collation }: Column): unknown {
  return { identity, generated, collation };
}

function diffIndexes(
  old: Table,
  next: Table,
  fresh: readonly Column[],
  gone: readonly string[],
): Pick<TableChanges, 'built' | 'dropped' | 'refusals'> {
  const table = next.name;
  const added = byName(next.indexes).filter(({ name }) => find(old.indexes, name) === undefined);
  const removed = byName(old.indexes).filter(({ name }) => find(next.indexes, name) === undefined);
  const changed = old.indexes.filter((index) => {
    const other = find(next.indexes, index.name);
    return other !== undefined && !sameValue(other, index);
  });
  const refusedUniques = added.filter((index) => index.unique === true && !isFreshUnique(index, fresh));
  const lostUniques = removed.filter((index) => index.unique === true && !mentions(index, gone));
  const build = (index: Index): Operation => ({ kind: 'createIndex', table, index, concurrently: true });
  const drop = ({ name }: Index): Operation => ({ kind: 'dropIndex', table, name, concurrently: true });
  return {
    built: added.filter((index) => !refusedUniques.includes(index)).map(build),
    dropped: removed.filter((index) => index.unique !== true).map(drop),
    refusals: [
      ...refusedUniques.map((index) => refuseUnique('added', table, index)),
      ...lostUniques.map((index) => refuseUnique('removed', table, index)),
      ...changed.map((index) =>
        index.unique === true
          ? refuseUnique('changed', table, index)
          : ({ kind: 'indexChanged', table, name: index.name, columns: indexColumns(index) } as const),
      ),
    ],
  };
}

/** Unique over a new column that is null in every row: it cannot fail. */
function isFreshUnique(index: Index, fresh: readonly Column[]): boolean {
  const empty = fresh.filter((column) => !column.notNull && column.default === undefined).map(({ name }) => name);
  return mentions(index, empty) && index.nullsNotDistinct !== true;
}

function mentions(index: Index, columns: readonly string[]): boolean {
  return indexColumns(index).some((column) => columns.includes(column));
}

function indexColumns(index: Index): readonly string[] {
  return index.keys.flatMap((key) => key.column ?? /^lower\("?([^")]+)"?\)$/.exec(key.expression ?? '')?.[1] ?? []);
}

function refuseUnique(change: 'added' | 'removed' | 'changed', table: string, index: Index): SchemaRefusal {
  return { kind: 'ruleChanged', change, rule: 'unique', table, name: index.name, columns: indexColumns(index) };
}

function diffTriggers(
  old: Table,
  next: Table,
  fresh: readonly Column[],
  gone: readonly string[],
): { readonly added: readonly Operation[]; readonly refusals: readonly SchemaRefusal[] } {
  const table = next.name;
  const names = [...new Set([...old.triggers, ...next.triggers].map(({ name }) => name))].toSorted();
  const differing = names.filter((name) => !sameValue(find(old.triggers, name), find(next.triggers, name)));
  const added: Operation[] = [];
  const refusals: SchemaRefusal[] = [];
  for (const name of differing) {
    const trigger = find(next.triggers, name);
    const [column] = (trigger ?? find(old.triggers, name))?.events.flatMap((event) => event.columns ?? []) ?? [];
    if (column !== undefined && gone.includes(column)) continue;
    if (trigger !== undefined && find(fresh, column ?? '') !== undefined) {
      added.push({ kind: 'createTrigger', table, trigger });
    } else if (column === undefined) {
      refusals.push({ kind: 'objectChanged', object: 'trigger', name });
    } else {
      refusals.push({ kind: 'transitionsChanged', table, column });
    }
  }
  return { added, refusals };
}

function diffSecurity(old: Table, next: Table): readonly SchemaRefusal[] {
  const same = sameValue(
    [old.rowSecurity, old.policies, old.internal],
    [next.rowSecurity, next.policies, next.internal],
  );
  return same ? [] : [{ kind: 'objectChanged', object: 'policies of', name: next.name }];
}
