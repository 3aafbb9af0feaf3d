import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem } from './assert-answer.ts';
import { codeOfNull, creatable, isRequired, type JsonObject } from './resource-case.ts';
import { titled, UNKNOWN_KEY, type Suite } from './suite.ts';
import { anotherSpelling, bringsIds, targetOf, unknownId, unknownIds, unknownPlaces } from './row-ids.ts';

/** What a create refuses, and where the answer says the mistake is. */
export function testCreateRefusals(suite: Suite): void {
  const { resource } = suite;
  test('create refuses an unknown key', () => refuse(suite, { [UNKNOWN_KEY]: 1 }, { [`/${UNKNOWN_KEY}`]: 'unknown' }));
  for (const key of [...(bringsIds(resource) ? [] : ['id']), 'createdAt', 'updatedAt', 'version']) {
    const code = key === 'version' ? 'unknown' : 'readOnly';
    test(titled('create refuses what the server gives', key), () =>
      refuse(suite, { [key]: unknownId(resource) }, { [`/${key}`]: code }),
    );
  }
  for (const { key, values } of resource.fields.filter(({ readOnly }) => readOnly)) {
    test(titled('create refuses the read-only field', key), () =>
      refuse(suite, { [key]: values[0] ?? unknownId(resource) }, { [`/${key}`]: 'readOnly' }),
    );
  }
  for (const { key } of resource.fields.filter(isRequired)) {
    test(titled('create demands', key), () => refuse(suite, {}, { [`/${key}`]: 'required' }, [key]));
  }
  testValues(suite);
  test('create refuses a body that is no object', async () => {
    const answer = await suite.api.send('POST', resource.path, { body: [] });
    assertProblem(answer, 422);
    assert.equal(await suite.fixtures.count(resource), 0);
  });
}

function testValues(suite: Suite): void {
  const { resource, resources } = suite;
  const fields = creatable(resource);
  for (const field of fields.filter(({ optional }) => !optional)) {
    const place = { [`/${field.key}`]: codeOfNull(field) };
    test(titled('create refuses null', field.key), () => refuse(suite, { [field.key]: null }, place));
  }
  for (const { key, invalid, invalidItems = [] } of fields) {
    for (const [value, code, at = ''] of invalid) {
      test(titled(`create refuses by ${code}`, `${key}${at}`), () =>
        refuse(suite, { [key]: value }, { [`/${key}${at}`]: code }),
      );
    }
    for (const [value, code] of invalidItems) {
      test(titled(`create refuses an item by ${code}`, key), () =>
        refuse(suite, { [key]: [value] }, { [`/${key}/0`]: code }),
      );
    }
  }
  for (const field of fields.filter(({ to }) => to !== undefined)) {
    test(titled('create refuses an id of no row', field.key), () =>
      refuse(suite, { [field.key]: unknownId(targetOf(field, resources)) }, { [`/${field.key}`]: 'reference' }),
    );
  }
  for (const field of fields.filter(({ links }) => links !== undefined)) {
    const { key, single } = field;
    const target = targetOf(field, resources);
    test(titled('create refuses each id of no row in', key), () =>
      refuse(suite, { [key]: unknownIds(target).slice(0, single ? 1 : 2) }, unknownPlaces(field)),
    );
    const [twice, code] = single ? ['', 'maxItems'] : ['/1', 'repeated'];
    const [id] = unknownIds(target);
    test(titled('create refuses an id twice in', key), () =>
      refuse(suite, { [key]: [id, anotherSpelling(target, id)] }, { [`/${key}${twice}`]: code }),
    );
  }
  for (const field of fields) {
    const machine = resource.transitions[field.key];
    const others = machine === undefined ? [] : (field.enum ?? []).filter((value) => !machine.initial.includes(value));
    for (const value of others) {
      test(titled('create refuses to start at', `${field.key}=${value}`), () =>
        refuse(suite, { [field.key]: value }, { [`/${field.key}`]: 'enum' }),
      );
    }
  }
}

async function refuse(
  { api, resource, fixtures }: Suite,
  changes: JsonObject,
  places: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): Promise<void> {
  const fields = creatable(resource).filter(({ key }) => !without.includes(key));
  const body = await fixtures.newBody(resource, fields, 0);
  const before = await fixtures.count(resource);
  assertProblem(await api.send('POST', resource.path, { body: { ...body, ...changes } }), 422, places);
  assert.equal(await fixtures.count(resource), before, 'a refused create left a row behind');
}
