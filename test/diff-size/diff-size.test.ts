import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileText, sealedHistory } from '../determinism/compile-text.ts';
import { countChanges, describeChanges, totalLines, type FileChange } from './count-changes.ts';

/** Most lines that one more optional field may change. */
const MOST_LINES = 14;
/** Most lines that one more entity may add to an existing file beside `database.ts` and the docs. */
const MOST_ADDED = 4;

const FIELDS = {
  string: '{ type: string, optional: true, maxLength: 20 }',
  text: '{ type: text, optional: true, description: "Anything | at all" }',
  integer: '{ type: integer, optional: true, min: 1, max: 10 }',
  bigint: '{ type: bigint, optional: true }',
  decimal: '{ type: decimal, precision: 5, scale: 2, optional: true, max: "10" }',
  number: '{ type: number, optional: true }',
  boolean: '{ type: boolean, optional: true }',
  date: '{ type: date, optional: true }',
  time: '{ type: time, optional: true }',
  datetime: '{ type: datetime, optional: true, readOnly: true }',
  timeZone: '{ type: timeZone, optional: true }',
  uuid: '{ type: uuid, optional: true }',
  json: '{ type: json, optional: true }',
  email: '{ type: email, optional: true }',
  phone: '{ type: phone, optional: true, immutable: true }',
  url: '{ type: url, optional: true, writeOnly: true }',
} as const;

interface Place {
  readonly spec: string;
  readonly entity: string;
  /** Folder of the entity. */
  readonly folder: string;
  /** The field before which the new one stands; the last line of the fields for the end. */
  readonly before: string;
}

const LEADS = 'examples/lead-tracker/app.yaml';
const PLACES: readonly Place[] = [
  { spec: LEADS, entity: 'Lead', folder: 'lead', before: '      name: { type: string, maxLength: 120 }' },
  { spec: LEADS, entity: 'Lead', folder: 'lead', before: '      score:' },
  { spec: LEADS, entity: 'Lead', folder: 'lead', before: '    list:\n      filter: [status' },
  { spec: LEADS, entity: 'LeadNote', folder: 'lead-note', before: '    indexes:\n      byDay' },
  {
    spec: 'test/specs/field-station/app.yaml',
    entity: 'Specimen',
    folder: 'specimen',
    before: '      genome: { type: bigint, min',
  },
  { spec: 'test/specs/field-station/app.yaml', entity: 'Mailbox', folder: 'mailbox', before: '      mood: ' },
  { spec: 'test/specs/one-field/app.yaml', entity: 'A', folder: 'a', before: '      b: ' },
];

for (const { spec, entity, folder, before } of PLACES) {
  test(`one more optional field of ${entity} before "${before.trim().split('\n')[0]}" changes few lines`, async () => {
    const text = readFileSync(spec, 'utf8');
    const base = await compileText(text);
    for (const [type, field] of Object.entries(FIELDS)) {
      const changes = await changesOf(text, base, insertBefore(text, before, `      addedField: ${field}\n`));
      expect(totalLines(changes), `${type}\n${describeChanges(changes)}`).toBeLessThanOrEqual(MOST_LINES);
      expect(totalLines(changes), type).toBeGreaterThan(0);
      expect(changes.map(({ path }) => path).filter((path) => !isOwn(path, folder))).toEqual([]);
    }
  });
}

test('one more optional link changes few lines', async () => {
  const text = readFileSync(LEADS, 'utf8');
  const base = await compileText(text);
  const field = '      addedField: { type: reference, to: Account, optional: true, onDelete: setNull }\n';
  const changes = await changesOf(text, base, insertBefore(text, '      notes:', field));
  expect(totalLines(changes), describeChanges(changes)).toBeLessThanOrEqual(MOST_LINES);
  expect(changes.map(({ path }) => path).filter((path) => !isOwn(path, 'lead'))).toEqual([]);
});

test('one more optional enum changes few lines beside its values, which are listed twice', async () => {
  const text = readFileSync(LEADS, 'utf8');
  const base = await compileText(text);
  const field = '      addedField: { type: enum, values: [a, b], optional: true }\n';
  const changes = await changesOf(text, base, insertBefore(text, '      notes:', field));
  const lists = 2 * (2 + 1);
  expect(totalLines(changes), describeChanges(changes)).toBeLessThanOrEqual(MOST_LINES + lists);
  expect(changes.map(({ path }) => path).filter((path) => !isOwn(path, 'lead'))).toEqual([]);
});

test.for([LEADS, 'test/specs/field-station/app.yaml', 'test/specs/aarhus-zoo/app.yaml'])(
  'one more entity only adds lines to the files of %s',
  async (spec) => {
    const text = readFileSync(spec, 'utf8');
    const base = await compileText(text);
    for (const name of ['AAA', 'Zz']) {
      const entity = `  ${name}:\n    fields:\n      label: { type: string }\n      on: { type: date, optional: true }\n    access:\n      all: { roles: [anonymous], allow: [create, read, update, delete], rows: all }\n`;
      const changes = (await changesOf(text, base, `${text.trimEnd()}\n${entity}`)).filter(({ path }) =>
        base.has(path),
      );
      expect(changes.flatMap(({ path, removed }) => removed.map((line) => `${path}: ${line}`))).toEqual([]);
      const code = changes.filter(({ path }) => path !== 'app/database.ts' && !isDocument(path));
      expect(
        code.filter(({ added }) => added.length > MOST_ADDED),
        describeChanges(code),
      ).toEqual([]);
    }
  },
);

async function changesOf(
  text: string,
  base: ReadonlyMap<string, string>,
  changed: string,
): Promise<readonly FileChange[]> {
  expect(changed).not.toBe(text);
  return countChanges(base, await compileText(changed, sealedHistory(base)));
}

function insertBefore(text: string, marker: string, line: string): string {
  const at = text.indexOf(marker);
  return at < 0 ? text : text.slice(0, at) + line + text.slice(at);
}

function isOwn(path: string, folder: string): boolean {
  return (
    path.startsWith(`app/crud/${folder}/`) ||
    path === `test/crud/${folder}.ts` ||
    path === 'app/database.ts' ||
    isDocument(path)
  );
}

function isDocument(path: string): boolean {
  return path.startsWith('app/docs/') || path === 'backend_overview.md';
}
