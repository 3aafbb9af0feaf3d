import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProject } from '../../compiler/cli/build-project.ts';
import type { BuildOutcome } from '../../compiler/cli/build-project.ts';
import { exitCodeOf } from '../../compiler/cli/exit-code.ts';
import { parseTicks } from '../../compiler/cli/read-ticks.ts';
import type { CompileRequest, CompileResult } from '../../compiler/compile.ts';
import { createFileSet } from '../../compiler/emit/file.ts';
import { sha256 } from '../../compiler/output/manifest.ts';
import { readTree, temporaryFolder, writeTree } from '../output/temporary-folder.ts';
import { GOOD_SPEC, folderWith, runCommand, spawnCommand } from './run-command.ts';

interface Flags {
  readonly check?: boolean;
  readonly force?: boolean;
}

test('a build writes everything, and a second one nothing', async () => {
  const root = newRoot();
  const first = await build(root, 'Lead');
  expect(first.written).toContain('manifest.json');
  expect(Object.keys(readTree(root)).toSorted()).toEqual(first.written);
  expect(await build(root, 'Lead')).toMatchObject({ written: [], deleted: [], diagnostics: [] });
});

test('a changed spec replaces its draft and removes what is stale', async () => {
  const root = newRoot();
  await build(root, 'Lead Order');
  const outcome = await build(root, 'Lead');
  expect(outcome.deleted).toEqual([`migrations/${draftId('Lead Order')}.sql`, 'app/crud/Order/routes.ts'].toSorted());
  expect(listMigrations(root)).toEqual([`${draftId('Lead')}.sql`]);
});

test('everything but history and custom code can be deleted, and comes back byte for byte', async () => {
  const root = newRoot();
  await build(root, 'Lead');
  writeTree(root, { 'custom/hooks.ts': 'mine' });
  const before = readTree(root);
  for (const name of ['app', 'runtime', 'manifest.json']) rmSync(join(root, name), { recursive: true });
  expect(exitCodeOf((await build(root, 'Lead')).diagnostics)).toBe(0);
  expect(readTree(root)).toEqual(before);
});

test('a file edited by hand stops the build with its path and exit code 3, and nothing is written', async () => {
  const root = newRoot();
  await build(root, 'Lead');
  writeTree(root, { 'app/crud/Lead/routes.ts': 'mine' });
  const before = readTree(root);
  const refused = await build(root, 'Lead Order');
  expect(refused.diagnostics).toMatchObject([
    { code: 'SC5001', file: expect.stringMatching(/app\/crud\/Lead\/routes\.ts$/) },
  ]);
  expect(refused.diagnostics[0]?.message).toMatch(/custom\/.*--force/);
  expect(exitCodeOf(refused.diagnostics)).toBe(3);
  expect(readTree(root)).toEqual(before);
  expect((await build(root, 'Lead Order', { force: true })).diagnostics).toEqual([]);
  expect(readTree(root)['app/crud/Lead/routes.ts']).toBe('routes of Lead');
});

test('custom code survives every build', async () => {
  const root = newRoot();
  await build(root, 'Lead');
  writeTree(root, { 'custom/hooks.ts': 'mine', 'custom/other.ts': 'mine' });
  await build(root, 'Lead Order', { force: true });
  expect(readTree(root)).toMatchObject({ 'custom/hooks.ts': 'mine', 'custom/other.ts': 'mine' });
});

test('a folder where a file belongs, and a draft of unknown origin, are refused', async () => {
  const root = newRoot();
  writeTree(root, { 'app/app.ts/x': '', 'migrations/0001_theirs_12345678.sql': 'select 1;\n' });
  expect((await build(root, 'Lead')).diagnostics.map(({ code }) => code)).toEqual(['SC5004', 'SC5006']);
});

