import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../compiler/spec/spec-limits.ts';
import { readTree, temporaryFolder } from '../output/temporary-folder.ts';
import { BAD_SPEC, COMMAND, GOOD_SPEC, folderWith, runCommand, spawnCommand } from './run-command.ts';

test('a wrong spec gives exit 1, a located message with its code frame, and no output folder', async () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  const run = await runCommand({ cwd }, 'build');
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^app\.yaml:7:21 error SC2104 /);
  expect(run.stdout).toContain('^^^^^^^');
  expect(run.stderr).toBe('1 error; nothing was written\n');
  expect(Object.keys(readTree(cwd))).toEqual(['app.yaml']);
});

test('check reads a file or standard input', async () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  expect((await runCommand({ cwd }, 'check')).stdout).toMatch(/^app\.yaml:7:21 /);
  expect(spawnCommand({ cwd, input: BAD_SPEC }, 'check', '-')).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^stdin:7:21 /),
  });
  expect(spawnCommand({ cwd, input: GOOD_SPEC }, 'check', '-')).toMatchObject({ status: 0, stdout: '' });
});

test('sarif and github are printed too', async () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  expect((await runCommand({ cwd }, 'check', '--format', 'github')).stdout).toMatch(/^::error file=app\.yaml,line=7/);
  expect(JSON.parse((await runCommand({ cwd }, 'check', '--format', 'sarif')).stdout)).toMatchObject({
    version: '2.1.0',
  });
});

test('what cannot be a spec gives one clear message', async () => {
  const cwd = folderWith({ 'latin1.yaml': '', 'folder/file': '' });
  symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['absent.yaml', 2, /SC6101 "absent\.yaml" does not exist/],
    ['folder', 2, /SC6102 "folder" cannot be read: it is a folder/],
    ['folder/file/app.yaml', 2, /SC6101/],
    ['/dev/null', 2, /SC6102 .* it is no ordinary file/],
    ['loop.yaml', 2, /SC6102 .* its links form a loop/],
    ['x'.repeat(300), 2, /SC6102 .* the name is too long/],
  ];
  for (const [name, status, message] of cases) {
    for (const verb of ['build', 'check']) {
      const run = await runCommand({ cwd }, verb, name);
      expect(run.status, name).toBe(status);
      expect(run.stdout).toMatch(message);
    }
  }
});

test('bytes that are not UTF-8 are refused where they stand', () => {
  const input = Buffer.concat([Buffer.from('# déjà\nname: \xC3', 'utf8'), Buffer.from([0x78, 0xff, 0x0a])]);
  const run = spawnCommand({ cwd: temporaryFolder(), input }, 'check', '-');
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^stdin:2:9 error SC6103 /);
});

test.each([
  ['of many megabytes is refused unread', 4 * MAX_TEXT_LENGTH, 'SC6102'],
  ['that is read is refused by the same limit', MAX_TEXT_LENGTH + 1, 'SC1002'],
])('a spec %s', async (_, length, code) => {
  const cwd = folderWith({ 'app.yaml': ' '.repeat(length) });
  expect((await runCommand({ cwd }, 'check')).stdout).toMatch(new RegExp(`${code} .* more than 1,048,576 characters`));
});

test('wrong usage gives exit 2 and a hint on standard error', async () => {
  const cwd = temporaryFolder();
  const usages = [
    ['biuld'],
    ['build', '--nope'],
    ['check', 'a', 'b'],
    ['check', '--format', 'xml'],
    ['migrate'],
    ['migrate', 'sideways'],
  ];
  for (const args of usages) {
    const run = await runCommand({ cwd }, ...args);
    expect(run.status, args.join(' ')).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).not.toBe('');
  }
  expect((await runCommand({ cwd }, 'biuld')).stderr).toContain('Did you mean build?');
  expect(await runCommand({ cwd }, '--help')).toMatchObject({ status: 0, stderr: '' });
});

test('explain lists every code, and explains one by code or name', async () => {
  const cwd = temporaryFolder();
  expect((await runCommand({ cwd }, 'explain')).stdout).toMatch(/^SC5001 {2}edited-output$/m);
  const byCode = await runCommand({ cwd }, 'explain', 'sc5001');
  expect(byCode.stdout).toContain('--force');
  expect((await runCommand({ cwd }, 'explain', 'edited-output')).stdout).toBe(byCode.stdout);
  expect(await runCommand({ cwd }, 'explain', 'SC9999')).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('SC6105'),
  });
});

test('no colour without a terminal', async () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  for (const env of [{}, { FORCE_COLOR: '1' }, { NO_COLOR: '1' }]) {
    const { stdout, stderr } = await runCommand({ cwd, env }, 'check');
    expect(stdout + stderr).not.toContain('\u001B');
  }
});

test('a terminal gets colours unless NO_COLOR says otherwise', () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  const onTerminal = (env: NodeJS.ProcessEnv): string =>
    spawnSync('script', ['-qec', `"${process.execPath}" "${COMMAND}" check`, '/dev/null'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm', ...env },
    }).stdout;
  expect(onTerminal({ NO_COLOR: '' })).toContain('\u001B[');
  expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001B[');
});

test('a reader that goes away is no error', () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC });
  const line = `"${process.execPath}" "${COMMAND}" explain --format json; echo "exit $?" >&2`;
  const run = spawnSync('bash', ['-c', `{ ${line}; } | head -c 1`], { cwd, encoding: 'utf8' });
  expect(run.stderr).toBe('exit 0\n');
});

test('a bug of the compiler says so, without a stack unless asked, and exits 70', () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  // Nothing in the compiler is known to throw; so the language itself is broken for it.
  const sabotage = `data:text/javascript,Array.prototype.toSorted = () => { throw new Error('broken') }`;
  const NODE_OPTIONS = `--import="${sabotage}"`;
  const run = spawnCommand({ cwd, env: { NODE_OPTIONS } }, 'check', '--format', 'json');
  expect(run.status).toBe(70);
  expect(run.stderr).toMatch(/^supercompile: this is a bug of the compiler, not of your spec: broken\n/);
  expect(run.stderr).not.toContain('    at ');
  expect(JSON.parse(run.stdout)).toEqual({ ok: false, diagnostics: [], bug: 'broken' });
  const debugged = spawnCommand({ cwd, env: { NODE_OPTIONS, SUPERCOMPILE_DEBUG: '1' } }, 'check');
  expect(debugged.stderr).toContain('    at ');
});
