import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, httpSettings, type HttpSettings } from '../../../runtime/http/http-settings.ts';
import { createMetrics } from '../../../runtime/observability/metrics.ts';
import { listenForMetrics } from '../../../runtime/server/listen-for-metrics.ts';
import { serveRoutes, type Served } from './serve-routes.ts';

const TOKEN = 'a-token-of-some-length';

let open: Served;
const metrics = createMetrics();
beforeAll(async () => {
  open = await serveRoutes(
    (app) => {
      app.get('/fails', () => {
        throw new Error('no reason');
      });
    },
    { metrics },
  );
});
afterAll(() => open.close());

/** Samples of one metric, with labels in the order of the text. */
function samplesOf(text: string, name: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

async function read(served: Served, init?: RequestInit): Promise<Response> {
  return fetch(`${served.url}/metrics`, init);
}

test('requests are counted by method, route pattern and status, with their durations', async () => {
  for (const path of ['/things/1', '/things/2', '/nowhere/3', '/fails']) await fetch(open.url + path);
  await fetch(`${open.url}/things/4`, { method: 'PUT' });
  const response = await read(open);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(samplesOf(text, 'http_requests_total')).toEqual(
    expect.arrayContaining([
      'http_requests_total{method="GET",route="/things/:id",status="200"} 2',
      'http_requests_total{method="GET",route="unmatched",status="404"} 1',
      'http_requests_total{method="GET",route="/fails",status="500"} 1',
      'http_requests_total{method="PUT",route="unmatched",status="405"} 1',
    ]),
  );
  expect(samplesOf(text, 'http_request_duration_seconds_count')).toContain(
    'http_request_duration_seconds_count{method="GET",route="/things/:id",status="2xx"} 2',
  );
  expect(samplesOf(text, 'http_request_duration_seconds_bucket')).toContain(
    'http_request_duration_seconds_bucket{le="30",method="GET",route="/things/:id",status="2xx"} 2',
  );
});

test('nothing that a caller chose becomes a label', async () => {
  await fetch(`${open.url}/things/hunter2?q=hunter2`, { headers: { 'x-request-id': 'hunter2', cookie: 'hunter2' } });
  for (let index = 0; index < 20; index += 1) await fetch(`${open.url}/hunter2/${index}`);
  await fetch(`${open.url}/hunter2`, { method: 'PROPFIND' });
  const text = await (await read(open)).text();
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('PROPFIND');
  const unmatched = samplesOf(text, 'http_requests_total').filter((line) => line.includes('"unmatched"'));
  expect(unmatched.filter((line) => line.includes('404'))).toEqual([
    expect.stringMatching(/^http_requests_total\{method="GET",.* \d+$/),
    'http_requests_total{method="other",route="unmatched",status="404"} 1',
  ]);
});

test('the process tells of its event loop, memory and connections', async () => {
  metrics.watchConnections(() => [
    { kind: 'pool', state: 'active', count: 3 },
    { kind: 'pool', state: 'waiting', count: 2 },
  ]);
  const text = await (await read(open)).text();
  expect(samplesOf(text, 'database_connections')).toEqual([
    'database_connections{kind="pool",state="active"} 3',
    'database_connections{kind="pool",state="waiting"} 2',
  ]);
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
    expect(samplesOf(text, name)).toHaveLength(1);
  }
});

const environment = {
  APP_ENV: 'production',
  METRICS_TOKEN: undefined,
  METRICS_PORT: undefined,
  DOCS: true,
  CORS_ORIGINS: [],
} as const;

test.each([
  ['production alone', environment, 'closed'],
  ['production with a token', { ...environment, METRICS_TOKEN: TOKEN }, 'token'],
  ['production with a port of its own', { ...environment, METRICS_TOKEN: TOKEN, METRICS_PORT: 9 }, 'closed'],
  ['development', { ...environment, APP_ENV: 'development' }, 'open'],
  ['development with a token', { ...environment, APP_ENV: 'development', METRICS_TOKEN: TOKEN }, 'token'],
  ['tests with a port of its own', { ...environment, APP_ENV: 'test', METRICS_PORT: 9 }, 'closed'],
] as const)('in %s, /metrics beside the API is decided', (_, given, kind) => {
  expect(httpSettings(given).metricsAccess.kind).toBe(kind);
});

async function withAccess(metricsAccess: HttpSettings['metricsAccess'], work: (served: Served) => Promise<void>) {
  const served = await serveRoutes(() => {}, { metrics, settings: { ...DEFAULT_SETTINGS, metricsAccess } });
  await work(served).finally(() => served.close());
}

test('closed metrics are a path like any that is not there', async () => {
  await withAccess({ kind: 'closed' }, async (served) => {
    expect((await read(served)).status).toBe(404);
  });
});

test('the token opens the metrics, and nothing like it does', async () => {
  await withAccess({ kind: 'token', token: TOKEN }, async (served) => {
    for (const authorization of [
      '',
      TOKEN,
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      'Bearer ',
      `Basic ${TOKEN}`,
    ]) {
      const refused = await read(served, { headers: { authorization } });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await refused.text()).not.toContain('http_requests_total');
    }
    expect((await read(served, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  });
});

test('a port of its own answers the metrics and nothing else', async () => {
  const { server, url } = await listenForMetrics({ metrics, token: TOKEN, host: '127.0.0.1', port: 0 });
  try {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/livez`, { headers })).status).toBe(404);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
