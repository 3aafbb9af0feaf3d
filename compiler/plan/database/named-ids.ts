/**
 * Of the ids `named` in a column of ids of the written row: not there before. The others have their pairs, or lead to
 * rows that are being deleted, whose pairs went first: each is taken off the list in its turn.
 */
export function isNewId(ids: string): string {
  return `(tg_op = 'INSERT' or named.id <> all (old.${ids}))`;
}

/** What follows `from`: the new ids in a column of the written row that no row of the table has. */
export function unknownIds(rows: string, ids: string): string {
  return `unnest(new.${ids}) named(id) where ${isNewId(ids)} and not exists (select 1 from ${rows} other where other.id = named.id)`;
}
