import type { Body } from './repository-definition.ts';

/** A row that is to be made, with the id that it will have where that is known. */
interface NewRow {
  readonly id: string | undefined;
  readonly body: Body;
}

/** The rows in their order, but each after those of them whose ids its body names, or a part in it; in a circle, in their order. */
export function linkedFirst<Row extends NewRow>(rows: readonly Row[]): readonly Row[] {
  // Rows of several entities may have one id.
  const byId = Map.groupBy(rows, ({ id }) => id);
  const begun = new Set<Row>();
  const ordered: Row[] = [];
  const add = (row: Row): void => {
    if (begun.has(row)) return;
    begun.add(row);
    for (const text of textsIn(row.body)) for (const named of byId.get(text) ?? []) add(named);
    ordered.push(row);
  };
  for (const row of rows) add(row);
  return ordered;
}

/** All texts but ids, which rows have themselves. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) if (key !== 'id') yield* textsIn(one);
}
