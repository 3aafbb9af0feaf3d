import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareGolden } from '../diagnostics/harness.ts';
import { planSpecs } from './plan-spec.ts';
import { spec } from './plan-spec.ts';

const FOLDER = join(import.meta.dirname, 'cases/files');

const BEFORE = spec({
  Account: 'fields:\n  name: { type: string, unique: true }',
  Lead: `
fields:
  email: { type: email, unique: true }
  status: { type: enum, values: [new, won, lost], default: new, transitions: { new: [won, lost] } }
  score: { type: integer, min: 0, default: 0 }
  account: { type: reference, to: Account, optional: true, onDelete: setNull }
`,
});

const AFTER = BEFORE.replace(
  '      score:',
  '      mood: { type: enum, values: [good, bad], optional: true }\n      owner: { type: reference, to: Account, optional: true }\n      code: { type: string, maxLength: 9, optional: true, unique: true }\n      score:',
);

/** The committed form of the files: a change of one byte here is a change of the format. */
test.each([
  ['first', [BEFORE]],
  ['second', [BEFORE, AFTER]],
])('the files of a migration keep their form: %s', (name, texts) => {
  const { migration, snapshot } = planSpecs(...texts).plan;
  const update = process.env['UPDATE_GOLDEN'] !== undefined;
  if (update) mkdirSync(FOLDER, { recursive: true });
  const problems = [
    ...compareGolden(join(FOLDER, `${name}.sql`), `${migration?.sql.text}`, update),
    ...compareGolden(join(FOLDER, `${name}.json`), `${migration?.json.text}`, update),
    ...compareGolden(join(FOLDER, `${name}.snapshot.json`), snapshot.text, update),
  ];
  expect(problems).toEqual([]);
});
