import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateEvent } from '../../runtime/migrations/migration.ts';
import { migrationStatus, missingMigrations } from '../../runtime/migrations/status.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { handWritten } from './hand-written.ts';

const step = (...sql: readonly string[]): string =>
  sql.map((text, index) => `-- step ${index + 1}\n\n${text}\n`).join('\n');

const BASE = handWritten('0001_base_00000000', undefined, step('create table public.t (id integer)'));
const THEIRS = handWritten('0002_theirs_00000000', BASE, step('alter table public.t add theirs integer'));
const MINE_SQL = step('alter table public.t add mine integer', 'alter table public.t alter mine set not null');
const MINE = handWritten('0002_mine_00000000', BASE, MINE_SQL);
const REBASED = handWritten('0003_mine_11111111', THEIRS, MINE_SQL, { replaces: [MINE.id] });
const TWICE = handWritten('0003_mine_22222222', THEIRS, MINE_SQL, { replaces: ['0003_mine_11111111', MINE.id] });

describeEachDatabase((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
  });
  beforeEach(() => opened.reset());
  afterAll(() => opened.close());

  test('a database that ran it before the rebase is given what it lacks, and nothing twice', async () => {
    await migrate(opened.database, [BASE, MINE]);
    const after = [BASE, THEIRS, REBASED];
    expect(await missingMigrations(opened.database, after)).toEqual([THEIRS.id]);
    expect(await migrationStatus(opened.database, after)).toEqual({
      applied: [BASE.id, REBASED.id],
      pending: [THEIRS.id],
    });
    const events: MigrateEvent[] = [];
    expect(await migrate(opened.database, after, { onEvent: (event) => events.push(event) })).toEqual({
      applied: [THEIRS.id],
    });
    expect(events.at(-1)).toEqual({ kind: 'adopted', id: REBASED.id, replaces: MINE.id });
    expect(await migrate(opened.database, after)).toEqual({ applied: [] });
    expect(await migrate(opened.database, [BASE, THEIRS, TWICE])).toEqual({ applied: [] });
    expect(await missingMigrations(opened.database, [BASE, THEIRS, TWICE])).toEqual([]);
  });

  test('one that ran nothing of it runs the new one', async () => {
    await migrate(opened.database, [BASE, THEIRS]);
    expect(await migrate(opened.database, [BASE, THEIRS, REBASED])).toEqual({ applied: [REBASED.id] });
  });

  test('one that stopped half-way through the old one has to finish that first', async () => {
    await opened.database.session((session) =>
      session.script('create table public.t (id integer); insert into public.t values (1)'),
    );
    await expect(migrate(opened.database, [{ ...BASE, sql: step('select 1') }, MINE])).rejects.toMatchObject({
      step: 2,
    });
    const after = [{ ...BASE, sql: step('select 1') }, THEIRS, REBASED];
    await expect(migrate(opened.database, after)).rejects.toMatchObject({ reason: 'half-replaced', id: REBASED.id });
  });
});
