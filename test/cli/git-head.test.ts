import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listIgnored, readGitHead } from '../../compiler/cli/git-head.ts';
import { readHistory } from '../../compiler/cli/read-history.ts';
import { temporaryFolder, writeTree } from '../output/temporary-folder.ts';

const FIRST = '0001_create_lead_aaaaaaaa';
const SECOND = '0002_add_note_bbbbbbbb';

test('without a repository, or without a commit, every migration is a draft', () => {
  const root = temporaryFolder();
  writeMigration(root, FIRST);
  expect(readGitHead(root, 'migrations')).toEqual({ kind: 'none' });
  git(root, 'init', '-q');
  expect(readGitHead(root, 'migrations')).toEqual({ kind: 'none' });
  expect(sealedIds(root)).toEqual([]);
});

test('a migration in HEAD is sealed, one that is only staged is a draft', () => {
  const root = repository();
  writeMigration(root, FIRST);
  commit(root);
  writeMigration(root, SECOND);
  git(root, 'add', '.');
  expect(sealedIds(root)).toEqual([FIRST]);
  commit(root);
  expect(sealedIds(root)).toEqual([FIRST, SECOND]);
});

test('it works from deep inside a repository, and before the output folder exists', () => {
  const root = repository();
  const backend = join(root, 'apps/lead tracker/bäckend');
  expect(readGitHead(backend, 'migrations')).toMatchObject({ kind: 'read', committed: new Set() });
  writeMigration(backend, FIRST);
  commit(root);
  expect(sealedIds(backend)).toEqual([FIRST]);
  rmSync(join(root, 'apps'), { recursive: true });
  expect(problems(backend)).toEqual([
    ['missing-migration-file', `backend/migrations/${FIRST}.json`],
    ['missing-migration-file', `backend/migrations/${FIRST}.sql`],
  ]);
});

test('a sealed migration that was changed is refused even by force, a missing one is not', () => {
  const root = repository();
  writeMigration(root, FIRST);
  writeMigration(root, SECOND);
  commit(root);
  writeTree(root, { [`migrations/${FIRST}.sql`]: 'changed', 'migrations/snapshot.json': 'changed' });
  rmSync(join(root, `migrations/${SECOND}.json`));
  expect(problems(root)).toEqual([
    ['changed-migration-file', `backend/migrations/${FIRST}.sql`],
    ['missing-migration-file', `backend/migrations/${SECOND}.json`],
  ]);
  expect(readHistory(root, 'backend', true).diagnostics.map(({ name }) => name)).toEqual(['changed-migration-file']);
});

test('a file that git only checks out with other line ends is unchanged', () => {
  const root = repository();
  writeTree(root, { '.gitattributes': '*.sql text eol=crlf\n' });
  writeMigration(root, FIRST);
  commit(root);
  rmSync(join(root, 'migrations'), { recursive: true });
  git(root, 'checkout', '.');
  expect(problems(root)).toEqual([]);
});

test('while a merge is in progress, the migrations of both sides are sealed', () => {
  const root = repository();
  writeTree(root, { 'app.yaml': 'base' });
  commit(root);
  git(root, 'checkout', '-q', '-b', 'theirs');
  writeTree(root, { 'app.yaml': 'theirs' });
  writeMigration(root, FIRST);
  commit(root);
  git(root, 'checkout', '-q', '-');
  writeTree(root, { 'app.yaml': 'mine' });
  writeMigration(root, SECOND);
  commit(root);
  expect(() => git(root, 'merge', '-q', 'theirs')).toThrow();
  expect(sealedIds(root)).toEqual([FIRST, SECOND]);
});

test('a shallow clone knows as much', () => {
  const root = repository();
  writeMigration(root, FIRST);
  commit(root);
  writeMigration(root, SECOND);
  commit(root);
  const clone = join(temporaryFolder(), 'clone');
  git(root, 'clone', '-q', '--depth=1', `file://${root}`, clone);
  expect(sealedIds(clone)).toEqual([FIRST, SECOND]);
});

test('without git on PATH, what lies in a repository counts as sealed, and elsewhere as a draft', () => {
  const [inside, outside] = [repository(), temporaryFolder()];
  for (const root of [inside, outside]) writeMigration(root, FIRST);
  withoutGit(() => {
    expect(sealedIds(inside)).toEqual([FIRST]);
    expect(sealedIds(outside)).toEqual([]);
  });
});

test('a repository that git refuses to read stops everything', () => {
  const root = repository();
  writeMigration(root, FIRST);
  commit(root);
  writeTree(root, { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '[core\n' });
  expect(readHistory(root, 'backend', true).diagnostics).toMatchObject([
    { name: 'git-unusable', message: expect.stringContaining('bad config line 1') },
  ]);
});

test('a seal file ends a draft where there is no git', () => {
  const root = temporaryFolder();
  writeMigration(root, FIRST);
  writeMigration(root, SECOND);
  writeTree(root, { [`migrations/${FIRST}.seal`]: '' });
  expect(sealedIds(root)).toEqual([FIRST]);
  expect(readHistory(root, 'backend', false).sealed.map(({ path }) => path)).toEqual([
    `migrations/${FIRST}.json`,
    `migrations/${FIRST}.seal`,
    `migrations/${FIRST}.sql`,
  ]);
});

test('ignored paths are told from others', () => {
  const root = repository();
  writeTree(root, { '.gitignore': 'runtime/\n' });
  expect(listIgnored(root, ['runtime/a b.ts', 'app/a.ts'])).toEqual(new Set(['runtime/a b.ts']));
  expect(listIgnored(join(root, 'absent'), ['runtime/a.ts'])).toEqual(new Set());
});

function sealedIds(root: string): readonly string[] {
  const { history, diagnostics } = readHistory(root, 'backend', false);
  expect(diagnostics).toEqual([]);
  return history.migrations.filter(({ sealed }) => sealed).map(({ id }) => id);
}

function problems(root: string): readonly (readonly string[])[] {
  return readHistory(root, 'backend', false).diagnostics.map(({ name, file }) => [name, file]);
}

function writeMigration(root: string, id: string): void {
  writeTree(root, { [`migrations/${id}.sql`]: `select '${id}';\n`, [`migrations/${id}.json`]: '{}\n' });
}

function repository(): string {
  const root = temporaryFolder();
  git(root, 'init', '-q');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'first');
  return root;
}

function commit(root: string): void {
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'next');
}

function git(cwd: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' });
}

function withoutGit(work: () => void): void {
  const path = process.env['PATH'];
  const empty = join(temporaryFolder(), 'bin');
  mkdirSync(empty);
  process.env['PATH'] = empty;
  try {
    work();
  } finally {
    process.env['PATH'] = path;
  }
}
