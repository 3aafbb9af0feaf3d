import type { Check, Constraint, Exclusion } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { replaceNames } from '../fold-renames.ts';
import { find } from '../named-list.ts';
import { typeSql } from '../table-sql.ts';
import { callsKnown } from './calls-known.ts';
import type { Draft } from './draft.ts';
import { formerNames } from './former-names.ts';
import { overlappingRowsSql } from './overlaps-sql.ts';
import { isAskable } from './stored-expression.ts';
import { reads, type Comparison, type TablePair } from './table-pair.ts';

/** Deleted rows keep no rule over their values, but can only come back under it. */
export function warnOfArchivedRows(
  comparison: Comparison,
  pair: TablePair,
  rule: Constraint,
  consents: readonly Consent[],
  draft: Draft,
): void {
  if (rule.kind !== 'check' && rule.kind !== 'exclusion') return;
  const archive = archivePair(comparison, pair);
  if (archive === undefined) return;
  const query =
    rule.kind === 'check' ? unmetSql(comparison, pair, archive, rule) : overlappingSql(comparison, pair, archive, rule);
  const object = `${archive.old.name}.${rule.name}`;
  draft.warn({ kind: 'BEHAVIOUR_CHANGE', object, ...(query !== undefined && { query }), consents });
}

/** Deleted rows of a table that keeps them, where it may have some already. */
function archivePair({ intents, pairs }: Comparison, { next }: TablePair): TablePair | undefined {
  const archive = intents.archives.find(({ table }) => table === next.name)?.archive;
  return pairs.find((item) => item.next.name === archive);
}

/** Counts deleted rows that do not meet a check; undefined where it reads what nobody keeps of them. */
function unmetSql(
  comparison: Comparison,
  pair: TablePair,
  archive: TablePair,
  { expression }: Check,
): string | undefined {
  const made = computedAnew(comparison, pair, expression);
  if (!isKept(pair, archive, made) || !callsKnown(comparison, made)) return undefined;
  const names = formerNames(comparison, archive.next.name);
  return `select count(*) from ${names.table} where not (${names.expression(made)});`;
}

/** Counts deleted rows whose range others have by then. */
function overlappingSql(
  comparison: Comparison,
  pair: TablePair,
  archive: TablePair,
  rule: Exclusion,
): string | undefined {
  const texts = [rule.where, ...rule.elements.map(({ key }) => key.expression ?? key.column)];
  if (!texts.every((text) => text === undefined || isKept(pair, archive, text))) return undefined;
  const unknown = new Set(
    pair.next.columns.map(({ name }) => name).filter((name) => !isAskable(comparison, pair, name)),
  );
  if (texts.some((text) => reads(text, unknown))) return undefined;
  return overlappingRowsSql(comparison, archive.next.name, pair.next.name, rule);
}

/** A condition with what the row itself is computed into, which the database makes again of a row that comes back. */
function computedAnew({ to }: Comparison, { next }: TablePair, expression: string): string {
  return replaceNames(
    expression,
    new Map(
      next.columns.flatMap(({ name, type, generated }): readonly (readonly [string, string])[] =>
        generated === undefined ? [] : [[name, `(${generated.expression})::${typeSql(to.name, type)}`]],
      ),
    ),
  );
}

/** Whether all that a condition reads of its row is there of deleted rows already. */
function isKept({ next }: TablePair, archive: TablePair, expression: string): boolean {
  return next.columns.every(
    ({ name }) => find(archive.old.columns, name) !== undefined || !reads(expression, new Set([name])),
  );
}
