import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend, runNode, startBackend } from './compiled-backend.ts';
import { contractsOf, readRegistry } from './registry.ts';
import { readOpenApi } from './tour-backend.ts';
import { typeErrors } from './type-errors.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

let folder = '';

beforeAll(async () => {
  folder = createFolder('field-station');
  await buildBackend('test/specs/field-station/app.yaml', folder);
});

afterAll(() => removeFolder(folder));

test('a compiled backend passes its own strict type check', async () => {
  expect(await typeErrors(folder)).toBe('');
});

test('the routes declare what openapi.json says', async () => {
  const declared = contractsOf(await readRegistry(folder));
  expect(declared).toEqual(contractsOf(readOpenApi(folder)));
  expect(Object.keys(declared).length).toBeGreaterThan(50);
});

test('rows outlive a crash, a second process on the same data is refused in one line, and SIGTERM ends with 0', async () => {
  const home = createFolder('one-field');
  try {
    await buildBackend('test/specs/one-field/app.yaml', home);
    const first = await startBackend(home);
    const created = await postA(first.url);
    expect(created.status).toBe(201);
    expect((await first.stop('SIGKILL')).code).toBeNull();
    const second = await startBackend(home);
    const found = await fetch(new URL(created.headers.get('location') ?? '', second.url));
    expect(await found.json()).toEqual(await created.json());
    const other = await runNode(home, ['app/main.ts'], { PORT: '0', APP_ENV: 'test' });
    expect(other.code).toBe(69);
    expect(other.stderr.trim()).toMatch(
      /^the embedded database in \S+\.data is open in another process; stop that one first.*$/,
    );
    expect((await fetch(new URL('/readyz', second.url))).status).toBe(200);
    const { code, stderr } = await second.stop('SIGTERM');
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/error/i);
  } finally {
    removeFolder(home);
  }
});

test('everything wrong with the environment is said at once', async () => {
  const { code, stderr } = await runNode(folder, ['app/main.ts'], {
    PORT: 'abc',
    APP_ENV: 'staging',
    APP_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    LOG_LEVEL: 'loud',
  });
  expect(code).toBe(78);
  const lines = stderr.trim().split('\n');
  expect(lines.map((line) => /^\w+/.exec(line)?.[0]).toSorted()).toEqual([
    'APP_ENV',
    'APP_SECRET',
    'DATABASE_URL',
    'LOG_LEVEL',
    'PORT',
  ]);
  expect(stderr).not.toContain('hunter2');
  expect(stderr).not.toMatch(/^\s+at /m);
});

async function postA(url: string): Promise<Response> {
  return fetch(new URL('/as', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"b":true}',
  });
}
