import { expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import type { MigrateEvent, Migration } from '../../runtime/migrations/migration.ts';
import { stepsOf } from '../../runtime/migrations/steps-of.ts';
import { describeEachPostgres } from '../describe-databases.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { handWritten } from '../migrations/hand-written.ts';
import { planSpecs } from '../migrations/plan-spec.ts';
import { ONE, TWO } from '../migrations/two-specs.ts';

const ROWS = 2_000_000;
/** Longest that a write may wait for a step that declares no lock, in milliseconds. */
const LIMIT = 1_000;

const { migrations: planned } = planSpecs(ONE, TWO);
/** A backfill and what makes its column required, as a plan has them. */
const FILLED = handWritten(
  '0003_filled_00000000',
  planned.at(-1),
  `-- step 1 lock_timeout=3s

alter table public.leads add column rank integer;
alter table public.leads alter column rank set default 0;
alter table public.leads add constraint leads_rank_set check (rank is not null) not valid;

-- step 2 batched=5000 lock_timeout=3s

update public.leads set rank = score
where ctid = any (array(select ctid from public.leads where rank is null limit 5000)) and rank is null;

-- step 3 lock_timeout=3s

alter table public.leads validate constraint leads_rank_set;

-- step 4 lock_timeout=3s

alter table public.leads alter column rank set not null;
alter table public.leads drop constraint leads_rank_set;
`,
);

/** Worst wait of a write that began or ended while a step ran. */
interface Waited {
  readonly step: string;
  readonly milliseconds: number;
}

describeEachPostgres((version) => {
  test(`on ${ROWS} rows, no step that declares no lock makes a write wait for a second`, async () => {
    const opened = await openTestDatabase(version);
    const writer = openPostgres({ url: opened.url, poolSize: 1 });
    try {
      const all: readonly Migration[] = [...planned, FILLED];
      await migrate(opened.database, all.slice(0, 1));
      await seed(opened.database);
      const { waits, builds } = await migrateUnderWrites(opened.database, writer, all);
      for (const { step, milliseconds } of waits)
        process.stdout.write(`${version} ${step}: ${Math.round(milliseconds)} ms\n`);
      expect(waits.length).toBeGreaterThan(10);
      const declared = new Set(all.flatMap(declaredSteps));
      expect(waits.filter(({ step, milliseconds }) => milliseconds > LIMIT && !declared.has(step))).toEqual([]);
      expect(builds).toBeGreaterThan(0);
      const { rows } = await opened.database.query({
        text: 'select count(*) from leads where rank is null',
        values: [],
      });
      expect(rows).toEqual([['0']]);
    } finally {
      await writer.close();
      await opened.close();
    }
  }, 1_800_000);
});

async function seed(database: Database): Promise<void> {
  await database.session((session) =>
    session.script(`insert into leads (name) select 'lead ' || n from generate_series(1, ${ROWS}) n; analyze leads`),
  );
}

async function migrateUnderWrites(
  database: Database,
  writer: Database,
  migrations: readonly Migration[],
): Promise<{ readonly waits: readonly Waited[]; readonly builds: number }> {
  const worst = new Map<string, number>();
  let builds = 0;
  let step = '';
  let isRunning = true;
  const writing = (async () => {
    for (let count = 0; isRunning; count += 1) {
      const [started, before] = [performance.now(), step];
      await writer.query({ text: 'insert into leads (name) values ($1)', values: [`new ${count}`] });
      const waited = performance.now() - started;
      for (const name of [before, step]) worst.set(name, Math.max(worst.get(name) ?? 0, waited));
    }
  })();
  const onEvent = (event: MigrateEvent): void => {
    if (event.kind === 'step') step = `${event.id} step ${event.step}`;
    if (event.kind === 'index') builds += 1;
  };
  try {
    await migrate(database, migrations, { onEvent });
  } finally {
    isRunning = false;
    await writing;
  }
  return { waits: [...worst].map(([name, milliseconds]) => ({ step: name, milliseconds })), builds };
}

/** Steps of a migration whose header says that it locks or rewrites: all of them, since it names no step. */
function declaredSteps(migration: Migration): readonly string[] {
  if (!/^-- (BLOCKING_LOCK|TABLE_REWRITE)/m.test(migration.sql)) return [];
  return stepsOf(migration).map(({ number }) => `${migration.id} step ${number}`);
}
