import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { buildProject, type BuildOutcome } from '../../compiler/cli/build-project.ts';
import { compile } from '../../compiler/compile.ts';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { readTree, writeTree } from '../output/temporary-folder.ts';
import { GOOD_SPEC, folderWith, spawnCommand } from './run-command.ts';

const FAULT = { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'seeded-fault.js')).href}` };
const BEFORE = GOOD_SPEC.replace('access:', '  note: { type: string, optional: true }\n    access:');
const AFTER = `${GOOD_SPEC}migration:\n  allow: [drop field Plant.note]\n`;

/** A project whose first migration is sealed, and whose spec asks for the next. */
async function project(): Promise<string> {
  const cwd = folderWith({ 'app.yaml': BEFORE });
  const { written } = await build(cwd);
  const first = written.find((path) => /^migrations\/0001_.*\.sql$/.test(path)) ?? '';
  writeTree(join(cwd, 'backend'), { [first.replace(/sql$/, 'seal')]: 'sealed\n' });
  writeTree(cwd, { 'app.yaml': AFTER });
  return cwd;
}

function build(cwd: string): Promise<BuildOutcome> {
  const spec = { file: 'app.yaml', text: readTree(cwd)['app.yaml'] ?? '' };
  const flags = { check: false, force: false };
  return buildProject({ spec, root: join(cwd, 'backend'), ...flags, compile, prove: proveOnEmbedded });
}

test('a plan that does not do what it claims is a bug of the compiler: exit 70, and nothing is written', async () => {
  const cwd = await project();
  const before = readTree(cwd);
  const wrong = spawnCommand({ cwd, env: FAULT }, 'build');
  expect(wrong.status).toBe(70);
  expect(wrong.stderr).toMatch(/0002_\w+ is not what it claims, and nothing was written: .*note/);
  expect(readTree(cwd)).toEqual(before);

  // Without the proof it is written, and the manifest keeps that it was not proven until it is.
  expect(spawnCommand({ cwd, env: FAULT }, 'build', '--no-verify').status).toBe(0);
  const draft = Object.keys(readTree(cwd)).find((path) => /0002_.*sql$/.test(path)) ?? '';
  const unproven = { unproven: { [basename(draft, '.sql')]: true } };
  expect(readManifest(cwd)).toMatchObject(unproven);
  expect((await build(cwd)).diagnostics).toEqual([]);
  expect(readTree(cwd)[draft]).toContain('drop column note');
  expect(readManifest(cwd)).not.toHaveProperty('unproven');
});

function readManifest(cwd: string): unknown {
  return JSON.parse(readTree(join(cwd, 'backend'))['manifest.json'] ?? '');
}
