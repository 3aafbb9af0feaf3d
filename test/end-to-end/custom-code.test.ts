import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend, startBackend, type RunningBackend } from './compiled-backend.ts';
import { typeErrors } from './type-errors.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SPEC = `supercompile: 1
name: notes
auth: { provider: none }
database: { schema: own }
entities:
  Note:
    fields:
      title: { type: string, maxLength: 40 }
    access:
      everyone: { roles: [anonymous], allow: [create, read, update, delete], rows: all }
  Event:
    fields:
      what: { type: string }
    access: {}
  Line:
    partOf: note
    fields:
      note: { type: reference, to: Note, inverse: lines }
      text: { type: string, maxLength: 10 }
`;

const HOOKS = `import { Problem } from '#runtime/http/problem.ts';
import type { Hooks } from '../app/app.ts';

export const hooks = {
  note: {
    beforeCreate: (input) => ({ ...input, title: input.title.trim() }),
    afterCreate: async (row, { db }) => {
      await db.insertInto('events').values({ what: \`created \${row.title}\` }).execute();
      if (row.title === 'refuse') throw new Problem(409, { detail: 'Not this one.' });
      if (row.title === 'fail') throw new Error('a secret of the hook');
    },
    beforeUpdate: async (id, patch, { db }) => {
      const { title } = await db.selectFrom('notes').select('title').where('id', '=', id).executeTakeFirstOrThrow();
      return { title: \`\${title}, \${patch.title}\` };
    },
    beforeDelete: () => {
      throw new Problem(403, { detail: 'Notes stay.' });
    },
  },
  line: {
    beforeCreate: async (line, { db }) => {
      const { title } = await db.selectFrom('notes').select('title').where('id', '=', line.noteId).executeTakeFirstOrThrow();
      return { ...line, text: \`\${title}: \${line.text}\` };
    },
    afterCreate: async (line, { db }) => {
      await db.insertInto('events').values({ what: \`wrote \${line.text}\` }).execute();
    },
  },
} satisfies Hooks;
`;

const ROUTES = `import type { CustomRoutes } from '#runtime/server/create-backend.ts';
import { readJsonBody } from '#runtime/http/json-body.ts';
import type { DB } from '../app/database.ts';

export const routes: CustomRoutes<DB> = (app, { db, once }) => {
  app.post('/notes/events', async (context) => {
    const body = await readJsonBody(context);
    return once(context, body, async (within) => {
      await within.insertInto('events').values({ what: String(body) }).execute();
      if (body === 'fail') throw new Error('a secret of the route');
      return { status: 202, body: { what: body }, headers: { 'x-own': 'kept' } };
    });
  });
  app.get('/notes/events', async (context) => {
    const rows = await db.selectFrom('events').select('what').orderBy('created_at').execute();
    return context.json(rows.map(({ what }) => what));
  });
};
`;

const folder = createFolder('custom-code');
let server: RunningBackend;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'app.yaml'), SPEC);
  await buildBackend(join(folder, 'app.yaml'), join(folder, 'backend'));
  writeFileSync(join(folder, 'backend/custom/hooks.ts'), HOOKS);
  writeFileSync(join(folder, 'backend/custom/routes.ts'), ROUTES);
  server = await startBackend(join(folder, 'backend'));
});

afterAll(async () => {
  await server?.stop();
  removeFolder(folder);
});

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const init =
    body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const answer = await fetch(server.url + path, { method, ...init });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('custom code is typed by the spec', async () => {
  expect(await typeErrors(join(folder, 'backend'))).toBe('');
}, 60_000);

test('hooks change what is written, write beside it, and roll everything back when they throw', async () => {
  const created = await send('POST', '/notes', { title: '  first ' });
  expect(created).toMatchObject({ status: 201, body: { title: 'first' } });
  expect(await send('POST', '/notes', { title: 'refuse' })).toMatchObject({
    status: 409,
    body: { detail: 'Not this one.' },
  });
  const failed = await send('POST', '/notes', { title: 'fail' });
  expect(failed.status).toBe(500);
  expect(JSON.stringify(failed.body)).not.toContain('secret');
  expect(await send('GET', '/notes')).toMatchObject({ status: 200, body: { data: [{ title: 'first' }] } });
  expect(await send('GET', '/notes/events')).toEqual({ status: 200, body: ['created first'] });

  const path = `/notes/${String(Object(created.body).id)}`;
  expect(await send('PATCH', path, { title: 'second' })).toMatchObject({
    status: 200,
    body: { title: 'first, second' },
  });
  expect(await send('DELETE', path)).toMatchObject({ status: 403 });
  expect(await send('GET', path)).toMatchObject({ status: 200 });
});

test('parts that a create brings have their own hooks, and fall with the row', async () => {
  const lines = [{ text: 'one' }, { text: 'two' }];
  const before: readonly unknown[] = Object((await send('GET', '/notes/events')).body);
  const created = await send('POST', '/notes', { title: ' abc ', lines });
  expect(created).toMatchObject({
    status: 201,
    body: { title: 'abc', lines: [{ text: 'abc: one' }, { text: 'abc: two' }] },
  });
  // The column has no room for what the hook has made of the second.
  const long = await send('POST', '/notes', { title: 'abc', lines: [...lines.slice(1), { text: 'long one' }] });
  expect(long).toMatchObject({ status: 422, body: { errors: [{ pointer: '/lines/1' }] } });
  const events: readonly unknown[] = Object((await send('GET', '/notes/events')).body);
  expect(events.slice(before.length).toSorted()).toEqual(['created abc', 'wrote abc: one', 'wrote abc: two']);
  expect(Object((await send('GET', '/lines')).body).data).toHaveLength(2);
  expect(await send('POST', '/notes', { title: 'empty', lines: [] })).toMatchObject({
    status: 201,
    body: { lines: [] },
  });
});

test('hooks and the work of routes run once for a key, and not at all for one that failed', async () => {
  const key = (value: string) => ({ 'idempotency-key': value });
  const events = async (): Promise<readonly unknown[]> => Object((await send('GET', '/notes/events')).body);
  const before = await events();
  for (const _ of [1, 2, 3]) {
    expect(await send('POST', '/notes', { title: 'once' }, key('note'))).toMatchObject({ status: 201 });
    expect(await send('POST', '/notes/events', 'did', key('route'))).toEqual({ status: 202, body: { what: 'did' } });
    expect(await send('POST', '/notes', { title: 'fail' }, key('failed'))).toMatchObject({ status: 500 });
    expect(await send('POST', '/notes/events', 'fail', key('failed too'))).toMatchObject({ status: 500 });
  }
  expect((await events()).slice(before.length)).toEqual(['created once', 'did']);
  expect(await send('POST', '/notes/events', 'other', key('route'))).toMatchObject({ status: 422 });
  expect(await send('POST', '/notes', 'did', key('route'))).toMatchObject({ status: 422 });
});
