import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCatalogue } from '../../compiler/diagnostics/catalogue.ts';
import { renderText } from '../../compiler/diagnostics/render/render-text.ts';
import { analyze } from '../../compiler/analyze.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import { planMigration } from '../../compiler/plan/migration/plan-migration.ts';
import { compareGolden } from '../diagnostics/harness.ts';
import { HISTORY_CODES } from './history-codes.ts';
import { planSpecs } from './plan-spec.ts';

/** A case is `<CODE>-<name>` with the migrated spec, the edited one, and what is said of the edit. */
const FOLDER = join(import.meta.dirname, 'cases/refusals');
const cases = readdirSync(FOLDER).toSorted();

/** Reported by the model, with a case in test/model. */
const OF_THE_MODEL = 'SC4001';

function read(name: string, file: string): string {
  return readFileSync(join(FOLDER, name, file), 'utf8');
}

/** What is said of a spec by itself, else of its change. */
function diagnose(text: string, history: History): readonly Diagnostic[] {
  const { app, document, diagnostics } = analyze(text, 'app.yaml');
  return app === undefined ? diagnostics : planMigration({ app, document, history }).diagnostics;
}

test.each(cases)('%s is refused at its line', (name) => {
  const text = read(name, 'app.yaml');
  const diagnostics = diagnose(text, planSpecs(read(name, 'before.yaml')).history);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set([name.slice(0, 6)]));
  const said = renderText(diagnostics, new Map([['app.yaml', text]]));
  expect(compareGolden(join(FOLDER, name, 'expected.txt'), said, process.env['UPDATE_GOLDEN'] !== undefined)).toEqual(
    [],
  );
});

test('every code of a migration has a case', () => {
  const covered = new Set([...cases.map((name) => name.slice(0, 6)), ...HISTORY_CODES]);
  const codes = listCatalogue().map(({ code }) => code);
  expect(codes.filter((code) => /^SC4[0-3]/.test(code) && code !== OF_THE_MODEL && !covered.has(code))).toEqual([]);
  expect(cases.every((name) => existsSync(join(FOLDER, name, 'before.yaml')))).toBe(true);
});
