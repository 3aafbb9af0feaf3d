import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCatalogue } from '../../compiler/diagnostics/catalogue.ts';
import { renderText } from '../../compiler/diagnostics/render/render-text.ts';
import { compareGolden } from '../diagnostics/harness.ts';
import { HISTORY_CODES } from './history-codes.ts';
import { planSpec, planSpecs } from './plan-spec.ts';

/** A case is `<CODE>-<name>` with the migrated spec, the edited one, and what is said of the edit. */
const FOLDER = join(import.meta.dirname, 'cases/refusals');
const cases = readdirSync(FOLDER).toSorted();

/** Reported by the model, with a case in test/model. */
const OF_THE_MODEL = 'SC4001';

function read(name: string, file: string): string {
  return readFileSync(join(FOLDER, name, file), 'utf8');
}

test.each(cases)('%s is refused at its line', (name) => {
  const text = read(name, 'app.yaml');
  const plan = planSpec(text, planSpecs(read(name, 'before.yaml')).history);
  expect(plan.migration).toBeUndefined();
  expect(new Set(plan.diagnostics.map(({ code }) => code))).toEqual(new Set([name.slice(0, 6)]));
  const said = renderText(plan.diagnostics, new Map([['app.yaml', text]]));
  expect(compareGolden(join(FOLDER, name, 'expected.txt'), said, process.env['UPDATE_GOLDEN'] !== undefined)).toEqual(
    [],
  );
});

test('every code of a migration has a case', () => {
  const covered = new Set([...cases.map((name) => name.slice(0, 6)), ...HISTORY_CODES]);
  const codes = listCatalogue().map(({ code }) => code);
  expect(codes.filter((code) => /^SC4[0-2]/.test(code) && code !== OF_THE_MODEL && !covered.has(code))).toEqual([]);
  expect(cases.every((name) => existsSync(join(FOLDER, name, 'before.yaml')))).toBe(true);
});
