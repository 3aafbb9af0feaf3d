import type { FieldCase, ResourceCase } from './resource-case.ts';
import type { SeededRow } from './seeded-row.ts';
import type { Suite } from './suite.ts';

type Seeded = Pick<Suite, 'resource' | 'resources' | 'fixtures'>;

/** A row by itself: one that no other points to, or else one with which no other of its kind goes and that none holds; the last of them. */
export function lonelyRow(seeded: Seeded, rows: readonly SeededRow[]): SeededRow | undefined {
  const ordered = rows.toSorted((left, right) => right.index - left.index);
  return (
    ordered.find((row) => linksInto(seeded, new Set([placeOf(seeded.resource, row)])).length === 0) ??
    ordered.find((row) => goesAlone(seeded, row)) ??
    ordered[0]
  );
}

function goesAlone(seeded: Seeded, row: SeededRow): boolean {
  const { resource, fixtures } = seeded;
  const gone = new Set([placeOf(resource, row)]);
  // What is added on the way is looked at too.
  for (const one of gone)
    for (const { field, from } of linksInto(seeded, new Set([one]))) if (field.onDelete === 'cascade') gone.add(from);
  const others = fixtures.seeded(resource).filter(({ id }) => id !== row.id);
  if (others.some((other) => gone.has(placeOf(resource, other)))) return false;
  return linksInto(seeded, gone).every(({ field: { onDelete = 'restrict' } }) => onDelete !== 'restrict');
}

interface LinkInto {
  readonly field: FieldCase;
  readonly from: string;
}

/** Links to some rows, from all others that are there. */
function linksInto({ resources, fixtures }: Seeded, places: ReadonlySet<string>): readonly LinkInto[] {
  return resources.flatMap((resource) =>
    resource.fields.flatMap((field) => {
      const target = resources.find(({ name }) => name === (field.to ?? field.links));
      if (target === undefined) return [];
      const isInto = ({ values }: SeededRow): boolean =>
        [values[field.key] ?? []].flat().some((id) => places.has(placeOf(target, { id: String(id) })));
      const rows = fixtures.seeded(resource).filter((row) => !places.has(placeOf(resource, row)) && isInto(row));
      return rows.map((row) => ({ field, from: placeOf(resource, row) }));
    }),
  );
}

/** Ids of two resources may be the same. */
function placeOf({ name }: ResourceCase, { id }: Pick<SeededRow, 'id'>): string {
  return `${name} ${id}`;
}
