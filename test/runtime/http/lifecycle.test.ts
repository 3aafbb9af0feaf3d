import { HTTPException } from 'hono/http-exception';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../../runtime/database/errors.ts';
import { readJsonBody } from '../../../runtime/http/json-body.ts';
import { Problem } from '../../../runtime/http/problem.ts';
import { sendRaw, serveRoutes, type Served } from './serve-routes.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let served: Served;
/** Ids of requests whose body is read. */
const begun = new Set<string | undefined>();
beforeAll(async () => {
  served = await serveRoutes((app, { database }) => {
    app.get('/fails', () => {
      throw new Error('the password is hunter2');
    });
    app.get('/throws-text', () => {
      // oxlint-disable-next-line no-throw-literal
      throw 'not even an error';
    });
    app.get('/exception', () => {
      throw new HTTPException(418, { message: 'short and stout' });
    });
    app.get('/problem', () => {
      throw new Problem(409, {
        detail: 'Taken.',
        code: 'taken',
        errors: [{ pointer: '/name', code: 'unique', detail: 'is taken' }],
      });
    });
    app.post('/reads/:how', async (context) => {
      begun.add(context.req.header('x-request-id'));
      return context.json(await (context.req.param('how') === 'json' ? readJsonBody(context) : context.req.text()));
    });
    app.get('/unavailable', () => {
      throw new DatabaseUnavailable('connection', '57P01');
    });
    app.get('/statement/:sql', async (context) => {
      await database.query({ text: context.req.param('sql'), values: [] });
      return context.text('done');
    });
  });
});
afterAll(() => served.close());

async function get(
  path: string,
  init?: RequestInit,
): Promise<{ readonly response: Response; readonly body: Record<string, unknown> }> {
  const response = await fetch(served.url + path, init);
  const text = await response.text();
  return { response, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

test('every answer carries a request id of its own, or the one that was sent', async () => {
  expect((await get('/livez')).response.headers.get('x-request-id')).toMatch(UUID_V7);
  const sent = await get('/nowhere', { headers: { 'x-request-id': 'trace-1:a/b' } });
  expect(sent.response.headers.get('x-request-id')).toBe('trace-1:a/b');
  expect(sent.body['instance']).toBe('trace-1:a/b');
});

test.each(['x'.repeat(129), 'a b', 'a"b', '<script>'])('the request id %s is not taken over', async (id) => {
  const { response } = await get('/livez', { headers: { 'x-request-id': id } });
  expect(response.headers.get('x-request-id')).toMatch(UUID_V7);
});

test('what is thrown becomes a problem; nothing unforeseen is told', async () => {
  for (const path of ['/fails', '/throws-text']) {
    const { response, body } = await get(path);
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: expect.not.stringContaining('hunter2'),
      instance: response.headers.get('x-request-id'),
    });
    expect(served.logged()).toContainEqual(
      expect.objectContaining({ msg: 'request failed', requestId: body['instance'] }),
    );
  }
  expect((await get('/exception')).body).toMatchObject({ status: 418, detail: 'short and stout' });
  expect((await get('/problem')).body).toMatchObject({
    type: 'urn:problem:taken',
    title: 'Conflict',
    detail: 'Taken.',
    errors: [{ pointer: '/name', code: 'unique', detail: 'is taken' }],
  });
});

test.each([
  ['json', 'Content-Length: 100'],
  ['json', 'Transfer-Encoding: chunked'],
  ['text', 'Content-Length: 100'],
])('a client that leaves amid its body, read as %s (%s), is no failure of the server', async (how, length) => {
  const id = randomUUID();
  const head = `POST /reads/${how} HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nContent-Type: application/json\r\n${length}`;
  const socket = connect(served.port, '127.0.0.1');
  await new Promise((sent) => socket.write(`${head}\r\n\r\n8\r\n{"a": [1\r\n`, sent));
  await expect.poll(() => begun.has(id)).toBe(true);
  socket.destroy();
  const lines = (): readonly object[] => served.logged().filter(({ requestId }) => requestId === id);
  await expect.poll(lines).toHaveLength(1);
  expect(lines()).toEqual([
    expect.objectContaining({ level: 'info', msg: 'request', route: '/reads/:how', status: 499 }),
  ]);
  expect((await get('/livez')).response.status).toBe(200);
});

test('an unavailable database is 503 with Retry-After', async () => {
  const { response } = await get('/unavailable');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
});

