import type { NeutralForeignKey, NeutralIndex, NeutralTable, NeutralUnique } from './neutral-case.ts';

/** Every unique rule of a table, those of single columns too, with its name. */
export function uniquesOf(
  table: string,
  { columns, uniques = [] }: NeutralTable,
): readonly (NeutralUnique & { readonly name: string })[] {
  const single = Object.entries(columns)
    .filter(([, column]) => column.unique === true)
    .map(([name]) => ({ columns: [name] }));
  const listed = uniques.map((item): NeutralUnique => ('columns' in item ? item : { columns: item }));
  return [...single, ...listed].map((item: NeutralUnique) => ({
    ...item,
    name: item.name ?? `${table}_${item.columns.join('_')}_key`,
  }));
}

/** `orders_a_b_idx`. */
export function indexName(table: string, { name, columns = [], expression = '' }: NeutralIndex): string {
  const words = columns.length > 0 ? columns.join('_') : expression.replace(/\W+/g, '_').replace(/^_|_$/g, '');
  return name ?? `${table}_${words}_idx`;
}

/** `orders_customer_id_fkey`. */
export function foreignKeyName(table: string, { name, columns }: NeutralForeignKey): string {
  return name ?? `${table}_${columns.join('_')}_fkey`;
}
