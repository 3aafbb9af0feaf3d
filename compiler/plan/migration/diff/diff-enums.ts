import { byName } from '../../database/canonical-schema.ts';
import type { Column } from '../../database/database-schema.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../../sql/sql-text.ts';
import type { Consent } from '../intent/consent.ts';
import type { ValueMapping } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import type { Draft } from './draft.ts';
import { keptEnums, rebuiltEnums, type EnumPair } from './rebuilt-enums.ts';
import type { Comparison } from './table-pair.ts';
import { temporaryName } from './temporary-name.ts';
import { valueCountSql } from './value-count-sql.ts';

/** New types and values, types that go, and those that must be made anew. */
export function diffEnums(comparison: Comparison, draft: Draft): void {
  const { from, to } = comparison;
  const rebuilt = rebuiltEnums(from, to);
  const isRebuilt = ({ next }: EnumPair): boolean => rebuilt.some((pair) => pair.next === next);
  for (const pair of keptEnums(from, to)) {
    if (isRebuilt(pair)) rebuild(comparison, pair, draft);
    else draft.add('addValues', ...addedValues(pair));
  }
  for (const type of byName(to.enums)) {
    if (find(from.enums, type.name) === undefined) draft.add('types', { kind: 'createEnum', enum: type });
  }
  for (const { name } of byName(from.enums)) {
    if (find(to.enums, name) === undefined) draft.add('dropTypes', { kind: 'dropEnum', name });
  }
}

/** From the last to the first, so that each stands before one that exists by then. */
function addedValues({ old, next }: EnumPair): readonly Operation[] {
  const operations: Operation[] = [];
  for (let index = next.values.length - 1; index >= 0; index -= 1) {
    const value = next.values[index];
    const before = next.values[index + 1];
    if (value === undefined || old.values.includes(value)) continue;
    operations.push({ kind: 'addEnumValue', enum: next.name, value, ...(before === undefined ? {} : { before }) });
  }
  return operations;
}

/** The old type steps aside, the new one takes its name and, one after the other, its columns. */
function rebuild(comparison: Comparison, { old, next }: EnumPair, draft: Draft): void {
  const { name } = next;
  const aside = temporaryName(name, 'old');
  draft.add('types', { kind: 'renameEnum', name, to: aside }, { kind: 'createEnum', enum: next });
  draft.add(isLeft(comparison, name) ? 'dropTypes' : 'resume', { kind: 'dropEnum', name: aside });
  const removed = old.values.filter((value) => !next.values.includes(value));
  const mappings = comparison.intents.values.filter(
    (mapping) => mapping.enum === name && removed.includes(mapping.from),
  );
  for (const { from, to } of mappings) {
    if (!next.values.includes(to)) draft.refuse({ kind: 'mappedToNothing', enum: name, from, to });
  }
  const consents = removed.map((value): Consent => ({ kind: 'dropValue', enum: name, value }));
  const anyway: readonly Consent[] = removed.length === 0 ? [{ kind: 'reorderValues', enum: name }] : consents;
  for (const value of removed) {
    const own: readonly Consent[] = [{ kind: 'dropValue', enum: name, value }];
    draft.warn({ kind: 'BREAKS_RUNNING_CODE', object: `${name}.${value}`, consents: own });
  }
  for (const { table, column } of columnsOf(comparison, name)) {
    draft.add('retype', {
      kind: 'setColumnType',
      table,
      name: column.name,
      type: column.type,
      using: usingSql(qualify(comparison.to.name, name), column, mappings),
    });
    const rewrite: Consent = { kind: 'rewriteTable', table };
    const retype: Consent = { kind: 'retype', table, column: column.name };
    const causes = [{ column: column.name, change: removed.length === 0 ? 'reordered' : 'retyped' }] as const;
    draft.warn({ kind: 'TABLE_REWRITE', object: table, causes, consents: [...anyway, rewrite, retype] });
    const lost = removed.filter((value) => !mappings.some(({ from }) => from === value));
    if (lost.length === 0) continue;
    const query = valueCountSql(comparison, table, [{ column, values: lost }]);
    draft.warn({ kind: 'MAY_FAIL_ON_DATA', object: `${table}.${column.name}`, query, consents: [...consents, retype] });
  }
}

/** Whether a column of the type goes, which is later than those that stay get the new one. */
function isLeft(comparison: Comparison, type: string): boolean {
  const staying = columnsOf(comparison, type);
  return comparison.from.tables.some((table) =>
    table.columns.some(
      (column) =>
        column.type.enum === true &&
        column.type.name === type &&
        !staying.some((item) => item.table === table.name && item.column.name === column.name),
    ),
  );
}

interface ColumnOfType {
  readonly table: string;
  readonly column: Column;
}

/** Columns that have the type before and after. */
function columnsOf({ pairs }: Comparison, type: string): readonly ColumnOfType[] {
  return pairs.flatMap(({ old, next }) =>
    byName(next.columns)
      .filter((column) => {
        const before = find(old.columns, column.name);
        return [before, column].every((item) => item?.type.enum === true && item.type.name === type);
      })
      .map((column) => ({ table: next.name, column })),
  );
}

/** Whether a cast that `usingSql` made gives rows another value in the place of this one. */
export function isMappedBy(using: string, value: string): boolean {
  const literal = quoteLiteral(value);
  return using.includes(`when ${literal} then`) || using.includes(`, ${literal}, `);
}

function usingSql(type: string, { name, type: { array } }: Column, mappings: readonly ValueMapping[]): string {
  const column = quoteIdentifier(name);
  if (array === true) {
    const mapped = mappings.reduce(
      (text, { from, to }) => `array_replace(${text}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`,
      `${column}::text[]`,
    );
    return `${mapped}::${type}[]`;
  }
  if (mappings.length === 0) return `${column}::text::${type}`;
  const cases = mappings.map(({ from, to }) => `when ${quoteLiteral(from)} then ${quoteLiteral(to)}`).join(' ');
  return `(case ${column}::text ${cases} else ${column}::text end)::${type}`;
}
