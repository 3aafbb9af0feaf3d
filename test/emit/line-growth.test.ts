import { diffLines } from 'diff';
import { expect, test } from 'vitest';
import { documentEmitters } from '../../compiler/emit/documents/document-emitters.ts';
import { infrastructureEmitters } from '../../compiler/emit/infrastructure/infrastructure-emitters.ts';
import type { App, Entity, Field } from '../../compiler/model/app.ts';
import { emitAll, emitInput } from './emit-fixture.ts';
import { createEntity, createField, fixtureApp } from './fixture-app.ts';

const emitters = [...documentEmitters, ...infrastructureEmitters];

interface Change {
  readonly added: number;
  readonly removed: number;
  /** Separate places where lines were added. */
  readonly places: number;
}

/** Changed lines by file, files without a change left out. */
function changes(before: App, after: App): Readonly<Record<string, Change>> {
  const old = emitAll(emitters, emitInput(before));
  const now = emitAll(emitters, emitInput(after));
  expect([...now.keys()]).toEqual([...old.keys()]);
  const changed = [...now].flatMap(([path, text]) => {
    const parts = diffLines(old.get(path) ?? '', text);
    const count = (kind: 'added' | 'removed') =>
      parts.filter((part) => part[kind]).reduce((sum, part) => sum + (part.count ?? 0), 0);
    const change = {
      added: count('added'),
      removed: count('removed'),
      places: parts.filter(({ added }) => added).length,
    };
    return change.added + change.removed === 0 ? [] : [[path, change] as const];
  });
  return Object.fromEntries(changed);
}

function withFields(name: string, edit: (fields: readonly Field[]) => readonly Field[]): App {
  const entities = fixtureApp.entities.map((entity) =>
    entity.name === name ? { ...entity, fields: edit(entity.fields) } : entity,
  );
  return { ...fixtureApp, entities };
}

function withEntity(entity: Entity): App {
  return { ...fixtureApp, entities: [...fixtureApp.entities, entity].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

test.each([
  ['string', { limits: { minLength: 2, maxLength: 50, pattern: '^a' }, description: 'A nickname | alias.' }],
  ['integer', { limits: { min: 1, max: 5 } }],
  ['decimal', { limits: { precision: 9, scale: 2 } }],
  ['boolean', {}],
  ['json', {}],
] as const)('an optional %s adds one line to three documents and touches nothing else', (type, options) => {
  const field = createField('nickname', type, { optional: true, ...options });
  for (const position of [0, 3, 11]) {
    const { 'app/docs/openapi.json': _, ...rest } = changes(
      fixtureApp,
      withFields('Lead', (fields) => fields.toSpliced(position, 0, field)),
    );
    expect(rest).toEqual({
      'app/docs/api.md': { added: 1, removed: 0, places: 1 },
      'app/docs/backend_rules.md': { added: 1, removed: 0, places: 1 },
      'app/docs/erd.md': { added: 1, removed: 0, places: 1 },
    });
  }
});

test('a changed limit changes one line of each document that tells it', () => {
  const narrow = withFields('Lead', (fields) =>
    fields.map((field) => (field.name === 'score' ? { ...field, limits: { min: 0, max: 10 } } : field)),
  );
  const { 'app/docs/openapi.json': _, ...rest } = changes(fixtureApp, narrow);
  expect(rest).toEqual({
    'app/docs/api.md': { added: 1, removed: 1, places: 1 },
    'app/docs/backend_rules.md': { added: 1, removed: 1, places: 1 },
  });
});

test('an entity only adds lines, all of them in documents, and to most in one place', () => {
  for (const name of ['Aardvark', 'Ledger', 'Zebra']) {
    const fields = [
      createField('title', 'string', { limits: { maxLength: 30 } }),
      createField('lead', 'reference', { reference: { entity: 'Lead', onDelete: 'cascade' } }),
    ];
    const found = changes(fixtureApp, withEntity(createEntity(name, fields, { description: 'Something new.' })));
    const { 'app/docs/openapi.json': _, ...rest } = found;
    expect(
      Object.fromEntries(Object.entries(rest).map(([path, { removed, places }]) => [path, { removed, places }])),
    ).toEqual({
      'app/docs/access.md': { removed: 0, places: 1 },
      'app/docs/api.md': { removed: 0, places: 1 },
      'app/docs/backend_rules.md': { removed: 0, places: 1 },
      'app/docs/backend_todos_lead-tracker.md': { removed: 0, places: 3 },
      'app/docs/erd.md': { removed: 0, places: 1 },
      'app/docs/server_login.sql': { removed: 0, places: 1 },
      'app/docs/supabase_setup.md': { removed: 0, places: 1 },
      'backend_overview.md': { removed: 0, places: 1 },
    });
    expect(rest['backend_overview.md']?.added).toBe(1);
  }
});

test('emitting twice gives the same bytes', () => {
  expect(emitAll(emitters, emitInput(fixtureApp))).toEqual(emitAll(emitters, emitInput(fixtureApp)));
});
