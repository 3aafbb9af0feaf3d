import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createBackendFolder,
  NO_DATABASE,
  startProgram,
  type BackendOnDisk,
  type RunningProgram,
} from './start-program.ts';

let backend: BackendOnDisk;
const running: RunningProgram[] = [];
beforeEach(() => {
  backend = createBackendFolder();
});
afterEach(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running.length = 0;
  backend.remove();
});

function start(environment: Readonly<Record<string, string>> = {}): RunningProgram {
  const program = startProgram(backend.directory, environment);
  running.push(program);
  return program;
}

test('without any variable it serves on the embedded database, and SIGTERM ends it with 0', async () => {
  const server = start();
  const url = await server.listening;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(readdirSync(join(backend.directory, '.data')).toSorted()).toEqual(['lock', 'postgres', 'secret']);
  server.signal('SIGTERM');
  const { code, stderr, stdout } = await server.ended;
  expect(code).toBe(0);
  expect(stderr).toBe(`listening on ${url}\n`);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'stopped', finished: true });
});

test('a request in flight is answered before the end, and no new one is taken', async () => {
  const server = start(NO_DATABASE);
  const url = await server.listening;
  const slow = fetch(`${url}/slow/600`);
  await fetch(`${url}/livez`);
  server.signal('SIGTERM');
  await expect
    .poll(() =>
      fetch(`${url}/livez`).then(
        (answer) => answer.status,
        () => 'refused',
      ),
    )
    .toBe('refused');
  expect(await (await slow).text()).toBe('late');
  expect((await server.ended).code).toBe(0);
});

test('a request that outlasts the shutdown time is cut off, and the exit code says so', async () => {
  const server = start({ ...NO_DATABASE, SHUTDOWN_TIMEOUT: '200' });
  const url = await server.listening;
  const slow = fetch(`${url}/slow/60000`).then(
    () => 'answered',
    () => 'cut off',
  );
  await fetch(`${url}/livez`);
  server.signal('SIGINT');
  expect(await slow).toBe('cut off');
  expect((await server.ended).code).toBe(1);
});

test('a second signal ends it at once', async () => {
  const server = start(NO_DATABASE);
  const url = await server.listening;
  const slow = fetch(`${url}/slow/60000`).catch(() => undefined);
  await fetch(`${url}/livez`);
  server.signal('SIGTERM');
  await expect
    .poll(() =>
      fetch(`${url}/livez`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(130);
  await slow;
});

test('a Postgres that is down leaves the server alive and not ready', async () => {
  const server = start(NO_DATABASE);
  const url = await server.listening;
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '1']);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
});
