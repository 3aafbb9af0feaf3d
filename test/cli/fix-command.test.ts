import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixSpec } from '../../compiler/cli/fix-spec.ts';
import { applyFixes } from '../../compiler/diagnostics/apply-fixes.ts';
import type { Fix } from '../../compiler/diagnostics/diagnostic.ts';
import { readTree } from '../output/temporary-folder.ts';
import { BAD_SPEC, GOOD_SPEC, folderWith, runCommand, spawnCommand } from './run-command.ts';

/** Two mistakes on one line, one on another, and a layout that nobody's formatter would choose. */
const MESSY = `# the greenhouse
supercompile: 1
name: greenhouse   # kept
auth: { provider: none }

entities:
    Plant:
        fields:
            name:   { type: varchar, maxlength: 80 }  # both wrong
        access:
            everyone: { roles: [anonymous], allow: [create, read], rows: all }
`;
const MENDED = MESSY.replace('varchar', 'string').replace('maxlength', 'maxLength');

describe('supercompile fix', () => {
  test('mends what has a certain fix, and keeps comments, layout and mode', async () => {
    const cwd = folderWith({ 'app.yaml': MESSY });
    chmodSync(join(cwd, 'app.yaml'), 0o640);
    const run = await runCommand({ cwd }, 'fix');
    expect(run).toEqual({
      status: 0,
      stdout: 'app.yaml:9:29 SC2104 write "string"\napp.yaml:9:38 SC2101 write "maxLength"\n',
      stderr: 'app.yaml: fixed 2, nothing left\n',
    });
    expect(readTree(cwd)).toEqual({ 'app.yaml': MENDED });
    expect(statSync(join(cwd, 'app.yaml')).mode & 0o777).toBe(0o640);
    expect(await runCommand({ cwd }, 'fix')).toMatchObject({ status: 0, stdout: '' });
  });

  test('what nobody can be certain of is left, told at its new place, and gives exit 1', async () => {
    const cwd = folderWith({ 'app.yaml': MESSY.replace('80', '-1') });
    const run = await runCommand({ cwd }, 'fix');
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^app\.yaml:9:48 error SC2\d+ /);
    expect(run.stdout).toContain('write "maxLength"\n');
    expect(run.stderr).toBe('app.yaml: fixed 2, 1 error left\n');
  });

  test('--check and --dry-run write nothing and show the difference', async () => {
    const cwd = folderWith({ 'app.yaml': BAD_SPEC });
    for (const flag of ['--check', '--dry-run']) {
      const run = await runCommand({ cwd }, 'fix', flag);
      expect(run.status).toBe(0);
      expect(run.stdout).toMatch(/^--- a\/app\.yaml\n\+\+\+ b\/app\.yaml\n@@ /);
      expect(run.stdout).toContain(
        '\n-      name: { type: varchar, maxLength: 80 }\n+      name: { type: string, maxLength: 80 }\n',
      );
      expect(run.stderr).toBe('app.yaml: would fix 1, nothing left\n');
    }
    expect(readTree(cwd)).toEqual({ 'app.yaml': BAD_SPEC });
  });

  test('standard input goes to standard output, and problems to standard error', () => {
    const cwd = folderWith({});
    expect(spawnCommand({ cwd, input: BAD_SPEC }, 'fix', '-')).toMatchObject({ status: 0, stdout: GOOD_SPEC });
    const run = spawnCommand({ cwd, input: BAD_SPEC.replace('80', '-1') }, 'fix', '-');
    expect(run).toMatchObject({ status: 1, stdout: GOOD_SPEC.replace('80', '-1') });
    expect(run.stderr).toMatch(/^stdin:7:\d+ error SC2/);
  });

  test('json tells what was fixed and what is left', async () => {
    const cwd = folderWith({ 'app.yaml': MESSY });
    const run = await runCommand({ cwd }, 'fix', '--format', 'json');
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      diagnostics: [],
      fixed: [{ code: 'SC2104' }, { code: 'SC2101' }],
      text: MENDED,
    });
  });

  test('a link stays a link, a byte order mark and the line endings of Windows stay', async () => {
    const windows = `\uFEFF${MESSY.replaceAll('\n', '\r\n')}`;
    const cwd = folderWith({ 'real/app.yaml': windows });
    symlinkSync('real/app.yaml', join(cwd, 'app.yaml'));
    expect((await runCommand({ cwd }, 'fix')).status).toBe(0);
    expect(lstatSync(join(cwd, 'app.yaml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'real/app.yaml'), 'utf8')).toBe(`\uFEFF${MENDED.replaceAll('\n', '\r\n')}`);
  });

  test('a spec that cannot be written is named, and nothing is left behind', async () => {
    const name = 'x'.repeat(250);
    const long = folderWith({ [name]: BAD_SPEC });
    expect(await runCommand({ cwd: long }, 'fix', name)).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/SC6107 .* the system says ENAMETOOLONG/),
    });
    expect(readTree(long)).toEqual({ [name]: BAD_SPEC });
  });
});

describe('fixes', () => {
  test('that touch one another wait for another round, and none is carried out by half', () => {
    const at = (column: number, endColumn: number, text: string): Fix['edits'][number] => ({
      line: 1,
      column,
      endLine: 1,
      endColumn,
      text,
    });
    const first: Fix = { description: 'first', edits: [at(1, 4, 'ONE'), at(9, 14, 'THREE')] };
    const second: Fix = { description: 'second', edits: [at(5, 8, 'TWO'), at(12, 14, '!')] };
    const third: Fix = { description: 'third', edits: [at(5, 8, 'zwei')] };
    expect(applyFixes('one two three\n', [first, second, third])).toEqual({
      text: 'ONE zwei THREE\n',
      applied: [first, third],
    });
  });

  test('uncover further mistakes, which are mended in turn', () => {
    const { text, fixed, diagnostics } = fixSpec(MENDED.replace('type: string', 'tpye:varchar'), 'app.yaml');
    expect(diagnostics).toEqual([]);
    expect(text).toBe(MENDED);
    expect(fixed.length).toBeGreaterThan(1);
  });
});