test.each([
  ["select 'secret'::uuid", 422],
  ['select 1/0', 422],
  ['select * from nowhere', 500],
  ["do $$ begin raise sqlstate '40001'; end $$", 503],
  ["do $$ begin raise sqlstate '57P01'; end $$", 503],
  ["do $$ begin raise sqlstate '53300'; end $$", 503],
])('the statement %s is %i', async (sql, status) => {
  const { response, body } = await get(`/statement/${encodeURIComponent(sql)}`);
  expect(response.status).toBe(status);
  expect(JSON.stringify(body)).not.toContain('secret');
});

test('an unknown path is 404 and a known one with another method 405 with Allow', async () => {
  expect((await get('/nowhere')).body).toMatchObject({ status: 404, title: 'Not Found' });
  expect((await get('/things')).response.status).toBe(404);
  expect((await get('/things/')).response.status).toBe(404);
  for (const method of ['PUT', 'POST', 'PATCH', 'PROPFIND']) {
    const { response, body } = await get('/things/7', { method });
    expect([method, response.status, response.headers.get('allow')]).toEqual([
      method,
      405,
      'GET, HEAD, DELETE, OPTIONS',
    ]);
    expect(body['title']).toBe('Method Not Allowed');
  }
});

test('OPTIONS names the methods and HEAD answers as GET without a body', async () => {
  const options = await get('/things/7', { method: 'OPTIONS' });
  expect([options.response.status, options.response.headers.get('allow')]).toEqual([204, 'GET, HEAD, DELETE, OPTIONS']);
  const head = await fetch(`${served.url}/things/7`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await get('/echo', { method: 'HEAD' })).response.status).toBe(405);
});

test('TRACE is refused', async () => {
  expect(await sendRaw(served.port, 'TRACE /things/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 405 /,
  );
});

test.each([
  ['/things/%zz', 400],
  ['/things/%C3%28', 400],
  ['/things/7?a=%zz', 400],
  ['/things/7?a=%00', 422],
  ['/things/%00', 404],
  [`/things/${'x'.repeat(9_000)}`, 414],
  ['/things/%41', 200],
])('the URL %s is %i', async (path, status) => {
  expect((await get(path)).response.status).toBe(status);
});

test('a malformed parameter is named', async () => {
  expect((await get('/things/7?ok=1&name=%ff')).body['errors']).toEqual([
    { parameter: 'name', code: 'encoding', detail: 'has a malformed percent-encoding' },
  ]);
});

test('bytes that are no HTTP, and headers without end, are refused', async () => {
  expect(await sendRaw(served.port, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
  const long = `GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
  expect(await sendRaw(served.port, long)).toMatch(/^HTTP\/1\.1 431 /);
});

test('an expectation that cannot be met is refused in words', async () => {
  const answer = await sendRaw(served.port, 'GET /livez HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 417 [\s\S]*application\/problem\+json[\s\S]*"status":417/);
});

test.each(['a b', 'x/y', '[::1', 'x@y'])('the Host "%s" makes no request', async (host) => {
  const answer = await sendRaw(served.port, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"instance":"0/);
});

test('probes tell life from readiness', async () => {
  expect((await get('/livez')).response.status).toBe(200);
  expect((await get('/readyz')).response.status).toBe(200);
  served.setClosing(true);
  expect((await get('/livez')).response.status).toBe(200);
  expect((await get('/readyz')).body).toMatchObject({ status: 503, detail: 'The server is stopping.' });
  served.setClosing(false);
});

test('the API document has a tag by which it is not sent twice', async () => {
  const first = await get('/openapi.json');
  expect(first.body).toEqual({ openapi: '3.1.0' });
  const etag = first.response.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]+"$/);
  expect((await get('/openapi.json', { headers: { 'if-none-match': etag } })).response.status).toBe(304);
});

test('answers forbid guessing their type and keeping them unasked', async () => {
  const { headers } = (await get('/things/7')).response;
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('private, no-cache');
});

test('a request is one log line with the pattern of its route and nothing that was sent', async () => {
  await get('/things/secret-id?token=secret-query', {
    method: 'DELETE',
    headers: {
      'x-request-id': 'logged-request',
      authorization: 'Bearer secret-header',
      'content-type': 'application/json',
    },
    body: '{"password":"secret-body"}',
  });
  const lines = served.logged().filter(({ requestId }) => requestId === 'logged-request');
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      requestId: 'logged-request',
      method: 'DELETE',
      route: '/things/:id',
      status: 204,
      milliseconds: expect.any(Number),
      msg: 'request',
    },
  ]);
  expect(JSON.stringify(served.logged())).not.toContain('secret-');
});
