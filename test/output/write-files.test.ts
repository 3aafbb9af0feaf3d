import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { FileSet, OutputFile } from '../../compiler/emit/file.ts';
import { OutputBusy, withOutputLock } from '../../compiler/output/disk/output-lock.ts';
import { listMigrations, readOutput } from '../../compiler/output/disk/read-output.ts';
import { writeFiles } from '../../compiler/output/disk/write-files.ts';
import { DiskDied, mortalDisk, type MortalDisk } from './mortal-disk.ts';
import { runSecondBuild } from './second-build.ts';
import { readTree, temporaryFolder, writeTree } from './temporary-folder.ts';
import { NEW_FILES, OLD_FILES, manifestOf } from './two-builds.ts';

const OLD_TREE = treeOf(OLD_FILES);
const NEW_TREE = treeOf(NEW_FILES);

test('a build that dies before any step leaves the old files, or the new ones once the next build has begun', async () => {
  const steps = await countSteps();
  expect(steps).toBeGreaterThan(20);
  const outcomes = [];
  for (let step = 1; step <= steps; step += 1) {
    const root = oldOutput();
    await dieAt(step, root);
    outcomes.push(await outcomeOfNextLock(root, `died at step ${step}`));
  }
  // Old until the journal stands, new from then on.
  expect(outcomes).toEqual(outcomes.toSorted());
  expect(new Set(outcomes)).toEqual(new Set([0, 1]));
});

test('a process that is killed leaves no more than a disk that dies', async () => {
  const steps = await countSteps();
  const outcomes = [];
  for (const step of [2, Math.floor(steps / 2), steps - 2]) {
    const root = oldOutput();
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'dying-build.ts'), root, String(step)]);
    expect(run.signal).toBe('SIGKILL');
    outcomes.push(await outcomeOfNextLock(root, `killed at step ${step}`));
  }
  expect(outcomes).toEqual(outcomes.toSorted());
});

test('whatever a power cut takes of a build is made good by the next one', async () => {
  const steps = await countSteps();
  let emptied = 0;
  for (let step = 1; step <= steps; step += 1) {
    const root = oldOutput();
    const { losePower } = await dieAt(step, root);
    losePower();
    emptied += Object.values(readTree(root)).includes('') ? 1 : 0;
    await runSecondBuild(root);
    expect(readTree(root), `power cut at step ${step}`).toEqual(NEW_TREE);
  }
  expect(emptied).toBeGreaterThan(10);
});

test('a whole build removes what is stale, with the folders that it leaves empty', async () => {
  const root = oldOutput();
  await runSecondBuild(root);
  expect(readTree(root)).toEqual(NEW_TREE);
});

test('an edit made between a crash and the next build is kept', async () => {
  const steps = await countSteps();
  for (let step = 1; step <= steps; step += 1) {
    const root = oldOutput();
    await dieAt(step, root);
    writeTree(root, { 'app/app.ts': 'mine' });
    await withOutputLock(root, async () => undefined);
    expect(readTree(root)['app/app.ts'], `died at step ${step}`).toBe('mine');
  }
});

test('of two builds of one folder, the second is told who holds it', async () => {
  const root = temporaryFolder();
  const sleeper = spawnSync('sh', ['-c', 'sleep 20 > /dev/null 2>&1 & echo $!'], { encoding: 'utf8' });
  const holder = Number(sleeper.stdout);
  writeTree(root, { '.supercompile/owner': String(holder) });
  try {
    await expect(withOutputLock(root, async () => undefined)).rejects.toThrow(OutputBusy);
  } finally {
    process.kill(holder);
  }
});

test('a lock whose owner is dead is taken over', async () => {
  const root = temporaryFolder();
  const dead = spawnSync('true').pid;
  writeTree(root, { '.supercompile/owner': String(dead), '.supercompile/new-0': 'half a file' });
  await expect(withOutputLock(root, async () => 'done')).resolves.toBe('done');
  expect(readTree(root)).toEqual({});
});

