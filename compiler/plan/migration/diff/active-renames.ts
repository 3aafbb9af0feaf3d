import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Intents, Rename } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Refusal } from './refusal.ts';
import { sortOutRenames, type Names } from './sort-out-renames.ts';

/** The renames that there is something to do for. */
export interface ActiveRenames {
  readonly renames: readonly Rename[];
  readonly refusals: readonly Refusal[];
}

/** Tables and types, then the columns of tables by what those were called: a name may be another table's by now. */
export function activeRenames(
  from: DatabaseSchema,
  to: DatabaseSchema,
  { renames: declared, fresh = [] }: Pick<Intents, 'renames' | 'fresh'>,
): ActiveRenames {
  const kept = to.tables.filter(({ name }) => !fresh.includes(name));
  const tables = sortOut(ofKind(declared, 'table'), { old: nameSet(from.tables), next: nameSet(kept) });
  const enums = sortOut(ofKind(declared, 'enum'), { old: nameSet(from.enums), next: nameSet(to.enums) });
  const columns = grouped(ofKind(declared, 'column'), ({ table }) => table).map(([table, renames]) => {
    const old = find(from.tables, formerName(tables.renames, table));
    return sortOut(renames, { old: nameSet(old?.columns), next: nameSet(find(to.tables, table)?.columns) });
  });
  return together([tables, enums, ...columns]);
}

/** Renames of values, where types bear their new names already. */
export function activeValueRenames(
  from: DatabaseSchema,
  to: DatabaseSchema,
  declared: readonly Rename[],
): ActiveRenames {
  return together(
    grouped(ofKind(declared, 'value'), (rename) => rename.enum).map(([type, renames]) =>
      sortOut(renames, {
        old: new Set(find(from.enums, type)?.values),
        next: new Set(find(to.enums, type)?.values),
      }),
    ),
  );
}

function formerName(renames: readonly Rename[], table: string): string {
  return renames.find(({ to }) => to === table)?.name ?? table;
}

function sortOut(declared: readonly Rename[], names: Names): ActiveRenames {
  const { renames, contradictions } = sortOutRenames(declared, names);
  return { renames, refusals: contradictions };
}

function together(parts: readonly ActiveRenames[]): ActiveRenames {
  return { renames: parts.flatMap(({ renames }) => renames), refusals: parts.flatMap(({ refusals }) => refusals) };
}

type RenameOf<Kind extends Rename['kind']> = Extract<Rename, { readonly kind: Kind }>;

function ofKind<Kind extends Rename['kind']>(renames: readonly Rename[], kind: Kind): readonly RenameOf<Kind>[] {
  return renames.filter((rename): rename is RenameOf<Kind> => rename.kind === kind);
}

function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

function nameSet(items: readonly { readonly name: string }[] = []): ReadonlySet<string> {
  return new Set(items.map(({ name }) => name));
}
