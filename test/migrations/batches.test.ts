import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { MigrationFailed } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateEvent } from '../../runtime/migrations/migration.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { describeEachDatabase, describeEachPostgres } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { handWritten } from './hand-written.ts';

const ROWS = 95;
const TABLE = handWritten(
  '0001_table_00000000',
  undefined,
  `-- step 1\n\ncreate table public.words (id integer primary key, word text, upper text);\ninsert into public.words select n, 'w' || n from generate_series(1, ${ROWS}) n;\n`,
);
const BATCHES = handWritten(
  '0002_batches_00000000',
  TABLE,
  `-- step 1 batched=10 lock_timeout=1s

update public.words set upper = upper(word)
where id in (select id from public.words where upper is null and word is not null limit 10);

-- step 2

alter table public.words alter upper set not null;
`,
);
const ALL = [TABLE, BATCHES];

describeEachDatabase((version) => {
  let opened: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    database = opened.database;
  });
  beforeEach(async () => {
    await opened.reset();
    await migrate(database, [TABLE]);
  });
  afterAll(() => opened.close());

  const rows = async (text: string): Promise<readonly (readonly (string | null)[])[]> =>
    (await database.query({ text, values: [] })).rows;

  test('a batched step is repeated until it changes nothing, each time in a transaction of its own', async () => {
    const events: MigrateEvent[] = [];
    await migrate(database, ALL, { onEvent: (event) => events.push(event) });
    expect(await rows('select count(*), count(distinct upper), count(distinct xmin::text) from words')).toEqual([
      [`${ROWS}`, `${ROWS}`, '10'],
    ]);
    expect(events.filter((event) => event.kind === 'rows').at(-1)).toMatchObject({ step: 1, rows: ROWS });
    expect(await rows('select step, rows from supercompile_migrations order by id')).toEqual([
      ['1', '0'],
      ['2', '0'],
    ]);
  });

  test('what was changed before a failure stays, is counted, and is not changed again', async () => {
    await rows(
      "create function stop() returns trigger language plpgsql as 'begin if new.id = 35 then raise exception $$no$$; end if; return new; end'",
    );
    await rows('create trigger stop before update on words for each row execute function stop()');
    await expect(migrate(database, ALL, { unmanaged: ['words.stop'] })).rejects.toThrow(MigrationFailed);
    const [[done = ''] = []] = await rows('select count(upper) from words');
    expect(Number(done) % 10).toBe(0);
    expect((await migrationStatus(database, ALL)).partial).toEqual({
      id: BATCHES.id,
      finishedSteps: 0,
      steps: 2,
      rows: Number(done),
    });
    await rows('drop trigger stop on words');
    await rows('create table seen as select id from words where upper is not null');
    await rows(
      "create function mark() returns trigger language plpgsql as 'begin insert into public.seen values (new.id); return new; end'",
    );
    await rows('create trigger mark before update on words for each row execute function mark()');
    const events: MigrateEvent[] = [];
    await migrate(database, ALL, { onEvent: (event) => events.push(event) });
    expect(await rows('select count(*), count(distinct id) from seen')).toEqual([[`${ROWS}`, `${ROWS}`]]);
    expect(events.findLast((event) => event.kind === 'rows')).toMatchObject({ rows: ROWS });
  });
});

describeEachPostgres((version) => {
  test('an owner that it binds is stopped by an error, and no row is silently left out', async () => {
    const opened = await openTestDatabase(version);
    const login = `bound_${process.pid}_${version}`;
    const run = (sql: string): Promise<void> => opened.database.session((session) => session.script(sql));
    await run(`create role ${login} login; grant all on schema public to ${login}`);
    const url = new URL(opened.url);
    url.username = login;
    const owner = openPostgres({ url: url.href, poolSize: 1 });
    try {
      await migrate(owner, [TABLE]);
      await run('alter table words enable row level security, force row level security');
      await run('update supercompile_migrations set catalogue = null');
      await expect(migrate(owner, ALL)).rejects.toMatchObject({ step: 1, cause: { sqlState: '42501' } });
      await run(`alter role ${login} bypassrls`);
      await migrate(owner, ALL);
      await run('select 1 / (select count(*) from words where upper is not null)');
    } finally {
      await owner.close();
      await run(`drop owned by ${login} cascade; drop role ${login}`);
      await opened.close();
    }
  });
});
