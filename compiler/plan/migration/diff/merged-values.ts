import type { Column, Constraint, Index } from '../../database/database-schema.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/sql-text.ts';
import { replaceComparisons, textsOf } from '../compared-values.ts';
import { keySql } from '../index-sql.ts';
import type { Consent } from '../intent/consent.ts';
import type { ValueMapping } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import { unmetSql } from './add-constraint.ts';
import { duplicatesSql } from './add-key.ts';
import { warnOfArchivedRows } from './archived-rules.ts';
import { sharedKeysSql } from './diff-indexes.ts';
import type { Draft } from './draft.ts';
import { overlapsSql } from './overlaps-sql.ts';
import { isConstraintSuspended, isIndexSuspended } from './suspended.ts';
import { columnsOfIndex, reads, ruleReads, type Comparison, type TablePair } from './table-pair.ts';
import { valueCountSql, type ColumnValues } from './value-count-sql.ts';

/** A column some of whose values become others. */
interface Merged extends ColumnValues {
  readonly mappings: readonly ValueMapping[];
  readonly drops: readonly Consent[];
  /** The column, and those computed from it. */
  readonly names: ReadonlySet<string>;
}

/** Rows that kept a rule by a value that goes may break it by the value they have instead. */
export function warnOfMergedValues(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const merged = pair.next.columns.flatMap((column) => mergedValues(comparison, pair, column) ?? []);
  if (merged.length === 0) return;
  const table = pair.next.name;
  for (const rule of rulesInForce(comparison, pair)) {
    const { name } = rule;
    const kept = find<Constraint | Index>([...pair.next.constraints, ...pair.next.indexes], name);
    // One that is off meanwhile is held to by what it says from now on.
    const held = kept !== undefined && isOff(comparison, pair, rule) ? kept : rule;
    const read = merged.filter((item) => readsAny(pair, rule, item.names) && !isBlind(held, item));
    if (read.length === 0) continue;
    // A rule that goes still binds while the values change, and has no line of its own.
    const consents =
      kept !== undefined ? [{ kind: 'validate', table, name } as const] : read.flatMap(({ drops }) => drops);
    const query = brokenSql(comparison, pair, held) ?? valueCountSql(comparison, table, read);
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: name, query, consents });
    if (kept !== undefined && 'kind' in kept) warnOfArchivedRows(comparison, pair, kept, consents, draft);
  }
}

/** Counts what is in the way of a rule by then; undefined where that cannot be asked for, as of a list. */
function brokenSql(comparison: Comparison, pair: TablePair, rule: Constraint | Index): string | undefined {
  const isList = pair.old.columns.some(
    ({ name, type }) => type.array === true && readsAny(pair, rule, new Set([name])),
  );
  if (isList) return undefined;
  if (!('kind' in rule)) return sharedKeysSql(comparison, pair, rule);
  switch (rule.kind) {
    case 'primaryKey':
    case 'unique':
      return duplicatesSql(
        comparison,
        pair.next.name,
        rule.columns,
        rule.kind === 'primaryKey' || rule.nullsNotDistinct === true,
      );
    case 'check':
      return unmetSql(comparison, pair, rule);
    case 'exclusion':
      return overlapsSql(comparison, pair, rule);
    case 'foreignKey':
      return undefined;
    default:
      return rule satisfies never;
  }
}

/** Whether a rule does not tell a value that goes from the one that rows have instead. */
function isBlind(rule: Constraint | Index, { column, mappings, names }: Merged): boolean {
  const own = new Set([column.name]);
  const tells = (comparison: string): boolean => {
    const texts = textsOf(comparison);
    return mappings.some(({ from, to }) => texts.includes(quoteLiteral(from)) !== texts.includes(quoteLiteral(to)));
  };
  const isLeft = (text: string): boolean =>
    reads(
      replaceComparisons(text, own, (comparison) => (tells(comparison) ? comparison : 'true')),
      names,
    );
  return !expressionsOf(rule).some(isLeft);
}

/** All that a rule reads by, keys as names. */
function expressionsOf(rule: Constraint | Index): readonly string[] {
  if (!('kind' in rule)) return [...rule.keys.map(keySql), rule.where ?? ''];
  if (rule.kind === 'check') return [rule.expression];
  if (rule.kind !== 'exclusion') return rule.columns.map(quoteIdentifier);
  return [...rule.elements.map(({ key }) => keySql(key)), rule.where ?? ''];
}

function mergedValues({ from, to, intents }: Comparison, { old }: TablePair, column: Column): Merged | undefined {
  const type = column.type.name;
  const before = find(old.columns, column.name)?.type;
  if (column.type.enum !== true || before?.enum !== true || before.name !== type) return undefined;
  const olds = find(from.enums, type)?.values ?? [];
  const nexts = find(to.enums, type)?.values ?? [];
  const mappings = intents.values.filter(
    (mapping) => mapping.enum === type && olds.includes(mapping.from) && !nexts.includes(mapping.from),
  );
  if (mappings.length === 0) return undefined;
  const values = mappings.map(({ from: value }) => value);
  const own = new Set([column.name]);
  const computed = old.columns.filter(({ generated }) => reads(generated?.expression, own)).map(({ name }) => name);
  const drops = values.map((value): Consent => ({ kind: 'dropValue', enum: type, value }));
  return { column, values, mappings, drops, names: new Set([...own, ...computed]) };
}

/** Rules that bind while the values change, or are proven again afterwards. */
function rulesInForce(comparison: Comparison, pair: TablePair): readonly (Constraint | Index)[] {
  const { old, next } = pair;
  return [
    ...old.constraints.filter(
      (rule) => find(next.constraints, rule.name) !== undefined || !isOff(comparison, pair, rule),
    ),
    ...old.indexes.filter(
      (index) =>
        index.unique === true && (find(next.indexes, index.name) !== undefined || !isOff(comparison, pair, index)),
    ),
  ];
}

function isOff(comparison: Comparison, pair: TablePair, rule: Constraint | Index): boolean {
  return 'kind' in rule ? isConstraintSuspended(comparison, pair, rule) : isIndexSuspended(pair, rule);
}

function readsAny(pair: TablePair, rule: Constraint | Index, names: ReadonlySet<string>): boolean {
  if (!('kind' in rule)) return columnsOfIndex(pair.old, rule).some((name) => names.has(name));
  switch (rule.kind) {
    case 'primaryKey':
    case 'unique':
      return rule.columns.some((name) => names.has(name));
    case 'check':
    case 'exclusion':
      return ruleReads(rule, names);
    case 'foreignKey':
      // It reads what another table's key does, whose values change alike.
      return false;
    default:
      return rule satisfies never;
  }
}
