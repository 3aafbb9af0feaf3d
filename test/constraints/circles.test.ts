import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeOldestPostgres } from '../describe-databases.ts';
import { buildBackend, runNode, type Environment } from '../end-to-end/compiled-backend.ts';
import { SampleBackend, type Answer, type Row } from '../end-to-end/sample-backend.ts';
import { makeServerLogin } from '../end-to-end/server-login.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import type { PostgresVersion } from '../postgres.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const folder = createFolder('circles');

const HOOKS = `import type { Hooks } from '../app/app.ts';

export const hooks = {
  ticket: {
    afterUpdate: async (row, { db }) => {
      await db.updateTable('boards').set({ note: \`load \${row.load}\` }).where('id', '=', row.boardId).execute();
    },
  },
} satisfies Hooks;
`;

beforeAll(async () => {
  await buildBackend('test/constraints/circles.yaml', folder);
  writeFileSync(join(folder, 'custom/hooks.ts'), HOOKS);
});
afterAll(() => removeFolder(folder));

/** Of a server that may do no more than the grants ask for. */
async function serverEnvironment(ownerUrl: string): Promise<Environment> {
  const secret = { APP_SECRET: '00'.repeat(32) };
  const migrated = await runNode(folder, ['app/migrate.ts'], { MIGRATION_DATABASE_URL: ownerUrl, ...secret });
  expect(migrated.stderr).toBe('');
  return { DATABASE_URL: await makeServerLogin(folder, ownerUrl), ...secret };
}

