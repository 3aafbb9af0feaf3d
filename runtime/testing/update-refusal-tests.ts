import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem } from './assert-answer.ts';
import { changeable, codeOfNull, type JsonObject } from './resource-case.ts';
import { titled, UNKNOWN_ID, UNKNOWN_KEY, type Suite } from './suite.ts';
import { anyValue } from './update-tests.ts';

/** What a patch refuses, and where the answer says the mistake is. */
export function testUpdateRefusals(suite: Suite): void {
  const { resource } = suite;
  const fields = changeable(resource);
  test('update refuses an unknown key', () => refuse(suite, { [UNKNOWN_KEY]: 1 }, { [`/${UNKNOWN_KEY}`]: 'unknown' }));
  for (const field of resource.fields.filter((candidate) => !fields.includes(candidate))) {
    const place = { [`/${field.key}`]: field.readOnly ? 'readOnly' : 'immutable' };
    test(titled('update refuses', field.key), () => refuse(suite, { [field.key]: anyValue(field) }, place));
  }
  for (const field of fields) {
    const { key, optional, invalid, to, links } = field;
    const place = { [`/${key}`]: codeOfNull(field) };
    if (!optional) test(titled('update refuses null', key), () => refuse(suite, { [key]: null }, place));
    for (const [value, code, at = ''] of invalid) {
      test(titled(`update refuses by ${code}`, `${key}${at}`), () =>
        refuse(suite, { [key]: value }, { [`/${key}${at}`]: code }),
      );
    }
    if (to !== undefined) {
      test(titled('update refuses an id of no row', key), () =>
        refuse(suite, { [key]: UNKNOWN_ID }, { [`/${key}`]: 'reference' }),
      );
    }
    if (links !== undefined) {
      test(titled('update refuses an id of no row in', key), () =>
        refuse(suite, { [key]: [UNKNOWN_ID] }, { [`/${key}/0`]: 'reference' }),
      );
    }
  }
}

async function refuse(
  { api, resource, fixtures }: Suite,
  body: JsonObject,
  places: Readonly<Record<string, string>>,
): Promise<void> {
  const row = await fixtures.row(resource, 0);
  assertProblem(await api.send('PATCH', `${resource.path}/${row.id}`, { body }), 422, places);
  assert.deepEqual(await fixtures.differences(resource, row.id, row.values), [], 'a refused patch changed the row');
}
