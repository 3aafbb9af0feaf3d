import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../output/temporary-folder.ts';
import { BAD_SPEC, GOOD_SPEC, folderWith, runCommand } from './run-command.ts';

test('supercompile alone compiles ./app.yaml into ./backend', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  const run = await runCommand({ cwd });
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toMatch(/^compiled app\.yaml into backend: \d+ files, \d+ written\nnew migration 0001_\w+\n$/);
  expect(await runCommand({ cwd }, '--check')).toMatchObject({ status: 0, stdout: '' });
});

test('what a new migration does to running code and to rows is told where it is written', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd });
  await runCommand({ cwd }, 'migrate', 'seal');
  const renamed = GOOD_SPEC.replace(/^ {2}(\w+):\n/m, '  Renamed:\n    was: $1\n');
  writeTree(cwd, { 'app.yaml': renamed });
  const { stderr } = await runCommand({ cwd });
  expect(stderr).toMatch(/\nnew migration 0002_\w+:\n {2}BREAKS_RUNNING_CODE: \w+\n/);
  expect((await runCommand({ cwd })).stderr).not.toContain('new migration');
});

test('the output goes beside the spec, or where it is told', async () => {
  const cwd = folderWith({ 'apps/one.yaml': GOOD_SPEC });
  expect((await runCommand({ cwd }, 'build', 'apps/one.yaml')).status).toBe(0);
  expect((await runCommand({ cwd }, 'build', 'apps/one.yaml', '--out', 'elsewhere')).status).toBe(0);
  const tree = Object.keys(readTree(cwd));
  expect(tree).toContain('apps/backend/manifest.json');
  expect(tree).toContain('elsewhere/manifest.json');
});

test('json is one document on standard output, whatever happens', async () => {
  const cwd = folderWith({ 'app.yaml': BAD_SPEC, 'good.yaml': GOOD_SPEC });
  const runs = [
    ['build'],
    ['check', 'absent.yaml'],
    ['build', 'good.yaml'],
    ['explain', 'SC9999'],
    ['migrate', 'seal'],
  ];
  for (const args of runs) {
    const run = await runCommand({ cwd }, ...args, '--format', 'json');
    const document: unknown = JSON.parse(run.stdout);
    expect(document, args.join(' ')).toMatchObject({ ok: run.status === 0, diagnostics: expect.any(Array) });
  }
});

test('drift and hand edits give exit 3, with a diff or the path', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd }, 'build');
  writeTree(cwd, { 'backend/package.json': '{}\n' });
  const check = await runCommand({ cwd }, 'build', '--check');
  expect(check.status).toBe(3);
  expect(check.stdout).toContain('--- a/package.json\n+++ b/package.json\n');
  const build = await runCommand({ cwd }, 'build');
  expect(build.status).toBe(3);
  expect(build.stdout).toContain('backend/package.json');
  expect((await runCommand({ cwd }, 'build', '--force')).status).toBe(0);
  expect((await runCommand({ cwd }, 'build', '--check')).status).toBe(0);
});

test('migrate seal ends the drafts, so that the next change becomes the next migration', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd }, 'build');
  const sealed = await runCommand({ cwd }, 'migrate', 'seal');
  expect(sealed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0001_\w+\n$/) });
  expect(await runCommand({ cwd }, 'migrate', 'seal')).toMatchObject({ status: 0, stdout: '' });
  expect(await runCommand({ cwd }, 'build', '--check')).toMatchObject({ status: 0 });
  writeTree(cwd, {
    'app.yaml': GOOD_SPEC.replace('    access:', '      note: { type: text, optional: true }\n    access:'),
  });
  expect((await runCommand({ cwd }, 'build')).status).toBe(0);
  const migrations = Object.keys(readTree(join(cwd, 'backend/migrations'))).filter((name) =>
    /^\d+_[a-z_]+_[0-9a-f]+\.sql$/.test(name),
  );
  expect(migrations.toSorted()).toEqual([expect.stringMatching(/^0001_/), expect.stringMatching(/^0002_/)]);
});

test('migrate without migrations says what to do', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'backend'));
  expect(await runCommand({ cwd }, 'migrate', 'seal')).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(/SC6106 .*run build/),
  });
});

test('migrate up and status work on the embedded database, drafts included', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  const env = { APP_ENV: 'production', DATABASE_URL: '', MIGRATION_DATABASE_URL: '' };
  await runCommand({ cwd }, 'build');
  expect((await runCommand({ cwd, env }, 'migrate', 'status')).stdout).toMatch(/^pending {2}draft {2}0001_\w+\n$/);
  expect(readTree(join(cwd, 'backend'))).not.toHaveProperty('.data/lock');
  expect(await runCommand({ cwd, env }, 'migrate', 'up')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^0001_\w+\n$/),
  });
  const status = await runCommand({ cwd, env }, 'migrate', 'status', '--format', 'json');
  expect(JSON.parse(status.stdout)).toMatchObject({ ok: true, migrations: [{ state: 'applied', sealed: false }] });
});

test('a draft goes to no real database, and one that is not there is told from a wrong address', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd }, 'build');
  const run = async (url: string, appEnv: string): Promise<readonly unknown[]> => {
    const env = { APP_ENV: appEnv, DATABASE_URL: url, MIGRATION_DATABASE_URL: '' };
    const { status, stdout } = await runCommand({ cwd, env }, 'migrate', 'up');
    return [status, /SC\d+/.exec(stdout)?.[0]];
  };
  expect(await run('postgres://nobody@127.0.0.1:1/none', 'production')).toEqual([4, 'SC4901']);
  expect(await run('postgres://nobody@127.0.0.1:1/none', 'test')).toEqual([69, 'SC6201']);
  expect(await run('localhost', 'test')).toEqual([78, 'SC6003']);
});
