import type { Check, Constraint } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import type { Consent } from '../intent/consent.ts';
import { boundOf, subjectOf } from './implied-rules.ts';
import { isFiniteness } from './known-checks.ts';
import { backfilled } from './stored-expression.ts';
import { unsettled } from './suspended.ts';
import { ruleReads, type Comparison, type TablePair } from './table-pair.ts';

/** Columns in which several rows may have one value by the end, though they had none or several. */
export function merging(comparison: Comparison, pair: TablePair): ReadonlySet<string> {
  const cast = [...pair.retyped].flatMap(([name, change]) => {
    const merges = change.kind === 'rewrite' && (change.merges ?? change.loses ?? change.respells) !== undefined;
    return merges ? [name] : [];
  });
  const filled = [...pair.filled.keys()].filter((name) => backfilled(comparison, pair, name) !== undefined);
  return new Set([...cast, ...filled, ...pair.recomputed]);
}

/** Columns for which no old rule over rows says that the new rows keep one too. */
export function unproven(comparison: Comparison, pair: TablePair): ReadonlySet<string> {
  return new Set([...unsettled(pair), ...merging(comparison, pair)]);
}

/** What lets a rule that stays fail: its own line, or that of a change of values that it reads. */
export function consentsToBreak(pair: TablePair, name: string, columns: readonly string[]): readonly Consent[] {
  const table = pair.next.name;
  return [
    { kind: 'validate', table, name },
    ...columns
      .filter((column) => pair.retyped.has(column))
      .map((column): Consent => ({ kind: 'retype', table, column })),
  ];
}

/** Whether rows that keep a rule now may break it by the values that theirs become. */
export function mayBreak(comparison: Comparison, pair: TablePair, rule: Constraint): boolean {
  const merged = merging(comparison, pair);
  switch (rule.kind) {
    case 'primaryKey':
    case 'unique':
      return rule.columns.some((name) => merged.has(name));
    case 'check':
      return ruleReads(rule, new Set([...merged, ...declared(pair)])) && !isKeptAnyway(comparison, pair, rule);
    case 'exclusion':
      return ruleReads(rule, new Set([...merged, ...declared(pair)]));
    case 'foreignKey':
      return false;
    default:
      return rule satisfies never;
  }
}

function declared({ retyped }: TablePair): readonly string[] {
  return [...retyped].flatMap(([name, change]) =>
    change.kind === 'rewrite' && change.isDeclared === true ? [name] : [],
  );
}

/** A rule of one field over its own backfill, or a whole bound of a number that is rounded. */
function isKeptAnyway({ intents }: Comparison, pair: TablePair, check: Check): boolean {
  const [name = '', ...others] = check.columns;
  if (others.length > 0) return false;
  if (pair.recomputed.has(name)) return isFiniteness(check, name);
  if (pair.retyped.has(name)) return isKeptByRounding(pair, check);
  return intents.isOfField(pair.next.name, check.name);
}

/** A whole bound of one number that is rounded. */
function isKeptByRounding({ retyped, filled }: TablePair, { columns, expression }: Check): boolean {
  const [name = '', ...others] = columns;
  const bound = boundOf(expression);
  const change = retyped.get(name);
  const isRounded = change?.kind === 'rewrite' && !change.isOtherKind && !filled.has(name);
  return (
    isRounded &&
    others.length === 0 &&
    bound !== undefined &&
    Number.isInteger(bound.limit) &&
    bound.operator.endsWith('=') &&
    bound.subject === subjectOf(quoteIdentifier(name))
  );
}
