import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileText } from './compile-text.ts';

test.for(['aarhus-zoo', 'field-station', 'lending-library'])(
  'the order of entities in %s changes no byte',
  async (name) => {
    const text = readFileSync(`test/specs/${name}/app.yaml`, 'utf8');
    const [one, other] = [await compileText(text), await compileText(reverseEntities(text))];
    expect([...other]).toEqual([...one]);
  },
);

test("the order of fields within an entity is the author's", async () => {
  const spec = (fields: string): string =>
    `supercompile: 1\nname: order\nauth: { provider: none }\nentities:\n  A:\n    fields:\n${fields}    access:\n      all: { roles: [anonymous], allow: [create, read], rows: all }\n`;
  const files = await compileText(spec('      zebra: { type: date }\n      aarhus: { type: date }\n'));
  const [zebra = -1, aarhus = -1] = ['zebra', 'aarhus'].map((name) =>
    files.get('app/database.ts')?.indexOf(`${name}:`),
  );
  expect(zebra).toBeGreaterThan(0);
  expect(aarhus).toBeGreaterThan(zebra);
});

/** `entities` is the last key of these specs. */
function reverseEntities(text: string): string {
  const [head = '', body = ''] = text.split(/(?<=^entities:\n)/m);
  return (
    head +
    `${body}\n`
      .split(/(?<=\n)(?=  [A-Z])/)
      .toReversed()
      .join('')
  );
}
