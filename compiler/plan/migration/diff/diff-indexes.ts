import { byName } from '../../database/canonical-schema.ts';
import type { Index, Unique } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { keySql } from '../index-sql.ts';
import { find } from '../named-list.ts';
import { duplicatesSql } from './add-key.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { isUniqueImplied } from './implied-rules.ts';
import { sameObject } from './same-object.ts';
import { consentsToBreak, merging, unproven } from './restated.ts';
import { isAskable } from './stored-expression.ts';
import { isIndexSuspended } from './suspended.ts';
import { columnsOfIndex, type Comparison, type TablePair } from './table-pair.ts';
import { temporaryName } from './temporary-name.ts';

/** Indexes that come, go and change: the new one is built before the old one goes. */
export function diffIndexes(
  comparison: Comparison,
  pair: TablePair,
  contested: ReadonlySet<string>,
  draft: Draft,
): void {
  const { old, next } = pair;
  for (const index of byName(old.indexes)) {
    const other = find(next.indexes, index.name);
    if (other === undefined) {
      dropIndex(comparison, pair, index, contested.has(index.name), draft);
      draft.warn({ kind: 'INDEX_DROPPED', object: index.name });
      if (isRuleLost(pair, index)) draft.warn({ kind: 'INTEGRITY_LOOSENED', object: index.name });
    } else if (!sameObject(index, other)) {
      dropIndex(comparison, pair, index, true, draft);
      draft.warn({ kind: 'INDEX_DROPPED', object: index.name });
      buildIndex(comparison, pair, other, draft);
    } else if (isIndexSuspended(pair, index)) {
      suspendIndex(next.name, index, other, draft);
      if (mayMerge(comparison, pair, other)) warnOfMerged(comparison, pair, other, draft);
    } else if (mayMerge(comparison, pair, other)) warnOfMerged(comparison, pair, other, draft);
  }
  for (const index of byName(next.indexes)) {
    if (find(old.indexes, index.name) === undefined) buildIndex(comparison, pair, index, draft);
  }
}

/** A unique that neither goes with its columns nor becomes a constraint. */
function isRuleLost({ old, next, gone }: TablePair, index: Index): boolean {
  const isOfGone = columnsOfIndex(old, index).some((name) => gone.has(name));
  return index.unique === true && !isOfGone && find(next.constraints, index.name) === undefined;
}

/** Whether several rows may have the key of one by the values that theirs become. */
function mayMerge(comparison: Comparison, pair: TablePair, index: Index): boolean {
  const merged = merging(comparison, pair);
  return index.unique === true && columnsOfIndex(pair.next, index).some((name) => merged.has(name));
}

/** A unique one is made again in the transaction that changes the values: without it there is no rule. */
function suspendIndex(table: string, { name }: Index, index: Index, draft: Draft): void {
  draft.add('suspend', { kind: 'dropIndex', table, name });
  if (index.unique === true) draft.add('resume', { kind: 'createIndex', table, index });
  else draft.add('build', { kind: 'createIndex', table, index, concurrently: true });
  draft.warn({ kind: 'INDEX_BUILD', object: name });
}

function dropIndex(comparison: Comparison, pair: TablePair, index: Index, isFreed: boolean, draft: Draft): void {
  const table = pair.next.name;
  const { name } = index;
  // A rule that goes does not stand in the way of values that change.
  if (isIndexSuspended(pair, index) || mayMerge(comparison, pair, index)) {
    draft.add('suspend', { kind: 'dropIndex', table, name });
    return;
  }
  const aside = isFreed ? temporaryName(name, 'old') : name;
  if (isFreed) draft.add('release', { kind: 'renameIndex', table, name, to: aside });
  draft.add('unindex', { kind: 'dropIndex', table, name: aside, concurrently: true });
}

function buildIndex(comparison: Comparison, pair: TablePair, index: Index, draft: Draft): void {
  const table = pair.next.name;
  draft.add('build', { kind: 'createIndex', table, index, concurrently: true });
  const columns = columnsOfIndex(pair.next, index);
  const isIdle = index.unique === true && columns.every((name) => pair.fresh.has(name) && !pair.filled.has(name));
  if (!isIdle) draft.warn({ kind: 'INDEX_BUILD', object: index.name });
  if (index.unique === true && !isProven(comparison, pair, index, columns)) {
    const consents = [{ kind: 'validate', table, name: index.name } as const];
    warnOfDuplicates(comparison, pair, index, consents, draft);
  }
}

function warnOfMerged(comparison: Comparison, pair: TablePair, index: Index, draft: Draft): void {
  const consents = consentsToBreak(pair, index.name, columnsOfIndex(pair.next, index));
  warnOfDuplicates(comparison, pair, index, consents, draft);
}

function warnOfDuplicates(
  comparison: Comparison,
  pair: TablePair,
  index: Index,
  consents: readonly Consent[],
  draft: Draft,
): void {
  const query = sharedKeysSql(comparison, pair, index);
  draft.warn({
    kind: 'MAY_FAIL_ON_DATA',
    object: index.name,
    ...(query !== undefined && { query }),
    consents,
  });
}

function isProven(comparison: Comparison, pair: TablePair, index: Index, columns: readonly string[]): boolean {
  if (index.nullsNotDistinct !== true && columns.some((name) => pair.empty.has(name))) return true;
  const changing = unproven(comparison, pair);
  if (columns.some((name) => changing.has(name))) return false;
  if (index.keys.every(({ column }) => column !== undefined) && isUniqueImplied(pair.old, asUnique(index), changing)) {
    return true;
  }
  return pair.old.indexes.some(
    (other) => other.unique === true && sameObject({ ...other, unique: true }, { ...index, unique: true }),
  );
}

function asUnique({ name, keys, nullsNotDistinct }: Index): Unique {
  const columns = keys.flatMap(({ column }) => column ?? []);
  return { kind: 'unique', name, columns, ...(nullsNotDistinct && { nullsNotDistinct }) };
}

/** Counts the keys that several rows share by then; undefined where nobody can know before. */
export function sharedKeysSql(comparison: Comparison, pair: TablePair, index: Index): string | undefined {
  if (!columnsOfIndex(pair.next, index).every((name) => isAskable(comparison, pair, name))) return undefined;
  const columns = index.keys.flatMap(({ column }) => column ?? []);
  const table = pair.next.name;
  if (columns.length === index.keys.length && index.where === undefined) {
    return duplicatesSql(comparison, table, columns, index.nullsNotDistinct === true);
  }
  const names = formerNames(comparison, table);
  const list = index.keys.map((key) =>
    names.expression(
      keySql({
        ...(key.column === undefined ? {} : { column: key.column }),
        ...(key.expression === undefined ? {} : { expression: key.expression }),
      }),
    ),
  );
  const given = [
    ...list.map((key) => `${key} is not null`),
    ...(index.where === undefined ? [] : [names.expression(index.where)]),
  ];
  return `select count(*) from (select ${list.map((key, at) => `${key} as key_${at + 1}`).join(', ')} from ${names.table} where ${given.join(' and ')} group by ${list.map((_, at) => at + 1).join(', ')} having count(*) > 1) duplicates;`;
}
