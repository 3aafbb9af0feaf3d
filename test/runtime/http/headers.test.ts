import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../runtime/http/http-settings.ts';
import { sendRaw, serveRoutes, type Served } from './serve-routes.ts';

const ORIGIN = 'https://app.example.com';

let plain: Served;
let shared: Served;
beforeAll(async () => {
  plain = await serveRoutes();
  shared = await serveRoutes(() => {}, {
    settings: { ...DEFAULT_SETTINGS, production: true, corsOrigins: [ORIGIN, 'http://localhost:5173'] },
  });
});
afterAll(async () => {
  await plain.close();
  await shared.close();
});

test.each(['/livez', '/things/1', '/nowhere', '/things/%', '/openapi.json'])(
  'an answer to %s tells a browser to do nothing with it',
  async (path) => {
    const { headers } = await fetch(plain.url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
  },
);

test('production keeps browsers to TLS', async () => {
  const { headers } = await fetch(`${shared.url}/livez`);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});

test('without CORS_ORIGINS no origin is let in, and no answer varies by it', async () => {
  const { headers } = await fetch(`${plain.url}/things/1`, { headers: { origin: ORIGIN } });
  expect([...headers.keys()].filter((name) => name.startsWith('access-control') || name === 'vary')).toEqual([]);
});

test.each(['/things/1', '/nowhere', '/things/%'])('a listed origin may read an answer to %s', async (path) => {
  const { headers } = await fetch(shared.url + path, { headers: { origin: ORIGIN } });
  expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(headers.get('access-control-expose-headers')).toContain('ETag');
  expect(headers.get('vary')).toBe('Origin');
  expect(headers.has('access-control-allow-credentials')).toBe(false);
});

test.each([
  undefined,
  'null',
  'https://app.example.com.evil.example',
  'http://app.example.com',
  'https://APP.example.com',
  'https://evil.example',
])('the origin %s is not let in, and caches know', async (origin) => {
  const headers = origin === undefined ? {} : { origin };
  const answer = await fetch(`${shared.url}/things/1`, { headers });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('vary')).toBe('Origin');
  const asked = { method: 'OPTIONS', headers: { ...headers, 'access-control-request-method': 'DELETE' } };
  const preflight = await fetch(`${shared.url}/things/1`, asked);
  expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a preflight is told the methods of its path and the headers that the API reads', async () => {
  const headers = { origin: ORIGIN, 'access-control-request-method': 'DELETE' };
  const answer = await fetch(`${shared.url}/things/1`, { method: 'OPTIONS', headers });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD, DELETE, OPTIONS');
  expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key, If-Match');
  expect(answer.headers.get('access-control-max-age')).toBe('7200');
  expect((await fetch(`${shared.url}/nowhere`, { method: 'OPTIONS', headers })).status).toBe(404);
});

test('connections are kept alive, longer than balancers keep them', async () => {
  const answer = await sendRaw(
    plain.port,
    'GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );
  expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(answer).toMatch(/^Keep-Alive: timeout=65\r$/im);
});

test('a log line has the trace that the request is part of', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
  await fetch(`${plain.url}/things/1`, { headers: { traceparent, 'x-request-id': 'traced' } });
  await fetch(`${plain.url}/things/1`, { headers: { traceparent: 'mine', 'x-request-id': 'untraced' } });
  const lineOf = (id: string): unknown => plain.logged().find(({ requestId }) => requestId === id);
  await expect.poll(() => lineOf('untraced')).toBeDefined();
  expect(lineOf('traced')).toMatchObject({ traceId: trace, route: '/things/:id' });
  expect(lineOf('untraced')).not.toHaveProperty('traceId');
});

test('probes that go well are no lines at level info', async () => {
  for (const path of ['/livez', '/readyz', '/things/probed']) await fetch(plain.url + path);
  await expect.poll(() => plain.logged().some(({ route }) => route === '/things/:id')).toBe(true);
  expect(plain.logged().filter(({ route }) => route === '/livez' || route === '/readyz')).toEqual([]);
});
