import type { Constraint, ForeignKey } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import type { Draft } from './draft.ts';
import { archiveOf } from './archived-table.ts';
import { formerNames } from './former-names.ts';
import { sameObject } from './same-object.ts';
import { isConstraintSuspended } from './suspended.ts';
import type { Comparison, TablePair } from './table-pair.ts';
import { addUnproven, type RuleFacts } from './unproven-rule.ts';

/** A link over rows that exist. */
export function addForeignKey(
  comparison: Comparison,
  pair: TablePair,
  key: ForeignKey,
  { isProven }: RuleFacts,
  draft: Draft,
): void {
  const table = pair.next.name;
  addUnproven(table, key, draft, restsOnNewKey(comparison, key));
  if (isProven) return;
  const stood = sameLink(pair.old.constraints, key);
  if (stood !== undefined && !isConstraintSuspended(comparison, pair, stood)) {
    warnOfAction(table, stood, key, draft);
    return;
  }
  const isFresh = key.columns.every((name) => pair.fresh.has(name));
  if (key.onDelete === 'cascade' && !isFresh) cascades(table, key, draft);
  const isEmpty = key.columns.some((name) => pair.empty.has(name));
  const isFilled = isFresh && key.columns.every((name) => pair.filled.has(name));
  if (isEmpty || isFilled) return;
  mayFail(comparison, pair, key, draft);
}

/** Whether the unique rule that it rests on is itself new, so that it must wait for that. */
export function restsOnNewKey({ pairs }: Comparison, { references }: ForeignKey): boolean {
  const target = pairs.find(({ next }) => next.name === references.table);
  if (target === undefined) return false;
  const wanted = references.columns.toSorted().join('\n');
  const rests = (table: TablePair['old']): readonly Constraint[] =>
    table.constraints.filter(
      (item) => (item.kind === 'primaryKey' || item.kind === 'unique') && item.columns.toSorted().join('\n') === wanted,
    );
  const old = rests(target.old);
  return rests(target.next).every((key) => {
    const former = find(old, key.name);
    return former === undefined || !sameObject(former, key);
  });
}

/** Other columns or another target are proven anew; another action or time of checking is not. */
export function changeForeignKey(
  comparison: Comparison,
  pair: TablePair,
  { old, next }: { readonly old: ForeignKey; readonly next: ForeignKey },
  draft: Draft,
): void {
  const table = pair.next.name;
  const isSuspended = isConstraintSuspended(comparison, pair, old);
  if (!isSuspended && sameValue({ ...old, deferrable: undefined }, { ...next, deferrable: undefined })) {
    const deferrable = next.deferrable === undefined ? {} : { deferrable: next.deferrable };
    draft.add('rules', { kind: 'alterConstraint', table, name: next.name, ...deferrable });
    return;
  }
  draft.add(isSuspended ? 'unlink' : 'rules', { kind: 'dropConstraint', table, name: old.name });
  const isSameLink = sameValue(old.columns, next.columns) && sameValue(old.references, next.references);
  addForeignKey(comparison, pair, next, { isProven: isSameLink }, draft);
  if (isSameLink) warnOfAction(table, old, next, draft);
}

/** Of some rules the link of the same columns to the same ones, whatever its name and what it does. */
export function sameLink(rules: readonly Constraint[], { columns, references }: ForeignKey): ForeignKey | undefined {
  return rules
    .filter((rule) => rule.kind === 'foreignKey')
    .find((rule) => sameValue(rule.columns, columns) && sameValue(rule.references, references));
}

/** A link that does something else from now on when what it leads to is deleted or gets another key. */
function warnOfAction(table: string, old: ForeignKey, next: ForeignKey, draft: Draft): void {
  if (old.onDelete === next.onDelete && old.onUpdate === next.onUpdate) return;
  if (old.onDelete !== next.onDelete && next.onDelete === 'cascade') cascades(table, next, draft);
  else draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: next.name });
}

function cascades(table: string, { name }: ForeignKey, draft: Draft): void {
  const consents: readonly Consent[] = [
    { kind: 'cascade', table, name },
    { kind: 'validate', table, name },
  ];
  draft.warn({ kind: 'CASCADE_DELETES', object: name, consents });
}

function mayFail(comparison: Comparison, pair: TablePair, key: ForeignKey, draft: Draft): void {
  const table = pair.next.name;
  const [own, other] = [formerNames(comparison, table), formerNames(comparison, key.references.table)];
  const isAskable = !key.columns.some((name) => pair.fresh.has(name));
  const isNew = find(comparison.from.tables, key.references.table) === undefined;
  const given = key.columns.map((name) => `child.${own.column(name)} is not null`).join(' and ');
  const matches = key.columns
    .map((name, index) => `parent.${other.column(key.references.columns[index] ?? '')} = child.${own.column(name)}`)
    .join(' and ');
  draft.warn({
    kind: 'MAY_FAIL_ON_DATA',
    object: key.name,
    ...(isAskable && {
      query: `select count(*) from ${own.table} child where ${given}${isNew ? '' : ` and not exists (select from ${other.table} parent where ${matches})`};`,
    }),
    consents: [{ kind: 'validate', table, name: key.name }],
  });
  warnOfArchivedLinks(comparison, table, key, draft);
}

/** Deleted rows come back where what they link to is there, or comes back before them. */
function warnOfArchivedLinks({ from, ...comparison }: Comparison, table: string, key: ForeignKey, draft: Draft): void {
  const archive = archiveOf(from, comparison.intents, table);
  const [column] = key.columns;
  if (archive === undefined || key.onDelete === 'setNull' || column === undefined) return;
  const target = archiveOf(from, comparison.intents, key.references.table);
  const places = [key.references.table, ...(target === undefined ? [] : [target.name])].filter(
    (name) => find(from.tables, name) !== undefined,
  );
  const names = formerNames({ from, ...comparison }, archive.name);
  const given = `child.${names.column(column)} is not null`;
  const missing = places.map((name) => {
    const other = formerNames({ from, ...comparison }, name);
    return `not exists (select from ${other.table} parent where parent.id = child.${names.column(column)})`;
  });
  const isAskable = find(archive.columns, column) !== undefined;
  draft.warn({
    kind: 'BEHAVIOUR_CHANGE',
    object: `${archive.name}.${key.name}`,
    ...(isAskable && {
      query: `select count(*) from ${names.table} child where ${[given, ...missing].join(' and ')};`,
    }),
    consents: [{ kind: 'validate', table, name: key.name }],
  });
}
