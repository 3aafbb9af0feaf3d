import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { NO_HISTORY } from '../../compiler/plan/migration/history.ts';
import type { FileSet, OutputFile } from '../../compiler/emit/file.ts';
import { compileText, sealedHistory } from '../determinism/compile-text.ts';
import { caseOf } from './key-cases.ts';
import { supportedKeys } from './supported-keys.ts';

/** They repeat the spec, so that their change says nothing. */
const REPEATS_THE_SPEC = new Set(['model.json', 'manifest.json']);

test('the walk finds the keys of the language', () => {
  expect(supportedKeys()).toEqual(
    expect.arrayContaining([
      'app.name',
      'api.bodyLimit',
      'entity.table',
      'grant.rows',
      'list.sort',
      'field:decimal.scale',
    ]),
  );
  expect(supportedKeys().length).toBeGreaterThan(200);
});

test.for(supportedKeys())('%s changes the output, or may not be left out', async (key) => {
  const found = caseOf(key);
  if (found === undefined) throw new Error(`no case is written for ${key}`);
  if (found.migrated !== undefined) return expectChange(found.migrated, found.before, found.after ?? '');
  if (found.after === undefined) {
    const { files, diagnostics } = await compile({
      spec: { file: 'app.yaml', text: found.before },
      history: NO_HISTORY,
      ticks: [],
      dependencies: [],
      runtime: [],
    });
    expect(files).toEqual([]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    return;
  }
  const [before, after] = [await compileOnce(found.before), await compileOnce(found.after)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  expect(changed.filter((path) => !REPEATS_THE_SPEC.has(path))).not.toEqual([]);
});

const compiled = new Map<string, ReturnType<typeof compileText>>();

/** Many keys are left out of the same spec. */
function compileOnce(text: string): ReturnType<typeof compileText> {
  const found = compiled.get(text) ?? compileText(text);
  compiled.set(text, found);
  return found;
}

/** Without the key the change is refused, or leads elsewhere. */
async function expectChange(migrated: string, before: string, after: string): Promise<void> {
  const history = sealedHistory(await compileOnce(migrated));
  const request = { history, ticks: [], dependencies: [], runtime: [] };
  const [without, withKey] = await Promise.all(
    [before, after].map((text) => compile({ ...request, spec: { file: 'app.yaml', text } })),
  );
  expect(withKey?.diagnostics).toEqual([]);
  const migrationsOf = (files: FileSet = []): readonly OutputFile[] =>
    files.filter(({ path }) => path.startsWith('migrations/') && path.endsWith('.sql'));
  expect(migrationsOf(withKey?.files).length).toBeGreaterThan(0);
  expect(migrationsOf(withKey?.files)).not.toEqual(migrationsOf(without?.files));
}
