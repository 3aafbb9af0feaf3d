import type { Column, Constraint, Index } from '../../database/database-schema.ts';
import type { Consent } from '../intent/consent.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import { isConstraintSuspended, isIndexSuspended } from './suspended.ts';
import { columnsOfIndex, reads, ruleReads, type Comparison, type TablePair } from './table-pair.ts';
import { valueCountSql, type ColumnValues } from './value-count-sql.ts';

/** A column some of whose values become others. */
interface Merged extends ColumnValues {
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
    const read = merged.filter(({ names }) => readsAny(pair, rule, names));
    if (read.length === 0) continue;
    const { name } = rule;
    const isKept = find<Constraint | Index>([...pair.next.constraints, ...pair.next.indexes], name) !== undefined;
    // A rule that goes still binds while the values change, and has no line of its own.
    const consents = isKept ? [{ kind: 'validate', table, name } as const] : read.flatMap(({ drops }) => drops);
    const query = valueCountSql(comparison, table, read);
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: name, query, consents });
  }
}

function mergedValues({ from, to, intents }: Comparison, { old }: TablePair, column: Column): Merged | undefined {
  const type = column.type.name;
  const before = find(old.columns, column.name)?.type;
  if (column.type.enum !== true || before?.enum !== true || before.name !== type) return undefined;
  const olds = find(from.enums, type)?.values ?? [];
  const nexts = find(to.enums, type)?.values ?? [];
  const values = intents.values
    .filter((mapping) => mapping.enum === type && olds.includes(mapping.from) && !nexts.includes(mapping.from))
    .map((mapping) => mapping.from);
  if (values.length === 0) return undefined;
  const own = new Set([column.name]);
  const computed = old.columns.filter(({ generated }) => reads(generated?.expression, own)).map(({ name }) => name);
  const drops = values.map((value): Consent => ({ kind: 'dropValue', enum: type, value }));
  return { column, values, drops, names: new Set([...own, ...computed]) };
}

/** Rules that bind while the values change, or are proven again afterwards. */
function rulesInForce(comparison: Comparison, pair: TablePair): readonly (Constraint | Index)[] {
  const { old, next } = pair;
  return [
    ...old.constraints.filter(
      (rule) => find(next.constraints, rule.name) !== undefined || !isConstraintSuspended(comparison, pair, rule),
    ),
    ...old.indexes.filter(
      (index) =>
        index.unique === true && (find(next.indexes, index.name) !== undefined || !isIndexSuspended(pair, index)),
    ),
  ];
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
