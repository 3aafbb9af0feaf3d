import assert from 'node:assert/strict';
import { test } from './test.ts';
import { assertProblem } from './assert-answer.ts';
import { fitToChecks } from './fit-row.ts';
import { changeable, codeOfNull, type JsonObject } from './resource-case.ts';
import { breaksCheck } from './row-checks.ts';
import { wholeRow } from './seeded-row.ts';
import { titled, UNKNOWN_KEY, type Suite } from './suite.ts';
import { targetOf, unknownId, unknownIds, unknownPlaces } from './row-ids.ts';
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
    const { key, optional, invalid, to, links, single } = field;
    const place = { [`/${key}`]: codeOfNull(field) };
    if (!optional) test(titled('update refuses null', key), () => refuse(suite, { [key]: null }, place));
    for (const [value, code, at = ''] of invalid) {
      test(titled(`update refuses by ${code}`, `${key}${at}`), () =>
        refuse(suite, { [key]: value }, { [`/${key}${at}`]: code }),
      );
    }
    if (to !== undefined) {
      test(titled('update refuses an id of no row', key), () =>
        refuseLink(suite, { [key]: unknownId(targetOf(field, suite.resources)) }, { [`/${key}`]: 'reference' }),
      );
    }
    if (links !== undefined) {
      const unknown = unknownIds(targetOf(field, suite.resources)).slice(0, single ? 1 : 2);
      test(titled('update refuses each id of no row in', key), () =>
        refuseLink(suite, { [key]: unknown }, unknownPlaces(field)),
      );
    }
  }
}

/** Of a row that is checked before its links are looked up: other fields are as its checks ask for. */
async function refuseLink(suite: Suite, links: JsonObject, places: Readonly<Record<string, string>>): Promise<void> {
  const { resource, fixtures } = suite;
  const row = { ...wholeRow(await fixtures.row(resource, 0)), ...links };
  const open = changeable(resource).filter(
    ({ key }) => !Object.hasOwn(links, key) && !Object.hasOwn(resource.transitions, key),
  );
  const fitted = breaksCheck(resource, row) ? fitToChecks(resource, row, open, 0) : row;
  const changed = open.filter(({ key }) => JSON.stringify(fitted[key]) !== JSON.stringify(row[key]));
  await refuse(
    suite,
    { ...links, ...Object.fromEntries(changed.map(({ key }) => [key, fitted[key] ?? null])) },
    places,
  );
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
