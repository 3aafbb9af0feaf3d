import { expect, test } from 'vitest';
import { emitTests } from '../../../compiler/emit/tests/emit-tests.ts';
import type { App, Entity } from '../../../compiler/model/app.ts';
import { emitAll, emitInput } from '../emit-fixture.ts';
import { createEntity, createField, fixtureApp } from '../fixture-app.ts';

const emitted = emitAll([emitTests], emitInput(fixtureApp));

test.for([
  ['test/all.test.ts', 'all.test.ts.txt'],
  ['test/crud/kitchen.ts', 'kitchen.ts.txt'],
  ['test/crud/lead.ts', 'lead.ts.txt'],
  ['test/crud/select.ts', 'select.ts.txt'],
])('%s is printed as it always was', async ([path = '', golden = '']) => {
  await expect(emitted.get(path)).toMatchFileSnapshot(`golden/${golden}`);
});

test('every entity has its cases, those without a route too', () => {
  const folders = fixtureApp.entities.map(({ names }) => `test/crud/${names.folder}.ts`);
  expect([...emitted.keys()]).toEqual([...folders, 'test/all.test.ts']);
});

test('an optional field adds one line to the cases of its entity, and none elsewhere', () => {
  const later = emitWith((entity) =>
    entity.name === 'Lead'
      ? { ...entity, fields: [...entity.fields, createField('remark', 'text', { optional: true })] }
      : entity,
  );
  expect(addedLines(later)).toEqual({ 'test/crud/lead.ts': 1 });
});

test('an optional field that is filtered and sorted by adds a line for each', () => {
  const later = emitWith((entity) => {
    if (entity.name !== 'Lead') return entity;
    const { fields, list } = entity;
    const remark = createField('remark', 'string', { optional: true, limits: { maxLength: 9 } });
    return {
      ...entity,
      fields: [...fields, remark],
      list: { ...list, filter: [...list.filter, 'remark'], sort: [...list.sort, 'remark'] },
    };
  });
  expect(addedLines(later)).toEqual({ 'test/crud/lead.ts': 3 });
});

test('an entity adds its own file and one line to the list of all', () => {
  const tag = createEntity('Tag', [createField('label', 'string', { limits: { maxLength: 20 } })]);
  const later = emitAll([emitTests], emitInput({ ...fixtureApp, entities: [...fixtureApp.entities, tag] }));
  const { 'test/crud/tag.ts': own, ...others } = addedLines(later);
  expect(own).toBeGreaterThan(10);
  expect(others).toEqual({ 'test/all.test.ts': 1 });
});

test('prose of the spec stands in no test', () => {
  for (const text of emitted.values()) expect(text).not.toContain('alert(1)');
});

function emitWith(change: (entity: Entity) => Entity): ReadonlyMap<string, string> {
  const app: App = { ...fixtureApp, entities: fixtureApp.entities.map(change) };
  return emitAll([emitTests], emitInput(app));
}

/** How many lines each changed file has more; a line that changed counts as well. */
function addedLines(later: ReadonlyMap<string, string>): Readonly<Record<string, number>> {
  const changed = [...later].filter(([path, text]) => text !== emitted.get(path));
  return Object.fromEntries(
    changed.map(([path, text]) => {
      const before = new Set(emitted.get(path)?.split('\n'));
      return [path, text.split('\n').filter((line) => !before.has(line)).length];
    }),
  );
}
