import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../compiler/analyze.ts';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { renderJson } from '../../compiler/diagnostics/render/render-json.ts';
import { renderText } from '../../compiler/diagnostics/render/render-text.ts';

/**
 * A case is a directory `<CODE>-<name>` with `app.yaml` and what the compiler says of it:
 * `expected.txt` as people read it, `expected.json` as tools do. `npm run golden` rewrites both.
 */
export function listCases(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => existsSync(join(import.meta.dirname, name, 'app.yaml')))
    .toSorted();
}

/** What is wrong with a spec, from its text to its meaning. */
export function diagnose(text: string): readonly Diagnostic[] {
  return analyze(text, 'app.yaml').diagnostics;
}

/** Runs one case; returns what differs from its goldens. */
export async function runCase(name: string): Promise<readonly string[]> {
  const folder = join(import.meta.dirname, name);
  const text = readFileSync(join(folder, 'app.yaml'), 'utf8');
  const diagnostics = diagnose(text);
  const update = process.env['UPDATE_GOLDEN'] !== undefined;
  return [
    ...compareGolden(join(folder, 'expected.txt'), renderText(diagnostics, new Map([['app.yaml', text]])), update),
    ...compareGolden(join(folder, 'expected.json'), renderJson(diagnostics), update),
  ];
}

/** Compares with a committed file, or writes it. */
export function compareGolden(file: string, actual: string, update: boolean): readonly string[] {
  if (update) {
    writeFileSync(file, actual);
    return [];
  }
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return expected === actual ? [] : [`${file} differs; it would be:\n${actual}`];
}

/** Codes of a spec's own problems (`SC1`, `SC2`, `SC3`) for which no case is named. */
export function findUncovered(
  entries: readonly { readonly code: string }[],
  cases: readonly string[],
): readonly string[] {
  const covered = new Set(cases.map((name) => name.slice(0, 6)));
  return entries
    .map(({ code }) => code)
    .filter((code) => /^SC[123]/.test(code) && !COVERED_ELSEWHERE.has(code) && !covered.has(code));
}

/** Its input is a megabyte, which a test makes instead of a file. */
const COVERED_ELSEWHERE: ReadonlySet<string> = new Set(['SC1002']);
