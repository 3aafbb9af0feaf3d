import { expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { buildDatabaseSchema } from '../../compiler/plan/database/build-database-schema.ts';
import { constraintFacts } from '../../compiler/plan/database/constraints.ts';

const SPEC = `supercompile: 1
name: shelves
auth: { provider: none }
entities:
  Shelf:
    fields:
      place: { type: integer }
      row: { type: integer, max: 9, computed: "record.place / 10" }
      weight: { type: integer, max: 100, computed: "record.boxes.sum(b, b.weight)" }
      dueAt: { type: datetime, optional: true, computed: "record.boxes.max(b, b.storedAt) + duration('24h')" }
    checks:
      notLow: "record.row > 0 || record.weight < 50"
    access: { everyone: { roles: [anonymous], allow: [create, read, update, delete], rows: all } }
  Box:
    fields:
      shelf: { type: reference, to: Shelf, inverse: boxes, onDelete: cascade }
      formerShelf: { type: reference, to: Shelf, inverse: formerBoxes, optional: true }
      weight: { type: integer, min: 0 }
      storedAt: { type: datetime, optional: true }
    access: { everyone: { roles: [anonymous], allow: [create, read, update, delete], rows: all } }
  Label:
    partOf: shelf
    fields:
      shelf: { type: reference, to: Shelf, inverse: labels, onDelete: cascade }
      width: { type: integer }
`;

const { app } = analyze(
  SPEC.replace('sum(b, b.weight)"', 'sum(b, b.weight) + record.labels.sum(l, l.width)"'),
  'app.yaml',
);

/** Kind, code and keys of the facts of an entity whose names begin so. */
function factsOf(name: string, ...starts: readonly string[]): readonly (readonly unknown[])[] {
  const entity = app?.entities.find((one) => one.name === name);
  if (app === undefined || entity === undefined) return [];
  return constraintFacts(app, entity, buildDatabaseSchema(app))
    .filter((fact) => starts.some((start) => fact.name.startsWith(start)))
    .map(({ name: constraint, kind, code, keys }) => [constraint, kind, code, ...keys]);
}

test('rules over what is computed point at what it is computed from, or at the parts that it looks at', () => {
  expect(factsOf('Shelf', 'shelves_row', 'shelves_weight', 'shelves_not')).toEqual([
    ['shelves_not_low_check', 'check', 'notLow', 'place'],
    ['shelves_weight_max_check', 'check', 'weightMax', 'labels'],
    ['shelves_row_max', 'check', 'rowMax', 'place'],
  ]);
});

test('a rule about rows that one link leads to points at it, and at none of two', () => {
  expect(factsOf('Label', 'shelves_weight')).toEqual([
    ['shelves_weight_max_check', 'conflict', 'weightMax', 'Shelf', 'shelfId'],
  ]);
  expect(factsOf('Box', 'shelves_weight')).toEqual([['shelves_weight_max_check', 'conflict', 'weightMax', 'Shelf']]);
});

test('what gets out of range is named, in rows of others with its entity', () => {
  expect(factsOf('Shelf', '22', 'shelves_due')).toEqual([
    ['22003', 'overflow', undefined, 'row', 'weight'],
    ['22008', 'overflow', undefined, 'dueAt'],
    ['shelves_due_at_years', 'overflow', undefined, 'dueAt'],
  ]);
  expect(factsOf('Box', '22', 'shelves_due')).toEqual([
    ['22003', 'farOverflow', undefined, 'Shelf.weight'],
    ['22008', 'farOverflow', undefined, 'Shelf.dueAt'],
    ['shelves_due_at_years', 'farOverflow', undefined, 'Shelf.dueAt'],
  ]);
});
