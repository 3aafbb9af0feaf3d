import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createBackendFolder,
  NO_DATABASE,
  startProgram,
  type BackendOnDisk,
  type RunningProgram,
} from './start-program.ts';

const TOKEN = 'a-token-of-some-length';
const ORIGIN = 'https://app.example.com';

let backend: BackendOnDisk;
let running: RunningProgram | undefined;
beforeEach(() => {
  backend = createBackendFolder();
});
afterEach(async () => {
  running?.signal('SIGKILL');
  await running?.ended;
  running = undefined;
  backend.remove();
});

async function start(environment: Readonly<Record<string, string>>): Promise<string> {
  running = startProgram(backend.directory, environment);
  return running.listening;
}

test('production shows its metrics to whoever has the token, and its API to the listed origins', async () => {
  const url = await start({ ...NO_DATABASE, METRICS_TOKEN: TOKEN, CORS_ORIGINS: ORIGIN, DOCS: 'off' });
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}`, origin: ORIGIN } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('http_requests_total{method="GET",route="/metrics",status="401"} 1');
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect((await fetch(`${url}/docs`)).status).toBe(404);
});

test('production without a token has no metrics', async () => {
  const url = await start(NO_DATABASE);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test('a port of its own has the metrics, while the server stops too, and ends with it', async () => {
  const url = await start({ ...NO_DATABASE, METRICS_PORT: '0' });
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  const slow = fetch(`${url}/slow/500`);
  await fetch(`${url}/livez`);
  running?.signal('SIGTERM');
  await slow;
  const { code, stderr } = (await running?.ended) ?? {};
  expect(code).toBe(0);
  expect(stderr).toMatch(/^metrics on http:\/\/127\.0\.0\.1:\d+\/metrics\nlistening on /);
});

test('a port of the metrics that is taken is named by its variable', async () => {
  const port = new URL(await start(NO_DATABASE)).port;
  const second = createBackendFolder();
  const { code, stderr } = await startProgram(second.directory, { ...NO_DATABASE, METRICS_PORT: port }).ended;
  second.remove();
  expect([code, stderr]).toEqual([
    78,
    `port ${port} on 127.0.0.1 is already in use; set METRICS_PORT to another one\n`,
  ]);
});

test('at level debug the log has the statements and the probes', async () => {
  const url = await start({ LOG_LEVEL: 'debug' });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  running?.signal('SIGTERM');
  const { stdout } = (await running?.ended) ?? { stdout: '' };
  const lines: readonly { readonly msg: string }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ level: 'debug', msg: 'statement', summary: 'select' }));
  expect(lines).toContainEqual(expect.objectContaining({ level: 'debug', msg: 'request', route: '/readyz' }));
});
