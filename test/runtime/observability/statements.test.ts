import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../../runtime/observability/log.ts';
import { observeDatabase } from '../../../runtime/observability/observe-database.ts';
import { summarizeStatement } from '../../../runtime/observability/statement-summary.ts';
import { startTestDatabase, type TestDatabase } from '../../../runtime/testing/test-database.ts';
import { testPostgres } from '../../test-postgres.ts';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await startTestDatabase((await testPostgres()).url);
});
afterAll(() => postgres.close());

interface Observed {
  readonly database: TestDatabase['database'];
  readonly lines: () => readonly Readonly<Record<string, unknown>>[];
}

function observed(slowQuery: number, level = 'info'): Observed {
  const lines: string[] = [];
  const write = (chunk: unknown, _: string, done: () => void): void => {
    lines.push(String(chunk));
    done();
  };
  const log = createLog(level, new Writable({ write }));
  return {
    database: observeDatabase(postgres.database, { log, slowQuery, tracing: undefined }),
    lines: () => lines.map((line) => JSON.parse(line)),
  };
}

const SLEEP = {
  name: 'nap',
  text: `select pg_sleep(0.1), $1::text, 'hunter2' from "pg_class" limit 1`,
  values: ['hunter2'],
};

test('a slow statement is a warning with its name, what it does and how long, and no value', async () => {
  const { database, lines } = observed(50);
  await database.query(SLEEP);
  await database.query({ text: 'select 1', values: [] });
  expect(lines()).toEqual([
    {
      level: 'warn',
      time: expect.any(String),
      msg: 'slow statement',
      statement: 'nap',
      summary: 'select pg_class',
      milliseconds: expect.any(Number),
    },
  ]);
  expect(Number(lines()[0]?.['milliseconds'])).toBeGreaterThan(90);
  expect(JSON.stringify(lines())).not.toContain('hunter2');
});

test('a statement is slow in a transaction, in a session and when it fails, too', async () => {
  const { database, lines } = observed(50);
  await database.transaction((transaction) => transaction.query(SLEEP));
  await database.session((session) => session.query(SLEEP));
  const failing = { text: "select pg_sleep(0.1), 'hunter2'::int", values: [] };
  await expect(
    database.query({ ...failing, text: 'select 1/(pg_sleep(0.1) is null)::int', values: [] }),
  ).rejects.toThrow();
  expect(lines().map(({ msg }) => msg)).toEqual(['slow statement', 'slow statement', 'slow statement']);
});

test('0 logs no slow statement, and level debug logs every one', async () => {
  const silent = observed(0);
  await silent.database.query(SLEEP);
  expect(silent.lines()).toEqual([]);
  const chatty = observed(0, 'debug');
  await chatty.database.query({ text: 'select 1', values: [] });
  expect(chatty.lines()).toEqual([expect.objectContaining({ level: 'debug', msg: 'statement', summary: 'select' })]);
});

test.each([
  ['select "id" from "app"."leads" where "id" = $1', 'select leads'],
  ['insert into "leads" ("name") values ($1)', 'insert leads'],
  ['update "app"."leads" set "name" = $1', 'update leads'],
  ['delete from "leads"', 'delete leads'],
  ["SELECT 'hunter2'", 'select'],
  ["do $$ begin raise 'hunter2'; end $$", 'statement'],
  [`select 'it''s from "hunter2"' from "leads"`, 'select leads'],
])('%s is "%s"', (text, summary) => {
  expect(summarizeStatement(text)).toBe(summary);
});