test('a folder of somebody else is not written into', async () => {
  const root = newRoot();
  writeTree(root, { 'manifest.json': '{"name":"My PWA"}', 'app/app.ts': 'theirs' });
  const before = readTree(root);
  const refused = await build(root, 'Lead');
  expect(refused.diagnostics.map(({ name, file }) => [name, file.replace(/^.*backend\//, '')])).toEqual([
    ['unlisted-output', 'app/app.ts'],
    ['unlisted-output', 'manifest.json'],
  ]);
  expect(readTree(root)).toEqual(before);
});

test('a link inside the output is never written through, but the output itself may be one', async () => {
  const outside = temporaryFolder();
  const root = newRoot();
  mkdirSync(root);
  symlinkSync(outside, join(root, 'app'));
  expect((await build(root, 'Lead', { force: true })).diagnostics.map(({ name }) => name)).toContain('linked-output');
  expect(readTree(outside)).toEqual({});
  const link = join(temporaryFolder(), 'backend');
  symlinkSync(outside, link);
  expect((await build(link, 'Lead')).diagnostics).toEqual([]);
  expect(Object.keys(readTree(outside))).toContain('app/app.ts');
});

test('a second build of the same output is told to wait', async () => {
  const root = newRoot();
  const compileSlowly = async (request: CompileRequest): Promise<CompileResult> => {
    // In a process of its own: within one, a lock that is ours counts as left behind.
    const second = spawnCommand({ cwd: folderWith({ 'app.yaml': GOOD_SPEC }) }, 'build', '--out', root);
    expect(second).toMatchObject({ status: 3, stdout: expect.stringMatching(/SC5009 .*held by another build/) });
    return compileWords(request);
  };
  const spec = { file: 'app.yaml', text: 'Lead' };
  const outcome = await buildProject({ spec, root, check: false, force: false, compile: compileSlowly });
  expect(outcome.diagnostics).toEqual([]);
});

test('ticks that are no map are refused at their line', async () => {
  const root = newRoot();
  for (const text of ['- database: done\n', 'a: [1]\n', 'a: b: c\n']) {
    writeTree(root, { 'custom/todos.yaml': text });
    expect((await build(root, 'Lead')).diagnostics).toMatchObject([{ code: 'SC6104', line: 1 }]);
  }
  writeTree(root, { 'custom/todos.yaml': '# nothing yet\n' });
  expect((await build(root, 'Lead')).diagnostics).toEqual([]);
  expect(parseTicks('a: 2024-01-02\nb:\nc: "x: y"\n', 'todos.yaml').ticks).toMatchObject([
    { id: 'a', note: '2024-01-02', span: { line: 1 } },
    { id: 'b', note: '', span: { line: 2 } },
    { id: 'c', note: 'x: y', span: { line: 3 } },
  ]);
});

test('a tick that names no item of the checklist is a warning at its line', async () => {
  const folder = folderWith({
    'app.yaml': GOOD_SPEC,
    'backend/custom/todos.yaml': 'database.backups: nightly\nentity.Nothing: done\n',
  });
  const { status, stdout } = await runCommand({ cwd: folder }, 'build');
  expect(status).toBe(0);
  expect(stdout).toMatch(/todos\.yaml:2:1 .*SC5010/);
  expect(stdout).not.toMatch(/todos\.yaml:1:/);
});

test('errors of the spec leave the output alone', async () => {
  const root = newRoot();
  const refused = await build(root, 'broken');
  expect(refused.diagnostics).toHaveLength(1);
  expect(readTree(join(root, '..'))).toEqual({});
});

test('a crash of the compiler leaves no lock behind', async () => {
  const root = newRoot();
  await expect(build(root, 'crash')).rejects.toThrow('a bug');
  expect(readTree(join(root, '..'))).toEqual({});
});

test('an output that cannot be written is the machine’s fault and not the spec’s', async () => {
  const root = join(temporaryFolder(), 'file', 'backend');
  writeTree(join(root, '../..'), { file: '' });
  const { diagnostics } = await build(root, 'Lead');
  expect(diagnostics).toMatchObject([{ code: 'SC6002', message: expect.stringContaining('a file stands in the way') }]);
  expect(exitCodeOf(diagnostics)).toBe(78);

  symlinkSync('nowhere', join(root, '../../dangling'));
  const behind = await build(join(root, '../../dangling/backend'), 'Lead');
  expect(behind.diagnostics).toMatchObject([{ code: 'SC6002', message: expect.stringContaining('stands in the way') }]);

  const { diagnostics: denied } = await build('/proc/supercompile/backend', 'Lead');
  expect(denied).toMatchObject([{ code: 'SC6002', message: expect.stringContaining('no folder can be made there') }]);
});

test('line ends of Windows and a byte order mark make no other output', async () => {
  const root = newRoot();
  await build(root, 'Lead\n');
  expect(await build(root, '\uFEFFLead\r\n', { check: true })).toMatchObject({ diagnostics: [], diff: '' });
});

test('a checkout with the line ends of Windows is no edit by hand, drafts included', async () => {
  const root = newRoot();
  await build(root, 'Lead Order');
  for (const [path, text] of Object.entries(readTree(root)))
    writeTree(root, { [path]: text?.replaceAll('\n', '\r\n') ?? '' });
  expect(await build(root, 'Lead Order', { check: true })).toMatchObject({ diagnostics: [] });
  expect(exitCodeOf((await build(root, 'Lead')).diagnostics)).toBe(0);
  expect(listMigrations(root)).toEqual([`${draftId('Lead')}.sql`]);
  writeTree(root, { 'app/crud/Lead/routes.ts': 'mine\r\n' });
  expect((await build(root, 'Order')).diagnostics).toMatchObject([{ code: 'SC5001' }]);
});

test('check compares, writes nothing, and shows a diff that git can apply', async () => {
  const root = newRoot();
  await build(root, 'Lead Order');
  writeTree(root, { 'app/app.ts': 'edited\n' });
  rmSync(join(root, 'app/crud/Lead'), { recursive: true });
  const before = readTree(root);
  const drift = await build(root, 'Lead', { check: true });
  expect(exitCodeOf(drift.diagnostics)).toBe(3);
  expect(drift.diagnostics.every(({ code }) => code === 'SC5008')).toBe(true);
  expect(readTree(root)).toEqual(before);
  execFileSync('git', ['apply', '-'], { cwd: root, input: drift.diff });
  expect(await build(root, 'Lead', { check: true })).toMatchObject({ diagnostics: [], diff: '' });
});

test('check counts an absent file that git ignores as no drift', async () => {
  const root = newRoot();
  await build(root, 'Lead');
  rmSync(join(root, 'runtime'), { recursive: true });
  expect((await build(root, 'Lead', { check: true })).diagnostics).not.toEqual([]);
  execFileSync('git', ['init', '-q'], { cwd: root });
  writeTree(root, { '.gitignore': 'runtime/\n' });
  expect((await build(root, 'Lead', { check: true })).diagnostics).toEqual([]);
});

test('a sealed migration stays, is listed, and its loss stops the build', async () => {
  const root = newRoot();
  await build(root, 'Lead');
  const [draft = ''] = listMigrations(root);
  writeTree(root, { [`migrations/${draft.replace('.sql', '.seal')}`]: '' });
  expect((await build(root, 'Lead Order')).deleted).toEqual([]);
  expect(listMigrations(root)).toEqual(
    [draft, draft.replace('.sql', '.seal'), `${draftId('Lead Order')}.sql`].toSorted(),
  );
  expect(readTree(root)['manifest.json']).toContain(draft);
  rmSync(join(root, 'migrations', draft));
  const refused = await build(root, 'Lead Order');
  expect(refused.diagnostics.map(({ name }) => name)).toEqual(['missing-migration-file']);
});

/** A stand-in for the compiler's middle: a word of the spec is an entity, and there is always one draft. */
async function compileWords({ spec, runtime }: CompileRequest): Promise<CompileResult> {
  if (spec.text === 'crash') throw new Error('a bug');
  if (spec.text === 'broken') return { files: [], diagnostics: [BROKEN] };
  const words = spec.text.trim().split(' ');
  const compiled = [
    { path: 'app/app.ts', text: `entities: ${words.join(' ')}\n` },
    ...words.map((name) => ({ path: `app/crud/${name}/routes.ts`, text: `routes of ${name}` })),
  ].map((file) => ({ ...file, owner: 'compiler' }) as const);
  return {
    diagnostics: [],
    files: createFileSet([
      ...compiled,
      ...runtime.slice(0, 3),
      { path: 'custom/hooks.ts', text: 'scaffold', owner: 'scaffold' },
      { path: `migrations/${draftId(words.join(' '))}.sql`, text: words.join(' '), owner: 'history' },
    ]),
  };
}

const BROKEN = {
  code: 'SC2101',
  name: 'unknown-key',
  severity: 'error',
  file: 'app.yaml',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  path: '',
  message: 'broken',
  related: [],
} as const;

function draftId(text: string): string {
  return `0001_create_${sha256(text).slice(0, 8)}`;
}

function build(root: string, text: string, { check = false, force = false }: Flags = {}): Promise<BuildOutcome> {
  return buildProject({ spec: { file: 'app.yaml', text }, root, check, force, compile: compileWords });
}

function newRoot(): string {
  return join(temporaryFolder(), 'backend');
}

function listMigrations(root: string): readonly string[] {
  return Object.keys(readTree(root))
    .filter((path) => path.startsWith('migrations/'))
    .map((path) => path.slice('migrations/'.length))
    .toSorted();
}
