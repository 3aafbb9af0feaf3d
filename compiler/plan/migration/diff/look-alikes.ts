import { SYSTEM_COLUMN_NAMES } from '../../database/row-version.ts';
import type { Column, DatabaseSchema, EnumType, Table } from '../../database/database-schema.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import { byName } from '../../database/canonical-schema.ts';
import type { Consent } from '../intent/consent.ts';
import type { Intents } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Refusal } from './refusal.ts';

/** What went while something that looks like it came: a rename, or a loss. Only the author knows, and says so. */
export function lookAlikes(from: DatabaseSchema, to: DatabaseSchema, intents: Intents): readonly Refusal[] {
  const { isAllowed } = intents;
  const [gone, come] = difference(ownTables(from), ownTables(to));
  const kept = byName(to.tables).flatMap((next) => {
    const old = find(from.tables, next.name);
    return old === undefined ? [] : [{ old, next }];
  });
  return [
    ...matches(
      gone.filter(({ name }) => !isAllowed({ kind: 'dropTable', table: name })),
      come,
      areTablesAlike,
    ).map((match) => ({ kind: 'ambiguousTable', ...match }) as const),
    ...kept.flatMap(({ old, next }) => alikeColumns(old, next, isAllowed)),
    ...byName(to.enums).flatMap((next) => {
      const old = find(from.enums, next.name);
      return old === undefined ? [] : alikeValues(old, next, intents, isAllowed);
    }),
  ];
}

/** What the spec knows: nobody renames what the compiler keeps beside it. */
function ownTables({ tables }: DatabaseSchema): readonly Table[] {
  return tables.filter(({ internal }) => internal !== true);
}

type Named = { readonly name: string };

function difference<Item extends Named>(
  old: readonly Item[],
  next: readonly Item[],
): readonly [readonly Item[], readonly Item[]] {
  return [
    byName(old).filter(({ name }) => find(next, name) === undefined),
    byName(next).filter(({ name }) => find(old, name) === undefined),
  ];
}

interface Match {
  readonly gone: string;
  readonly come: string;
  readonly others: readonly string[];
}

/** Each that went with the first like it that came, none twice, and what else came that is like it. */
function matches<Item extends Named>(
  gone: readonly Item[],
  come: readonly Item[],
  areAlike: (a: Item, b: Item) => boolean,
): readonly Match[] {
  const taken = new Set<Item>();
  return gone.flatMap((item): readonly Match[] => {
    const alike = come.filter((other) => areAlike(item, other));
    const match = alike.find((other) => !taken.has(other));
    if (match === undefined) return [];
    taken.add(match);
    const others = alike.filter((other) => other !== match).map(({ name }) => name);
    return [{ gone: item.name, come: match.name, others }];
  });
}

/** Half of their columns are the same, those that every table has aside. */
function areTablesAlike(a: Table, b: Table): boolean {
  const [left, right] = [ownColumns(a), ownColumns(b)];
  const shared = left.filter((column) =>
    right.some((other) => other.name === column.name && areColumnsAlike(column, other)),
  );
  return shared.length * 2 >= Math.max(left.length, right.length);
}

function ownColumns({ columns }: Table): readonly Column[] {
  return columns.filter(({ name }) => !SYSTEM_COLUMN_NAMES.includes(name));
}

function alikeColumns(old: Table, next: Table, isAllowed: (consent: Consent) => boolean): readonly Refusal[] {
  const [gone, come] = difference(old.columns, next.columns);
  const silent = gone.filter(({ name }) => !isAllowed({ kind: 'dropColumn', table: next.name, column: name }));
  return matches(silent, come, areColumnsAlike).map((match) => ({
    kind: 'ambiguousColumn',
    table: next.name,
    ...match,
  }));
}

/** Values of one could be values of the other as they are. */
function areColumnsAlike(a: Column, b: Column): boolean {
  if (a.generated !== undefined || b.generated !== undefined) return false;
  return family(a) === family(b) && a.type.array === b.type.array;
}

const FAMILIES: Readonly<Record<string, string>> = {
  'character varying': 'text',
  smallint: 'integer',
  bigint: 'integer',
};

function family({ type }: Column): string {
  if (type.enum === true) return 'an enum';
  const { base } = parseTypeName(type.name);
  return FAMILIES[base] ?? base;
}

function alikeValues(
  old: EnumType,
  next: EnumType,
  intents: Intents,
  isAllowed: (consent: Consent) => boolean,
): readonly Refusal[] {
  const mapped = intents.values.filter((mapping) => mapping.enum === next.name).map(({ from }) => from);
  const gone = old.values.filter(
    (value) =>
      !next.values.includes(value) &&
      !mapped.includes(value) &&
      !isAllowed({ kind: 'dropValue', enum: next.name, value }),
  );
  const come = next.values.filter((value) => !old.values.includes(value));
  return gone.slice(0, come.length).map((value, index) => ({
    kind: 'ambiguousValue',
    enum: next.name,
    gone: value,
    come: come[index] ?? '',
    others: come.filter((_, place) => place !== index),
  }));
}
