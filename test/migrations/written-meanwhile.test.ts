import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs, spec } from './plan-spec.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

/** A person with plans, each with a sum over its costs. */
const people = (spent: string): string =>
  spec({
    Person:
      'fields:\n  rate: { type: integer, default: 1 }\n  owed: { type: bigint, computed: "record.plans.sum(p, p.spent)" }',
    Plan: `
fields:
  owner: { type: reference, to: Person, inverse: plans }
  extra: { type: integer, default: 0 }
  spent: { type: bigint, computed: "${spent}" }`,
    Cost: `
fields:
  plan: { type: reference, to: Plan, inverse: costs, onDelete: cascade }
  cost: { type: integer }
  qty: { type: integer, default: 1 }`,
  });

const ROWS = `
with one as (insert into people default values returning id),
  two as (insert into plans (owner_id) select id from one returning id)
insert into costs (plan_id, cost) select id, 7 from two`;

/** Each step as the runner does it, after a write that comes between it and the one before. */
async function runBesideWriter(session: Session, sql: string, write: string): Promise<void> {
  const [, ...parts] = sql.split(/^-- step \d+/m);
  for (const part of parts) {
    const [words = '', ...lines] = part.split('\n');
    const text = lines.join('\n').trim();
    await session.script(write);
    if (!/\bbatched=/.test(words)) await session.script(text);
    else while ((await session.query({ text, values: [] })).rowCount > 0);
  }
}

test.each([
  ['a further column of other rows', 'record.costs.sum(c, c.cost * c.qty)', 'update costs set qty = qty + 1'],
  ['a column of the row itself', 'record.costs.sum(c, c.cost) + record.extra', 'update plans set extra = extra + 1'],
  [
    'a column of a row further away',
    'record.costs.sum(c, c.cost) * record.owner.rate',
    'update people set rate = rate + 1',
  ],
])('no write of %s is lost while a sum is made to read it', async (_, spent, write) => {
  const { plan, migrations } = planSpecs(people('record.costs.sum(c, c.cost)'), people(spent));
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await test_.database.session(async (session) => {
    await session.script(ROWS);
    await runBesideWriter(session, plan.migration?.claim.sql ?? '', write);
    const { rows } = await session.query({ text: 'select p.spent, o.owed from plans p, people o', values: [] });
    await session.script('update plans set spent = -1');
    const right = await session.query({ text: 'select p.spent, o.owed from plans p, people o', values: [] });
    expect(rows).toEqual(right.rows);
  });
});

describe.each([
  ['other rows', 'update costs set cost = 5'],
  ['the row itself', 'update plans set extra = 5'],
])('a writer of %s who began before a sum is computed otherwise', (_, write) => {
  test('has written what is right when the migration is done', async () => {
    const home = await openTestDatabase('15');
    try {
      const { migrations } = planSpecs(
        people('record.costs.sum(c, c.cost) + record.extra'),
        people('record.costs.sum(c, c.cost * 2) + record.extra * 2'),
      );
      await migrate(home.database, migrations.slice(0, 1));
      let migrated: Promise<unknown> = Promise.resolve();
      await home.database.session(async (session) => {
        await session.script(ROWS.replace('7', '0'));
        await session.script(`begin; ${write}`);
        migrated = migrate(home.database, migrations);
        const waits = `select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`;
        const isDone = await Promise.race([migrated.then(() => true), untilMet(home.url, waits)]);
        await session.script('commit');
        expect(isDone).toBe(false);
      });
      await migrated;
      expect(
        (await home.database.query({ text: 'select p.spent, o.owed from plans p, people o', values: [] })).rows,
      ).toEqual([['10', '10']]);
    } finally {
      await home.close();
    }
  });
});

/** False as soon as the count is not 0. */
async function untilMet(url: string, text: string): Promise<boolean> {
  const other = openPostgres({ url, poolSize: 1 });
  try {
    while ((await other.query({ text, values: [] })).rows[0]?.[0] === '0');
    return false;
  } finally {
    await other.close();
  }
}
