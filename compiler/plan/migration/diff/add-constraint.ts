import type { Check, Constraint, Exclusion } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { warnOfArchivedRows } from './archived-rules.ts';
import { callsKnown } from './calls-known.ts';
import { addKey } from './add-key.ts';
import type { Draft } from './draft.ts';
import { addForeignKey } from './foreign-keys.ts';
import { formerNames } from './former-names.ts';
import { isCheckKnown, isFiniteness } from './known-checks.ts';
import type { Comparison, TablePair } from './table-pair.ts';
import { isAskable } from './stored-expression.ts';
import { overlapsSql } from './overlaps-sql.ts';
import { addUnproven, type RuleFacts } from './unproven-rule.ts';

/** A rule over rows that exist: for new rows at first, proven for all others afterwards, without a lock. */
export function addConstraint(
  comparison: Comparison,
  pair: TablePair,
  constraint: Constraint,
  facts: RuleFacts,
  draft: Draft,
): void {
  const table = pair.next.name;
  switch (constraint.kind) {
    case 'primaryKey':
    case 'unique':
      addKey(comparison, pair, constraint, draft);
      return;
    case 'check':
      addCheck(comparison, pair, constraint, facts, draft);
      return;
    case 'foreignKey':
      addForeignKey(comparison, pair, constraint, facts, draft);
      return;
    case 'exclusion': {
      // Postgres has no way to make one beside running writes.
      const consents: readonly Consent[] = [{ kind: 'validate', table, name: constraint.name }];
      draft.add('rules', { kind: 'addConstraint', table, constraint });
      draft.warn({ kind: 'BLOCKING_LOCK', object: table, consents });
      if (facts.isProven) return;
      warnOfOverlaps(comparison, pair, constraint, consents, draft);
      warnOfArchivedRows(comparison, pair, constraint, consents, draft);
      return;
    }
    default:
      constraint satisfies never;
  }
}

function addCheck(comparison: Comparison, pair: TablePair, check: Check, facts: RuleFacts, draft: Draft): void {
  addUnproven(pair.next.name, check, draft);
  if (facts.isProven || isMetByNew(comparison, pair, check) || isCheckKnown(comparison, pair, check)) return;
  const consents: readonly Consent[] = [{ kind: 'validate', table: pair.next.name, name: check.name }];
  warnOfCheck(comparison, pair, check, consents, draft);
  warnOfArchivedRows(comparison, pair, check, consents, draft);
}

/** Rows may break a check, some of them because their values become others. */
export function warnOfCheck(
  comparison: Comparison,
  pair: TablePair,
  check: Check,
  consents: readonly Consent[],
  draft: Draft,
): void {
  const query = unmetSql(comparison, pair, check);
  draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: check.name, ...(query !== undefined && { query }), consents });
}

/** Counts the rows that do not meet a check by then; undefined where nobody can know before. */
export function unmetSql(comparison: Comparison, pair: TablePair, { columns, expression }: Check): string | undefined {
  if (!callsKnown(comparison, expression) || !columns.every((name) => isAskable(comparison, pair, name))) {
    return undefined;
  }
  const names = formerNames(comparison, pair.next.name);
  return `select count(*) from ${names.table} where not (${names.expression(expression)});`;
}

/** Pairs of rows may exclude each other, some of them because their values become others. */
export function warnOfOverlaps(
  comparison: Comparison,
  pair: TablePair,
  rule: Exclusion,
  consents: readonly Consent[],
  draft: Draft,
): void {
  const query = overlapsSql(comparison, pair, rule);
  draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: rule.name, ...(query !== undefined && { query }), consents });
}

/** A rule over new columns alone, of a field over its own default, or such that no value breaks it. */
function isMetByNew({ intents }: Comparison, pair: TablePair, check: Check): boolean {
  const { fresh, empty, recomputed } = pair;
  const { name, columns, expression } = check;
  if (columns.length === 0 || !columns.every((column) => fresh.has(column))) return false;
  if (columns.some((column) => recomputed.has(column))) return columns.every((column) => isFiniteness(check, column));
  if (intents.isOfField(pair.next.name, name)) return true;
  return columns.every((column) => empty.has(column)) && !ASKS_FOR_NULL.test(expression);
}

const ASKS_FOR_NULL = /\b(?:null|coalesce|distinct|num_nulls|num_nonnulls)\b/i;
