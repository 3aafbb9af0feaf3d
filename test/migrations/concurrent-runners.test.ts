import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../runtime/database/database.ts';
import { DatabaseUnavailable } from '../../runtime/database/errors.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { MigrationLocked } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { withRunnerLock } from '../../runtime/migrations/runner-lock.ts';
import { describeEachPostgres } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs } from './plan-spec.ts';
import { readCatalogue } from './read-catalogue.ts';
import { ONE, TWO } from './two-specs.ts';

const { migrations } = planSpecs(ONE, TWO);

describeEachPostgres((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
  });
  beforeEach(() => opened.reset());
  afterAll(() => opened.close());

  test('of several runners at once, each migration is run by one', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrate(opened.database, migrations)));
    expect(runs.flatMap(({ applied }) => applied).toSorted()).toEqual(migrations.map(({ id }) => id));
  });

  test('a runner that cannot have the lock gives up and says so', async () => {
    await opened.database.session(async (holder) => {
      const other = openPostgres({ url: opened.url, poolSize: 1 });
      try {
        await lockLikeARunner(holder);
        await expect(migrate(other, migrations, { lockWait: 50 })).rejects.toThrow(MigrationLocked);
      } finally {
        await other.close();
      }
    });
  });

  test('a lock that comes too late is tried for again, and queries behind it are let through', async () => {
    await migrate(opened.database, migrations.slice(0, 1));
    const short = migrations.map((item) => ({
      ...item,
      sql: item.sql.replaceAll('lock_timeout=3s', 'lock_timeout=50ms'),
    }));
    const retried = Promise.withResolvers<void>();
    const running = await opened.database.session(async (holder) => {
      await holder.script('begin; lock table leads in access share mode');
      const run = migrate(opened.database, short, {
        onEvent: (event) => {
          if (event.kind === 'retry') retried.resolve();
        },
      });
      await retried.promise;
      await holder.script('commit');
      return { run };
    });
    expect((await running.run).applied).toEqual([migrations[1]?.id]);
  });

  test('a runner that is killed in the middle of a step leaves the next one to finish', async () => {
    await migrate(opened.database, migrations.slice(0, 1));
    const { promise: blocked, resolve } = Promise.withResolvers<void>();
    await opened.database.session(async (holder) => {
      await holder.script('begin; lock table leads in access share mode');
      const run = migrate(opened.database, migrations, {
        onEvent: (event) => {
          if (event.kind === 'step' && event.step === 2) resolve();
        },
      }).catch((error: unknown) => error);
      await blocked;
      await killWaiting(holder);
      expect(await run).toMatchObject({ cause: expect.any(DatabaseUnavailable) });
    });
    await migrate(opened.database, migrations);
    const migrated = await readCatalogue(opened.database, 'public');
    await opened.reset();
    await migrate(opened.database, planSpecs(TWO).migrations);
    expect(migrated).toEqual(await readCatalogue(opened.database, 'public'));
  });
});

/** Takes the lock of the schema `public` by reading which key a runner asks for. */
async function lockLikeARunner(holder: Session): Promise<void> {
  const keys: string[] = [];
  const spying: Session = {
    script: () => Promise.resolve(),
    batch: () => Promise.resolve([]),
    query: (statement) => {
      keys.push(statement.values[0] ?? '');
      return Promise.resolve({ rows: [['t']], rowCount: 1 });
    },
  };
  await withRunnerLock(spying, 'public', { milliseconds: 0, onWait: () => undefined }, () => Promise.resolve());
  await holder.query({ text: 'select pg_advisory_lock($1)', values: [keys[0] ?? ''] });
}

/** Ends the one session that waits for a lock. */
async function killWaiting(holder: Session): Promise<void> {
  for (;;) {
    const { rows } = await holder.query({
      text: `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
      values: [],
    });
    if (rows.length > 0) return;
  }
}