test('nothing is left behind when a build has nothing to write', async () => {
  const root = join(temporaryFolder(), 'backend');
  await withOutputLock(root, async () => undefined);
  expect(readTree(join(root, '..'))).toEqual({});
});

test('a step that fails undoes the others, and leaves nothing behind', async () => {
  // A name too long for any file system: only the move into place finds out.
  const long: OutputFile = { path: `${'x'.repeat(300)}.ts`, text: '', owner: 'compiler' };
  for (const position of [0, 2, NEW_FILES.length]) {
    const root = oldOutput();
    const paths = [...NEW_FILES, ...OLD_FILES].map((file) => file.path);
    const writes = NEW_FILES.toSpliced(position, 0, long);
    const work = async (): Promise<void> =>
      writeFiles(root, { writes, deletes: ['app/crud/account/routes.ts'], refusals: [] }, readOutput(root, paths));
    await expect(withOutputLock(root, work)).rejects.toThrow('ENAMETOOLONG');
    expect(readTree(root)).toEqual(OLD_TREE);
  }
});

test('links, folders and files in the way are seen as what they are', () => {
  const root = temporaryFolder();
  const outside = mkdtempSync(join(root, 'outside-'));
  writeTree(root, { 'backend/file.ts': 'x', 'outside.ts': 'y' });
  const backend = join(root, 'backend');
  symlinkSync(outside, join(backend, 'linked'));
  symlinkSync(join(root, 'outside.ts'), join(backend, 'link.ts'));
  symlinkSync('nowhere', join(backend, 'broken.ts'));
  mkdirSync(join(backend, 'folder.ts'));
  const paths = ['linked/a.ts', 'link.ts', 'broken.ts', 'folder.ts', 'file.ts/a.ts', 'absent.ts', 'absent/a.ts'];
  expect([...readOutput(backend, paths)].map(([path, entry]) => [path, entry.kind])).toEqual([
    ['linked/a.ts', 'symlink'],
    ['link.ts', 'symlink'],
    ['broken.ts', 'symlink'],
    ['folder.ts', 'not-a-file'],
    ['file.ts/a.ts', 'not-a-file'],
  ]);
});

test('migrations are found by their names alone', () => {
  const root = temporaryFolder();
  const names = [
    '0002_b_12345678.sql',
    '0001_a_12345678.json',
    '0001_a_12345678.down.sql',
    'snapshot.json',
    'README.md',
  ];
  writeTree(root, Object.fromEntries(names.map((name) => [`migrations/${name}`, ''])));
  expect(listMigrations(root)).toEqual([
    'migrations/0001_a_12345678.down.sql',
    'migrations/0001_a_12345678.json',
    'migrations/0002_b_12345678.sql',
  ]);
  expect(listMigrations(join(root, 'absent'))).toEqual([]);
});

function oldOutput(): string {
  const root = join(temporaryFolder(), 'backend');
  writeTree(root, Object.fromEntries([...OLD_FILES, manifestOf(OLD_FILES)].map(({ path, text }) => [path, text])));
  return root;
}

function treeOf(files: FileSet): Readonly<Record<string, string>> {
  const all = [...files, manifestOf(files)].map(({ path, text }) => [path, text] as const);
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function countSteps(): Promise<number> {
  const { disk, steps } = mortalDisk(0);
  await runSecondBuild(oldOutput(), disk);
  return steps();
}

async function dieAt(step: number, root: string): Promise<MortalDisk> {
  const mortal = mortalDisk(step);
  await expect(runSecondBuild(root, mortal.disk)).rejects.toThrow(DiskDied);
  return mortal;
}

/** 0: the old files, 1: the new ones. */
async function outcomeOfNextLock(root: string, story: string): Promise<number> {
  await withOutputLock(root, async () => undefined);
  const tree = readTree(root);
  const outcome = [OLD_TREE, NEW_TREE].findIndex((whole) => isDeepStrictEqual(tree, whole));
  expect(outcome, `${story}: ${JSON.stringify(tree)}`).not.toBe(-1);
  return outcome;
}
