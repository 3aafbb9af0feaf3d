import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend, type Environment, type RunningBackend } from '../end-to-end/compiled-backend.ts';
import { startPostgres } from '../postgres.ts';
import { asOwner, buildLeads, prepareLeads, serverUrl, type LeadBackend } from './lead-backend.ts';

/** Longest answer while there is no connection to be had, in milliseconds. */
const BOUND = 1_200;

let leads: LeadBackend;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let backend: RunningBackend;
let environment: Environment;
beforeAll(async () => {
  leads = await buildLeads();
  postgres = await startPostgres();
  environment = { ...(await prepareLeads(leads, postgres.url)), DATABASE_POOL: '2', LOG_LEVEL: 'error' };
});
afterAll(async () => {
  await postgres.close();
  leads.remove();
});

const ID = '018fffff-ffff-7fff-bfff-ffffffffffff';
const LEAD = { name: 'Ann', phone: '+15551234567' };

interface Timed {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly milliseconds: number;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Timed> {
  const startedAt = performance.now();
  const init =
    body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(backend.url + path, { method, ...init });
  await response.arrayBuffer();
  const milliseconds = performance.now() - startedAt;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), milliseconds };
}

/** What needs no connection is answered as ever; what needs one gets 503, both within the bound. */
async function expectBoundedAnswers(): Promise<void> {
  const unneeding = await Promise.all([
    ask('GET', '/livez'),
    ask('GET', '/openapi.json'),
    ask('POST', '/leads', { ...LEAD, phone: 'none' }),
    ask('POST', '/leads', 'none'),
    ask('GET', '/leads/none'),
    ask('GET', '/leads?sort=none'),
    ask('GET', '/leads?cursor=none'),
    ask('PUT', '/leads'),
    ask('GET', '/none'),
    ask('POST', '/leads', LEAD, { 'content-type': 'text/plain' }),
    ask('POST', '/leads', { ...LEAD, notes: 'x'.repeat(1024 * 1024) }),
    ask('POST', '/leads', LEAD, { 'idempotency-key': 'k'.repeat(256) }),
    ask('PATCH', `/leads/${ID}`, { score: 1 }, { 'if-match': 'none' }),
    ask('OPTIONS', '/leads'),
  ]);
  expect(unneeding.map(({ status }) => status)).toEqual([
    200, 200, 422, 422, 422, 422, 422, 405, 404, 415, 413, 400, 400, 204,
  ]);
  expect(Math.max(...unneeding.map(({ milliseconds }) => milliseconds))).toBeLessThan(BOUND / 2);
  const needing = await Promise.all([
    ask('GET', '/readyz'),
    ask('POST', '/accounts', { name: 'none' }),
    ask('POST', '/accounts', { name: 'none' }, { 'idempotency-key': 'none' }),
    ask('PATCH', `/accounts/${ID}`, { name: 'none' }),
    ask('DELETE', `/accounts/${ID}`),
  ]);
  expect(needing.map(({ status, retryAfter }) => `${status} ${retryAfter}`)).toEqual(needing.map(() => '503 1'));
  expect(Math.max(...needing.map(({ milliseconds }) => milliseconds))).toBeLessThan(BOUND);
}

async function expectRecovery(): Promise<void> {
  await expect.poll(async () => (await ask('GET', '/readyz')).status, { timeout: 2_000 }).toBe(200);
  expect((await ask('POST', '/leads', LEAD)).status).toBe(201);
  expect((await ask('GET', '/leads')).status).toBe(200);
}

/** Takes every connection that Postgres gives to logins that are no superuser, the server's own as well. */
async function takeAllConnections(owner: pg.Client): Promise<readonly pg.Client[]> {
  const held: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client(serverUrl(postgres.url));
    client.on('error', () => undefined);
    const error = await client.connect().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) held.push(client);
    else if (!(await endConnectionsOfServer(owner))) return held;
  }
}

/** Whether there were any. */
async function endConnectionsOfServer(owner: pg.Client): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select pg_terminate_backend(pid, 1000) from pg_stat_activity where application_name = 'server'`,
  );
  return (rowCount ?? 0) > 0;
}

describe.each(['2', '0'])('with %s lanes', (lanes) => {
  beforeAll(async () => {
    backend = await startBackend(leads.folder, { ...environment, DATABASE_LANES: lanes });
    if (lanes !== '0') await ask('GET', '/accounts');
  });
  afterAll(async () => {
    const { code, stdout } = await backend.stop();
    if (code !== 0 || stdout !== '') throw new Error(`the backend ended with ${code}: ${stdout}`);
  });

  test('an exhausted pool bounds the wait, and serves again when it is free', { timeout: 60_000 }, async () => {
    await asOwner(postgres.url, async (owner) => {
      await owner.query('begin');
      await owner.query('lock table leads in access exclusive mode');
      const stuck = [ask('POST', '/leads', LEAD), ask('POST', '/leads', LEAD)];
      await expect
        .poll(async () => {
          const { rows } = await owner.query(`select count(*) from pg_locks where not granted`);
          return Number(rows[0].count);
        })
        .toBe(2);
      await expectBoundedAnswers();
      const reads = await Promise.all([ask('GET', '/accounts'), ask('GET', `/accounts/${ID}`)]);
      // Lanes go on; without them a read waits for the pool as a write does.
      expect(reads.map(({ status }) => status)).toEqual(lanes === '0' ? [503, 503] : [200, 404]);
      expect(Math.max(...reads.map(({ milliseconds }) => milliseconds))).toBeLessThan(BOUND);
      await owner.query('commit');
      expect((await Promise.all(stuck)).map(({ status }) => status)).toEqual([201, 201]);
    });
    await expectRecovery();
  });

  test(
    'max_connections used up by others bounds the wait, and serves again when there are some',
    { timeout: 60_000 },
    async () => {
      await asOwner(postgres.url, async (owner) => {
        const held = await takeAllConnections(owner);
        expect(held.length).toBeGreaterThan(90);
        await expectBoundedAnswers();
        const reads = await Promise.all([ask('GET', '/leads'), ask('GET', `/leads/${ID}`)]);
        expect(reads.map(({ status, retryAfter }) => `${status} ${retryAfter}`)).toEqual(['503 1', '503 1']);
        expect(Math.max(...reads.map(({ milliseconds }) => milliseconds))).toBeLessThan(BOUND);
        await Promise.all(held.map((client) => client.end()));
      });
      await expectRecovery();
    },
  );
});
