import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { buildProject } from '../../compiler/cli/build-project.ts';
import type { CommandResult } from '../../compiler/cli/command-result.ts';
import { migrateBaseline } from '../../compiler/cli/migrate-baseline.ts';
import { migrateDown } from '../../compiler/cli/migrate-down.ts';
import { migrateDrift } from '../../compiler/cli/migrate-drift.ts';
import { migrateSeal } from '../../compiler/cli/migrate-seal.ts';
import { migrateStatus } from '../../compiler/cli/migrate-status.ts';
import { migrateUp } from '../../compiler/cli/migrate-up.ts';
import { migrateVerify } from '../../compiler/cli/migrate-verify.ts';
import { compile } from '../../compiler/compile.ts';
import { exitCodeOf } from '../../compiler/cli/exit-code.ts';
import { describeOldestPostgres } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { temporaryFolder, writeTree } from '../output/temporary-folder.ts';
import { GOOD_SPEC } from './run-command.ts';

const quiet = (): void => undefined;
const folder = mkdtempSync(join(tmpdir(), 'supercompile-verbs-'));
const backend = join(folder, 'backend');
let sql: string;

beforeAll(async () => {
  const spec = { file: 'app.yaml', text: GOOD_SPEC };
  await buildProject({ spec, root: backend, check: false, force: false, compile });
  const [name = ''] = readdirSync(join(backend, 'migrations')).filter((file) => file.endsWith('.sql'));
  sql = readFileSync(join(backend, 'migrations', name), 'utf8');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = ({ diagnostics }: CommandResult): readonly string[] =>
  diagnostics.map(({ code, message }) => `${code} ${message.split('";')[0]?.split('":')[0]}`);

describeOldestPostgres((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    vi.stubEnv('MIGRATION_DATABASE_URL', opened.url);
  });
  beforeEach(() => opened.reset());
  afterAll(async () => {
    vi.unstubAllEnvs();
    await opened.close();
  });

  const run = (text: string): Promise<void> => opened.database.session((session) => session.script(text));

  test('tables that are what the migrations make are taken over, without running any', async () => {
    await run(`create table theirs (id int); ${sql}`);
    const result = await migrateBaseline(backend, quiet);
    expect(result).toMatchObject({
      diagnostics: [],
      data: { recorded: [expect.stringMatching(/^0001_/)], forgotten: [] },
    });
    expect((await migrateUp(backend, quiet)).data).toEqual({ applied: [] });
    expect((await migrateBaseline(backend, quiet)).summary).toBe('there is nothing to record');
    expect(await migrateDrift(backend)).toMatchObject({ diagnostics: [], data: { differences: [] } });
  });

  test('tables that differ are refused, each difference by its name, and nothing is recorded', async () => {
    await run(
      `${sql}; alter table plants add extra int, alter name type text; drop trigger plants_row_version on plants`,
    );
    const result = await migrateBaseline(backend, quiet);
    expect(lines(result)).toEqual([
      'SC4905 "column plants.extra is not part of the migrations',
      'SC4905 "column plants.name: type is text, not character varying(80)',
      'SC4905 "trigger plants.plants_row_version is missing',
    ]);
    expect(exitCodeOf(result.diagnostics)).toBe(4);
    expect((await migrateStatus(backend)).text).toMatch(/^pending/);
    expect(await migrateDrift(backend)).toMatchObject({
      diagnostics: [{ code: 'SC4902', message: expect.stringContaining('migrate baseline') }],
    });
  });

  test('tables without a ledger are for baseline, and a table that is no ledger is said to be none', async () => {
    await run(sql);
    expect((await migrateUp(backend, quiet)).diagnostics).toMatchObject([
      {
        code: 'SC4903',
        message: expect.stringMatching(/42\w+ \(other\), which is there already.*run migrate baseline/),
      },
    ]);
    await opened.reset();
    await run('create table supercompile_migrations (name text)');
    expect((await migrateUp(backend, quiet)).diagnostics).toMatchObject([
      { code: 'SC4902', message: expect.stringMatching(/"supercompile_migrations".*no ledger.*migrate baseline/) },
    ]);
  });

  test('a step that stops is told with its field and the rows in its way, and how far the migration is', async () => {
    const head = 'migration:\n  allow: [check field Plant.height, change field Plant.name]\nentities:';
    const [before, after] = [
      GOOD_SPEC.replace('80 }', '80 }\n      height: { type: integer }'),
      GOOD_SPEC.replace('80 }', '20 }\n      height: { type: integer, min: 3 }').replace('entities:', head),
    ];
    const other = join(folder, 'other');
    for (const text of [before, after]) {
      await buildProject({ spec: { file: 'app.yaml', text }, root: other, check: false, force: false, compile });
      await migrateSeal(other);
      if (text === before) await migrateUp(other, quiet);
    }
    await run("insert into plants (name, height) values ('a name that is far too long', 2)");
    expect((await migrateUp(other, quiet)).diagnostics).toMatchObject([
      {
        code: 'SC4903',
        message: expect.stringMatching(
          /at plants\.name \(count (?!.*plants_height_min).*select count\(\*\) from public\.plants/,
        ),
      },
    ]);
    await run("update plants set name = 'short'");
    expect((await migrateUp(other, quiet)).diagnostics).toMatchObject([
      { code: 'SC4903', message: expect.stringMatching(/at plants_height_min \(count .*height >= 3/) },
    ]);
    const { text, summary } = await migrateStatus(other);
    expect(text).toMatch(/^partial +sealed 0002_/m);
    expect(summary).toMatch(/1 applied, 1 pending; 0002_\w+ has done 1 of 2 steps: run migrate up to go on, or /);
    const down = await migrateDown(other, quiet);
    expect(down).toMatchObject({ diagnostics: [], summary: 'took back 1' });
    expect((await migrateStatus(other)).summary).toBe('1 applied, 1 pending');
    expect((await migrateDrift(other)).diagnostics).toEqual([]);
  });

  test('a ledger of another branch is mended where the tables are what the migrations make', async () => {
    await migrateUp(backend, quiet);
    await run("update supercompile_migrations set id = '0001_other_00000000'");
    expect(lines(await migrateUp(backend, quiet))[0]).toContain('SC4902');
    expect((await migrateBaseline(backend, quiet)).data).toMatchObject({ forgotten: ['0001_other_00000000'] });
    expect((await migrateUp(backend, quiet)).data).toEqual({ applied: [] });
  });

  test('drift is told by its names, of what the migrations own alone', async () => {
    await migrateUp(backend, quiet);
    await run('create table theirs (id int); create index by_hand on plants (name); alter table plants add extra int');
    const result = await migrateDrift(backend);
    expect(lines(result)).toEqual([
      'SC5101 "column plants.extra is not part of the migrations',
      'SC5101 "index plants.by_hand is not part of the migrations',
    ]);
    expect(exitCodeOf(result.diagnostics)).toBe(3);
  });

  test('verify compares every file with its hash, its name and what the database ran', async () => {
    await migrateUp(backend, quiet);
    expect(await migrateVerify(backend)).toMatchObject({ diagnostics: [], data: { migrations: [{ ledger: 'same' }] } });
    expect((await migrateDown(backend, quiet)).diagnostics).toMatchObject([
      {
        code: 'SC4911',
        message: expect.stringMatching(/^"0001_\w+" cannot be taken back: (?!0001|.*cannot be taken back)/),
      },
    ]);
    await run("update supercompile_migrations set sha256 = 'other'");
    expect(await migrateVerify(backend)).toMatchObject({
      diagnostics: [
        { code: 'SC4902', message: expect.stringMatching(/SHA-256 is [0-9a-f]{64}, the database has other/) },
      ],
    });
  });
});

test('a snapshot that is lost or changed is noticed without a database, and a build makes it again', async () => {
  const path = join(backend, 'migrations/snapshot.json');
  const kept = readFileSync(path, 'utf8');
  vi.stubEnv('DATA_DIR', join(temporaryFolder(), 'data'));
  try {
    for (const damage of [() => rmSync(path), () => writeTree(backend, { 'migrations/snapshot.json': '{' })]) {
      damage();
      expect(lines(await migrateVerify(backend))).toEqual([
        'SC5011 "migrations/snapshot.json" is not what the migrations fold to; run build to write it again.',
      ]);
      await buildProject({
        spec: { file: 'app.yaml', text: GOOD_SPEC },
        root: backend,
        check: false,
        force: true,
        compile,
      });
      expect(readFileSync(path, 'utf8')).toBe(kept);
      expect((await migrateVerify(backend)).diagnostics).toEqual([]);
    }
  } finally {
    vi.unstubAllEnvs();
  }
});