/** A write that leads back to its row is answered with the row as a read finds it, and its ETag. */
const suite = (version?: PostgresVersion): void => {
  let home: TestDatabase | undefined;
  let backend: SampleBackend;
  let teamId = '';

  beforeAll(async () => {
    home = version && (await openTestDatabase(version));
    backend = await SampleBackend.start(folder, home && (await serverEnvironment(home.url)));
    teamId = (await backend.create('/teams', {})).id;
  });

  afterAll(async () => {
    await backend?.close();
    await home?.close();
  });

  const member = (more: object = {}) => ({ code: randomUUID(), teamId, points: 2, ...more });
  const read = (path: string, { id }: Row): Promise<Answer> => backend.send('GET', `${path}/${id}`);
  const total = async (): Promise<number> => Number((await backend.send('GET', `/teams/${teamId}`)).body['total']);

  /** The row of an answer that a read finds alike. */
  async function asRead(path: string, { status, body, etag }: Answer, ...statuses: readonly number[]): Promise<Row> {
    expect(statuses.length > 0 ? statuses : [200], JSON.stringify(body)).toContain(status);
    const found = await read(path, body);
    expect([body, etag]).toEqual([found.body, found.etag]);
    return body;
  }

  /** As `asRead`, of the rows of a bulk request. */
  async function allAsRead(path: string, { body }: Answer, ...parts: readonly string[]): Promise<readonly Row[]> {
    const { data = [], etags = [] }: { data?: readonly Row[]; etags?: readonly string[] } = Object(body);
    expect(data.length, JSON.stringify(body)).toBeGreaterThan(1);
    for (const [index, row] of data.entries()) {
      const own = Object.fromEntries(Object.entries(row).filter(([key]) => !parts.includes(key)));
      const found = await read(path, row);
      expect([own, etags[index]]).toEqual([found.body, found.etag]);
    }
    return data;
  }

  test('creates, the one with a key and its replay', async () => {
    const others = await total();
    const made = await backend.send('POST', '/members', member());
    expect(await asRead('/members', made, 201)).toMatchObject({ rest: others });
    const [body, key] = [member(), { 'idempotency-key': randomUUID() }];
    const first = await backend.send('POST', '/members', body, key);
    expect(await asRead('/members', first, 201)).toMatchObject({ rest: others + 2 });
    expect(await backend.send('POST', '/members', body, key)).toEqual(first);
  });

  test('a create that brings its id, to which it links', async () => {
    const id = randomUUID();
    const body = member({ id, leadId: id, helpIds: [id] });
    const made = await backend.send('POST', '/members', body);
    expect(await asRead('/members', made, 201)).toMatchObject({ leads: 1, helped: 1, ledPoints: 2, helpedPoints: 2 });
    expect(await backend.send('POST', '/members', body)).toEqual({ ...made, status: 200 });
    const away = await backend.send('PATCH', `/members/${id}`, { leadId: null });
    expect(await asRead('/members', away)).toMatchObject({ leads: 0, helped: 1 });
  });

  test('patches, whose ETags are what the next one may ask for', async () => {
    const row = await backend.create('/members', member());
    const others = await total();
    const path = `/members/${row.id}`;
    const first = await backend.send('PATCH', path, { points: 7 });
    expect(await asRead('/members', first)).toMatchObject({ rest: others - 2 });
    const more = await backend.send('PATCH', path, { points: 3, leadId: row.id }, { 'if-match': first.etag ?? '' });
    expect(await asRead('/members', more)).toMatchObject({ rest: others - 2, leads: 1 });
    expect((await backend.send('PATCH', path, { points: 4 }, { 'if-match': first.etag ?? '' })).status).toBe(412);
    expect((await backend.send('PATCH', `/members/${randomUUID()}`, { points: 4 })).status).toBe(404);
  });

  test('bulk deletes of rows that hold each other, in whatever order, unless another one holds them', async () => {
    const first = await backend.create('/members', member());
    const second = await backend.create('/members', member({ leadId: first.id }));
    const third = await backend.create('/members', member({ leadId: second.id }));
    expect((await backend.send('PATCH', `/members/${first.id}`, { leadId: second.id })).status).toBe(200);
    const bulkDelete = (...rows: readonly Row[]): Promise<Answer> =>
      backend.send('POST', '/members/bulk-delete', { data: rows.map(({ id }) => ({ id })) });
    expect(await bulkDelete(first, second)).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/data/1', code: 'referenced' }] },
    });
    expect((await read('/members', second)).status).toBe(200);
    expect(await bulkDelete(third, { ...first, id: randomUUID() })).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/data/1/id' }] },
    });
    expect((await bulkDelete(first, second, third)).status).toBe(204);
    expect((await read('/members', first)).status).toBe(404);
  });

  test('upserts of a row that is there, and of one that is not', async () => {
    const others = await total();
    const body = member();
    const made = await backend.send('POST', '/members/upsert', body);
    expect(await asRead('/members', made, 201)).toMatchObject({ rest: others });
    const changed = await backend.send('POST', '/members/upsert', { ...body, points: 9 });
    expect(await asRead('/members', changed)).toMatchObject({ id: made.body.id, rest: others });
    const refused = await backend.send('POST', '/members/upsert', { ...body, points: 1 }, { 'if-match': '"1"' });
    expect(refused.status).toBe(412);
  });

  test('many that change the rows of one list at one time wait for each other, and never in a circle', async () => {
    const bodies = Array.from({ length: 16 }, () => member());
    const rows = await Promise.all(bodies.map((body) => backend.create('/members', body)));
    const other = (await backend.create('/teams', {})).id;
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(
        rows.map(({ id }, index) => {
          const set = { points: index + round };
          if (index % 4 === 0)
            return backend.send('PATCH', `/members/${id}`, { ...set, teamId: round === 1 ? teamId : other });
          if (index % 4 === 1) return backend.send('POST', '/members/upsert', { ...bodies[index], ...set });
          return backend.send('PATCH', `/members/${id}`, set);
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual(rows.map(() => 200));
    }
    const deletes = rows.slice(0, 3).map(({ id }) => backend.status('DELETE', `/members/${id}`));
    const patches = rows.slice(3).map(({ id }) => backend.status('PATCH', `/members/${id}`, { points: 1 }));
    expect(await Promise.all([...deletes, ...patches])).toEqual(rows.map((_, index) => (index < 3 ? 204 : 200)));
    const sum = await total();
    for (const { points, rest } of await backend.list(`/members?teamId=${teamId}&limit=100`))
      expect(Number(points) + Number(rest)).toBe(sum);
  });

  test('a row that links to itself is computed so when it is made, and when it comes back', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await backend.create('/nodes', { id: other, weight: 2 });
    const made = await backend.send('POST', '/nodes', { id, weight: 7, nextId: id, nearIds: [other, id] });
    const row = { weight: 7, nextId: id, nearIds: [other, id], nextWeight: 7, nearWeight: 9 };
    expect(await asRead('/nodes', made, 201)).toMatchObject(row);
    expect(await backend.status('DELETE', `/nodes/${id}`)).toBe(204);
    expect(await asRead('/nodes', await backend.send('POST', `/nodes/${id}/restore`))).toMatchObject(row);
  });

  test('rows that go with each other in a circle come back together, whichever is asked for', async () => {
    const [one, two, leaf] = [randomUUID(), randomUUID(), randomUUID()];
    const alone = randomUUID();
    await backend.create('/nodes', { id: alone, twinId: alone });
    await backend.create('/nodes', { id: one, weight: 3 });
    await backend.create('/nodes', { id: two, weight: 5, twinId: one });
    await backend.create('/leaves', { id: leaf, weight: 7, nodeId: one });
    await backend.send('PATCH', `/nodes/${one}`, { twinId: two, leafId: leaf });
    const paths = [`/nodes/${one}`, `/nodes/${two}`, `/leaves/${leaf}`, `/nodes/${alone}`];
    const all = () => Promise.all(paths.map(async (path) => await backend.send('GET', path)));
    const before = await all();
    expect(before[0]?.body).toMatchObject({ twinId: two, leafId: leaf, twinWeight: 5, leafWeight: 7 });
    for (const path of paths) {
      expect(await backend.status('DELETE', path)).toBe(204);
      expect((await backend.send('POST', `${path}/restore`)).status).toBe(200);
      const after = await all();
      for (const [index, { body }] of before.entries())
        expect(after[index]).toMatchObject({ status: 200, body: { ...body, updatedAt: expect.any(String) } });
    }
  });

  test('of rows that go in many steps each keeps what it links to among them', async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    for (const [step, id] of ids.entries()) {
      const links = step === 0 ? {} : { twinId: ids[step - 1], nextId: ids[0], nearIds: ids.slice(0, step) };
      await backend.create('/nodes', { id, ...links });
    }
    const all = () => Promise.all(ids.map(async (id) => (await read('/nodes', { id })).body));
    const before = await all();
    expect(await backend.status('DELETE', `/nodes/${ids[0]}`)).toBe(204);
    expect((await backend.send('POST', `/nodes/${ids[0]}/restore`)).status).toBe(200);
    expect(await all()).toEqual(before.map((row) => ({ ...row, updatedAt: expect.any(String) })));
    expect(before.at(-1)).toMatchObject({ nextId: ids[0], nearIds: ids.slice(0, 5) });
  });

  test('a list is freed of all rows that go at once', async () => {
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await backend.create('/nodes', { id: one });
    await backend.create('/nodes', { id: two, twinId: one });
    const { id } = await backend.create('/nodes', { id: three, nearIds: [two, three, one] });
    expect(await backend.send('DELETE', `/nodes/${one}`)).toMatchObject({ status: 204 });
    expect((await read('/nodes', { id })).body).toMatchObject({ nearIds: [three], nearWeight: 1 });
  });

  if (version !== undefined)
    test('a row that is moved away meanwhile, and does not go, links to none of those that went', async () => {
      const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
      // What the last one links to goes a step before the middle one would.
      const [root, aim, above, middle, last] = ids;
      const links = { nextId: aim, nearIds: [aim] };
      await backend.create('/nodes', { id: root });
      await backend.create('/nodes', { id: aim, twinId: root });
      await backend.create('/nodes', { id: above, twinId: root });
      await backend.create('/nodes', { id: middle, twinId: above });
      await backend.create('/nodes', { id: last, twinId: middle, ...links });
      const move = { text: 'update nodes set twin_id = null where id = $1', values: [middle] };
      const waits = `select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`;
      let deleted: Promise<number> | undefined;
      await home?.database.transaction(async (on) => {
        await on.query(move);
        deleted = backend.status('DELETE', `/nodes/${root}`);
        await vi.waitFor(async () =>
          expect((await on.query({ text: waits, values: [] })).rows.length).toBeGreaterThan(0),
        );
      });
      expect(await deleted).toBe(204);
      expect((await read('/nodes', { id: middle })).status).toBe(200);
      expect((await read('/nodes', { id: last })).body).toMatchObject({ nextId: null, nearIds: [], nearWeight: 0 });
    });

  test('bulk deletes of rows of which one takes the other with it, in whatever order', async () => {
    for (const isReversed of [false, true]) {
      const [one, two, leaf] = ['1', '2', '3'].map((place) => `${place}-${randomUUID()}`);
      const targets = [{ id: one }, { id: two }];
      const data = isReversed ? targets.toReversed() : targets;
      await backend.create('/nodes', { id: one });
      await backend.create('/nodes', { id: two, twinId: one });
      expect(await backend.status('POST', '/nodes/bulk-delete', { data })).toBe(204);
      expect((await backend.send('POST', `/nodes/${two}/restore`)).status).toBe(409);
      expect((await backend.send('POST', `/nodes/${one}/restore`)).status).toBe(200);
      await backend.create('/leaves', { id: leaf, nodeId: two });
      expect((await backend.send('PATCH', `/nodes/${one}`, { leafId: leaf })).status).toBe(200);
      expect((await backend.send('PATCH', `/nodes/${two}`, { twinId: null })).status).toBe(200);
      expect(await backend.status('POST', '/nodes/bulk-delete', { data })).toBe(204);
    }
  });

  /** Two jobs, the first with rows that hold each other. */
  async function jobs() {
    const id = (name: string): string => `${name}-${randomUUID()}`;
    const [job, other] = [{ name: id('job') }, { name: id('other') }];
    const [jobId, otherId] = [(await backend.create('/jobs', job)).id, (await backend.create('/jobs', other)).id];
    const [one, two, far, first, second, step] = [id('1'), id('2'), id('3'), id('b'), id('a'), id('step')];
    await backend.create('/crews', { id: far, jobId: otherId });
    await backend.create('/crews', { id: one, jobId, alsoInId: jobId, isFree: false });
    await backend.create('/crews', { id: two, jobId, alsoInId: otherId, leadId: one });
    await backend.send('PATCH', `/crews/${one}`, { leadId: two });
    await backend.create('/tasks', { id: first, jobId, hours: 3, code: id('code'), crewId: far, crewIds: [two, one] });
    const lists = { afterIds: [first], nearIds: [far, two, one] };
    await backend.create('/tasks', { id: second, jobId, crewId: one, ...lists });
    await backend.send('PATCH', `/tasks/${first}`, { afterIds: [second, first] });
    await backend.create('/steps', { id: step, taskId: first, crewId: two, mateId: one, mateIds: [two, far, one] });
    await backend.send('PATCH', `/jobs/${jobId}`, { mainId: two });
    const paths = [`/jobs/${jobId}`, ...[one, two].map((crew) => `/crews/${crew}`), `/steps/${step}`];
    return { jobId, otherId, one, two, far, first, second, paths: [...paths, `/tasks/${first}`, `/tasks/${second}`] };
  }

  test('rows that go with one hold each other in no way, and come back with all their links', async () => {
    const { jobId, paths } = await jobs();
    const all = () => Promise.all(paths.map((path) => backend.send('GET', path)));
    const before = await all();
    expect(before.map(({ status }) => status)).toEqual(paths.map(() => 200));
    for (let round = 0; round < 2; round += 1) {
      expect(await backend.status('DELETE', `/jobs/${jobId}`)).toBe(204);
      expect((await all()).map(({ status }) => status)).toEqual(paths.map(() => 404));
      expect(await backend.status('POST', `/jobs/${jobId}/restore`)).toBe(200);
      for (const [index, { body }] of (await all()).entries())
        expect(body).toEqual({ ...before[index]?.body, updatedAt: expect.any(String) });
    }
  });

  test('rows come back, and rows are held, that nobody may write by themselves', async () => {
    const farmId = (await backend.create('/farms', {})).id;
    const plot = await backend.create('/plots', { farmId });
    const shed = await backend.create('/sheds', { farmId, plotId: plot.id });
    const data = [{ farmId, shedId: shed.id }, { farmId }];
    const made = await backend.send('POST', '/plots/bulk-create', { data });
    const [beside = plot] = await allAsRead('/plots', made);
    expect(beside).toMatchObject({ ofFarm: 3, shedId: shed.id });
    expect(await backend.status('DELETE', `/farms/${farmId}`)).toBe(204);
    expect((await read('/plots', beside)).status).toBe(404);
    expect(await backend.send('POST', `/farms/${farmId}/restore`)).toMatchObject({ status: 200, body: { size: 3 } });
    expect((await read('/plots', beside)).body).toMatchObject({ shedId: shed.id, ofFarm: 3 });
    expect((await read('/sheds', shed)).body).toMatchObject({ plotId: plot.id });
  });

  test('links of a row that stays are emptied, however many of those go in one delete', async () => {
    const { jobId, first, paths } = await jobs();
    const stepId = paths.find((path) => path.startsWith('/steps/'))?.slice('/steps/'.length);
    const { id } = await backend.create('/notes', { jobId, taskId: first, stepId });
    expect(await backend.send('DELETE', `/jobs/${jobId}`)).toMatchObject({ status: 204 });
    expect((await read('/notes', { id })).body).toMatchObject({ jobId: null, taskId: null, stepId: null });
  });

  test('links to rows that go by themselves are emptied, unless a check needs them', async () => {
    const { jobId, otherId, far } = await jobs();
    const [mate, last] = [`mate-${randomUUID()}`, `last-${randomUUID()}`];
    await backend.create('/crews', { id: mate, jobId });
    await backend.create('/tasks', { id: last, jobId: otherId });
    await backend.create('/steps', { id: last, taskId: last, crewId: far, mateId: mate, mateIds: [far, mate] });
    expect(await backend.status('DELETE', `/crews/${mate}`)).toBe(204);
    expect((await read('/steps', { id: last })).body).toMatchObject({ mateId: null, mateIds: [far] });
    await backend.create('/crews', { id: last, jobId, alsoInId: otherId, isFree: false });
    expect(await backend.send('DELETE', `/jobs/${otherId}`)).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'freeOrBound' }] },
    });
  });

  test('nor when they are deleted by themselves, and others hold them as before', async () => {
    const { jobId, otherId, one, two, far, first, second } = await jobs();
    const held = (detail: string) => ({
      status: 409,
      body: { errors: [{ code: 'referenced', detail }] },
    });
    const byAfter = held('rows of its own kind hold on to it with "afterIds"');
    const bulk = (path: string, ...ids: readonly string[]) =>
      backend.send('POST', `${path}/bulk-delete`, { data: ids.map((id) => ({ id })) });
    expect(await backend.send('DELETE', `/tasks/${first}`)).toMatchObject(byAfter);
    expect(await backend.status('DELETE', `/crews/${two}`)).toBe(409);
    expect(await bulk('/jobs', otherId)).toMatchObject(held('rows of Task hold on to it with "crewId"'));
    const last = `last-${randomUUID()}`;
    await backend.create('/tasks', { id: last, jobId: otherId, afterIds: [second], crewIds: [far] });
    expect(await backend.send('DELETE', `/jobs/${jobId}`)).toMatchObject(
      held('rows of Task hold on to it with "afterIds"'),
    );
    const several = await bulk('/tasks', second, first);
    expect(several).toMatchObject(byAfter);
    expect(several.body).toMatchObject({ errors: [{ pointer: '/data' }] });
    await backend.send('PATCH', `/crews/${far}`, { leadId: two });
    expect((await bulk('/jobs', otherId, jobId)).status).toBe(204);
    // Each has rows that cannot be without those of the other.
    expect((await backend.send('POST', `/jobs/${otherId}/restore`)).status).toBe(200);
    expect((await read('/tasks', { id: second })).body).toMatchObject({ jobId, afterIds: [first] });
    expect((await bulk('/tasks', first, last, second)).status).toBe(204);
    expect((await read('/crews', { id: one })).status).toBe(200);
  });

  test('of restores at one time that would bring back the same rows one does', async () => {
    const { jobId, otherId, far, two, first } = await jobs();
    await backend.send('PATCH', `/crews/${far}`, { leadId: two });
    const data = [{ id: jobId }, { id: otherId }];
    expect(await backend.status('POST', '/jobs/bulk-delete', { data })).toBe(204);
    const paths = [`/jobs/${jobId}`, `/jobs/${otherId}`, `/tasks/${first}`, `/crews/${far}`];
    const asked = [...paths, ...paths].map((path) => backend.status('POST', `${path}/restore`));
    const statuses = await Promise.all(asked);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    for (const path of paths) expect(await backend.status('GET', path)).toBe(200);
    for (const status of statuses) expect([200, 404, 409]).toContain(status);
  });

  test('what stands against a row that would come back with another one is named', async () => {
    const { jobId, otherId, far, first } = await jobs();
    const refused = async (code: string, detail: string): Promise<void> => {
      const errors = [{ code, detail }];
      expect(await backend.send('POST', `/jobs/${jobId}/restore`)).toMatchObject({ status: 409, body: { errors } });
    };
    const code = (await read('/tasks', { id: first })).body['code'];
    expect(await backend.status('DELETE', `/jobs/${jobId}`)).toBe(204);
    const { id: taken } = await backend.create('/tasks', { id: randomUUID(), jobId: otherId, code });
    await refused('unique', '"code" of a row of Task that comes back with it: is taken');
    await backend.send('DELETE', `/tasks/${taken}`);
    await backend.send('PATCH', `/crews/${far}`, { most: 2 });
    await refused('withinCrew', 'would not hold for a row of Task that depends on this one');
    expect(await backend.status('DELETE', `/crews/${far}`)).toBe(204);
    await refused('reference', '"crewId" of a row of Task that comes back with it: points to no row');
    expect((await backend.send('POST', `/crews/${far}/restore`)).status).toBe(200);
    await backend.send('PATCH', `/crews/${far}`, { most: 3 });
    expect((await backend.send('POST', `/jobs/${jobId}/restore`)).status).toBe(200);
  });

  test('links that are put and taken off', async () => {
    const { id } = await backend.create('/members', member());
    const path = `/members/${id}/helps/${id}`;
    expect(await asRead('/members', await backend.send('PUT', path))).toMatchObject({ helped: 1 });
    expect(await asRead('/members', await backend.send('DELETE', path))).toMatchObject({ helped: 0 });
  });

  test('bulk requests, whose rows change each other', async () => {
    const others = await total();
    const made = await backend.send('POST', '/members/bulk-create', { data: [member(), member(), member()] });
    const rows = await allAsRead('/members', made);
    expect(rows).toMatchObject([{ rest: others + 4 }, { rest: others + 4 }, { rest: others + 4 }]);
    const { etags }: { etags?: readonly string[] } = Object(made.body);
    const data = rows.map(({ id }, index) => ({ id, ifMatch: etags?.[index], set: { points: 5 } }));
    const changed = await backend.send('POST', '/members/bulk-update', { data });
    expect(await allAsRead('/members', changed)).toMatchObject([{ rest: others + 10 }, {}, {}]);
    const again = await backend.send('POST', '/members/bulk-update', { data });
    expect(again).toMatchObject({ status: 412, body: { errors: [{ pointer: '/data/0/ifMatch', code: 'stale' }] } });
    const { etags: last }: { etags?: readonly string[] } = Object(changed.body);
    const targets = rows.map(({ id }, index) => ({ id, ifMatch: last?.[index] }));
    expect(await backend.status('POST', '/members/bulk-delete', { data: targets })).toBe(204);
  });

  // The embedded database has one connection.
  if (version !== undefined)
    test('bulk requests beside each other that name the same lists in other orders', async () => {
      const teams = [teamId];
      for (let count = 0; count < 3; count += 1) teams.push((await backend.create('/teams', {})).id);
      const storm = Array.from({ length: 8 }, async (_, client) => {
        const order = client % 2 === 0 ? teams : teams.toReversed();
        for (let round = 0; round < 2; round += 1) {
          const made = await backend.send('POST', '/members/bulk-create', {
            data: order.map((team) => member({ teamId: team })),
          });
          const rows: readonly Row[] = Object(made.body).data ?? [];
          const moved = rows.map(({ id }, index) => ({ id, set: { teamId: order.at(-1 - index) } }));
          const changed = await backend.send('POST', '/members/bulk-update', { data: moved });
          const gone = await backend.status('POST', '/members/bulk-delete', { data: rows.map(({ id }) => ({ id })) });
          expect([made.status, changed.status, gone]).toEqual([201, 200, 204]);
        }
      });
      await Promise.all(storm);
    });

  test('what goes with rows of one bulk delete keeps its links to what goes with the others', async () => {
    const [one, two] = [await jobs(), await jobs()];
    const step = one.paths.find((path) => path.startsWith('/steps/')) ?? '';
    const links = { mateId: two.two, mateIds: [two.one, one.one] };
    const { body: before } = await backend.send('PATCH', step, links);
    expect(before).toMatchObject(links);
    for (const order of [
      [one, two],
      [two, one],
    ]) {
      const data = order.map(({ jobId: id }) => ({ id }));
      expect(await backend.status('POST', '/jobs/bulk-delete', { data })).toBe(204);
      for (const { jobId } of [two, one]) expect(await backend.status('POST', `/jobs/${jobId}/restore`)).toBe(200);
      expect((await backend.send('GET', step)).body).toEqual({ ...before, updatedAt: expect.any(String) });
    }
  });

  test('a bulk delete of a row and of one that links to it, by their ETags', async () => {
    const lead = await backend.send('POST', '/boards', {});
    const board = await backend.send('POST', '/boards', { beforeId: lead.body.id });
    const data = [lead, board].map(({ body: { id }, etag: ifMatch }) => ({ id, ifMatch }));
    const stale = data.map(({ id }) => ({ id, ifMatch: '"7"' }));
    const problem = { status: 412, body: { errors: [{ pointer: '/data/0/ifMatch', code: 'stale' }] } };
    expect(await backend.send('POST', '/boards/bulk-delete', { data: stale })).toMatchObject(problem);
    expect(await backend.status('POST', '/boards/bulk-delete', { data })).toBe(204);
  });

  test('a check of a row refuses no bulk delete that takes the row too', async () => {
    for (const isReversed of [false, true]) {
      const lead = await backend.create('/boards', {});
      const bound = await backend.create('/boards', { beforeId: lead.id, note: 'bound' });
      const data = [lead, bound].map(({ id }) => ({ id }));
      expect(await backend.status('DELETE', `/boards/${lead.id}`)).toBe(409);
      const deleted = await backend.send('POST', '/boards/bulk-delete', {
        data: isReversed ? data.toReversed() : data,
      });
      expect(deleted.status).toBe(204);
    }
  });

  test('numbered rows, alone and as parts of several', async () => {
    const owner = await backend.create('/members', member());
    const board = await backend.create('/boards', {});
    const ticket = (more: object = {}) => ({ code: randomUUID(), ownerId: owner.id, hours: 3, ...more });
    await backend.create('/tickets', ticket({ boardId: board.id }));
    const body = ticket({ boardId: board.id });
    const made = await backend.send('POST', '/tickets', body);
    expect(await asRead('/tickets', made, 201)).toMatchObject({ others: 3, load: 6 });
    const key = { 'idempotency-key': randomUUID() };
    const keyed = await backend.send('POST', '/tickets', ticket({ boardId: board.id }), key);
    expect(await asRead('/tickets', keyed, 201)).toMatchObject({ others: 6, load: 9 });
    const changed = await backend.send('POST', '/tickets/upsert', { ...body, hours: 4 });
    expect(await asRead('/tickets', changed)).toMatchObject({ others: 6, load: 10 });
    const patched = await backend.send('PATCH', `/tickets/${made.body.id}`, { hours: 5 });
    expect(await asRead('/tickets', patched)).toMatchObject({ others: 6, load: 11 });
    expect((await read('/boards', board)).body).toMatchObject({ total: 11, note: 'load 11' });
    const boards = await backend.send('POST', '/boards/bulk-create', {
      data: [{ tickets: [ticket()] }, { tickets: [ticket(), ticket()] }],
    });
    const lists = (await allAsRead('/boards', boards, 'tickets')).map((row) => Object(row)['tickets']);
    for (const row of lists.flat()) expect(row).toEqual((await read('/tickets', row)).body);
  });

  test('a check that another row of the kind no longer meets is a conflict, and one of a row written a mistake', async () => {
    const conflict = { status: 409, body: { errors: [{ code: 'ledWithin' }] } };
    const mistake = (more: object = {}) => ({ status: 422, body: { errors: [{ code: 'ledWithin', ...more }] } });
    const leadId = (await backend.create('/members', member())).id;
    const body = member({ leadId });
    const { id } = await backend.create('/members', body);
    const points = 901;
    const [own, other] = [randomUUID(), randomUUID()];
    expect(await backend.send('POST', '/members', member({ leadId, points }))).toMatchObject(conflict);
    expect(await backend.send('POST', '/members', member({ id: own, leadId, points }))).toMatchObject(conflict);
    expect(await backend.send('POST', '/members', member({ id: own, leadId: own, points }))).toMatchObject(mistake());
    expect(await backend.send('PATCH', `/members/${id}`, { points })).toMatchObject(conflict);
    expect(await backend.send('PATCH', `/members/${id}`, { points, leadId: id })).toMatchObject(mistake());
    expect(await backend.send('POST', '/members/upsert', { ...body, points })).toMatchObject(conflict);
    expect(await backend.send('POST', '/members/upsert', { ...body, points, leadId: id })).toMatchObject(mistake());
    expect(await backend.send('POST', '/members/upsert', member({ leadId, points }))).toMatchObject(conflict);
    const bulk = (write: string, ...data: readonly object[]) =>
      backend.send('POST', `/members/bulk-${write}`, { data });
    expect(await bulk('create', member(), member({ leadId, points }))).toMatchObject(conflict);
    const led = member({ id: other, leadId: other, points });
    expect(await bulk('create', member(), led)).toMatchObject(mistake({ pointer: '/data/1' }));
    expect(await bulk('update', { id, set: { points } })).toMatchObject(conflict);
    const both = await bulk('update', { id, set: { points } }, { id: leadId, set: { points: 3 } });
    expect(both).toMatchObject(mistake({ pointer: '/data/1' }));
  });

  test('where parts, or rows of a list, stand against a check of a row that they link to, each link is pointed at', async () => {
    const { otherId, far } = await jobs();
    const task = (crewId?: string) => ({ id: randomUUID(), hours: 9, ...(crewId !== undefined && { crewId }) });
    const refused = (...pointers: readonly string[]) => ({
      status: 409,
      body: { errors: pointers.map((pointer) => ({ pointer, code: 'notTooMuch' })) },
    });
    const [name, jobId] = [randomUUID(), otherId];
    const made = await backend.send('POST', '/jobs', { name, tasks: [task(far), task(), task(far)] });
    expect(made).toMatchObject(refused('/tasks/0/crewId', '/tasks/2/crewId'));
    const list = [{ name: randomUUID() }, { name, tasks: [task(), task(far), task(far)] }];
    const lists = await backend.send('POST', '/jobs/bulk-create', { data: list });
    expect(lists).toMatchObject(refused('/data/1/tasks/1/crewId', '/data/1/tasks/2/crewId'));
    const tasks = [task(), task()].map((one) => ({ ...one, jobId }));
    for (const one of tasks) await backend.create('/tasks', one);
    const data = tasks.map(({ id }) => ({ id, set: { crewId: far } }));
    const moved = await backend.send('POST', '/tasks/bulk-update', { data });
    expect(moved).toMatchObject(refused('/data/0/set/crewId', '/data/1/set/crewId'));
  });

  test('rows of one request may link to each other, whatever their ids and their order', async () => {
    const [a, b, c, root] = ['a', 'b', 'c', 'z'].map((letter) => letter + randomUUID());
    const nodes = [{ id: a, nextId: b, nearIds: [c] }, { id: c, twinId: root }, { id: b, nextId: root }, { id: root }];
    const list = await backend.send('POST', '/nodes/bulk-create', { data: nodes });
    expect(list).toMatchObject({ status: 201, body: { data: nodes } });
    const crews = [{ id: a, leadId: b }, { id: b, leadId: c }, { id: c }];
    const tasks = [
      { id: a, crewId: a, afterIds: [c], steps: [{ id: a, crewId: b }] },
      { id: c, afterIds: [b] },
      { id: b, crewIds: [c] },
    ];
    const job = await backend.send('POST', '/jobs', { name: randomUUID(), tasks, crews });
    expect(job).toMatchObject({ status: 201, body: { tasks, crews } });
  });

  test('nor does it matter that rows are numbered, or come as parts', async () => {
    const conflict = { status: 409, body: { errors: [{ code: 'othersWithin' }] } };
    const owner = await backend.create('/members', member());
    const ticket = (more: object = {}) => ({ code: randomUUID(), ownerId: owner.id, hours: 3, ...more });
    const { id: boardId } = await backend.create('/boards', { tickets: [ticket()] });
    expect(await backend.send('POST', '/tickets', ticket({ boardId, hours: 901 }))).toMatchObject(conflict);
    expect(await backend.send('POST', '/tickets/upsert', ticket({ boardId, hours: 901 }))).toMatchObject(conflict);
    const made = await backend.send('POST', '/boards', { tickets: [ticket({ hours: 901 }), ticket()] });
    expect(made).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'othersWithin', pointer: '/tickets/1/hours' }] },
    });
  });

  test('a row that is frozen from the start is made with all that is computed in it, and is not changed after that', async () => {
    const bill = (more: object = {}) => ({ code: randomUUID(), isClosed: true, ...more });
    const lines = [{ price: 2 }, { price: 3 }];
    const made = await backend.send('POST', '/bills', bill({ lines }));
    expect(made).toMatchObject({ status: 201, body: { total: 5 } });
    const open = await backend.create('/bills', bill({ isClosed: false }));
    const moved = await backend.send('PATCH', `/bills/${open.id}`, { isClosed: true, overId: open.id });
    expect(await asRead('/bills', moved)).toMatchObject({ others: 1, overCode: open['code'] });
    const frozen = { status: 409, body: { type: 'urn:problem:frozen' } };
    expect(await backend.send('PATCH', `/bills/${open.id}`, { code: randomUUID() })).toMatchObject(frozen);
    expect(await backend.send('DELETE', `/bills/${open.id}`)).toMatchObject(frozen);
    const line = { billId: made.body.id, price: 1 };
    expect(await backend.status('POST', '/lines', line)).toBe(409);
    expect(await backend.status('POST', '/lines', { ...line, price: 0 })).toBe(201);
  });

  test('nor is it the row of the request that is frozen, where it is another one of its kind', async () => {
    const bill = (more: object = {}) => ({ code: randomUUID(), ...more });
    const over = await backend.create('/bills', bill());
    await backend.create('/bills', bill({ overId: over.id, isClosed: true }));
    const detail = 'a row that depends on this one is frozen';
    const refused = (pointer: object = {}) => ({
      status: 409,
      body: { type: 'urn:problem:conflict', errors: [{ ...pointer, code: 'frozen', detail }] },
    });
    const code = randomUUID();
    expect(await backend.send('PATCH', `/bills/${over.id}`, { code })).toMatchObject(refused());
    expect(await backend.send('POST', '/bills', bill({ overId: over.id }))).toMatchObject(refused());
    const set = await backend.send('POST', '/bills/bulk-update', { data: [{ id: over.id, set: { code } }] });
    expect(set).toMatchObject(refused({ pointer: '/data/0' }));
    const list = await backend.send('POST', '/bills/bulk-create', { data: [bill(), bill({ overId: over.id })] });
    expect(list).toMatchObject(refused({ pointer: '/data/1' }));
  });

  test('a unique that two rows of one request would share is told at the second, also where rows are numbered', async () => {
    const owner = await backend.create('/members', member());
    const { id: boardId } = await backend.create('/boards', {});
    const ticket = { code: randomUUID(), ownerId: owner.id, hours: 3, boardId };
    const answer = await backend.send('POST', '/tickets/bulk-create', { data: [ticket, ticket] });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ pointer: '/data/1/code', code: 'unique' }] } });
    const nowhere = { ...ticket, boardId: randomUUID() };
    const other = await backend.send('POST', '/tickets/bulk-create', { data: [ticket, nowhere] });
    expect(other).toMatchObject({ status: 422, body: { errors: [{ pointer: '/data/1/boardId', code: 'reference' }] } });
  });

  test('a link to no row is named where a computed value is missing for it', async () => {
    const errors = [{ pointer: '/teamId', code: 'reference' }];
    const nowhere = member({ teamId: randomUUID() });
    for (const [path, body, place = ''] of [
      ['/members', nowhere],
      ['/members/upsert', nowhere],
      ['/members/bulk-create', { data: [member(), nowhere] }, '/data/1'],
    ] as const) {
      const problem = { status: 422, body: { errors: [{ ...errors[0], pointer: `${place}/teamId` }] } };
      expect(await backend.send('POST', path, body)).toMatchObject(problem);
    }
  });
};

describe('on PGlite', () => {
  suite();
});
describeOldestPostgres(suite);
