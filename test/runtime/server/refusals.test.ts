import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../../../runtime/environment/make-folder.ts';
import { createBackendFolder, startProgram, type BackendOnDisk, type RunningProgram } from './start-program.ts';

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

test('a second server on the same data directory is refused with 69 and one line', async () => {
  await start().listening;
  const { code, stderr } = await start().ended;
  expect(code).toBe(69);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('is open in another process')]);
});

test('a port in use is one line and 78, and leaves the data directory free', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = String(typeof address === 'object' ? address?.port : 0);
  const { code, stderr } = await start({ PORT: port }).ended;
  await new Promise((resolve) => holder.close(resolve));
  expect(code).toBe(78);
  expect(stderr).toBe(`port ${port} on 127.0.0.1 is already in use; set PORT to another one\n`);
});

test('a wrong environment is 78 with a line for each variable and nothing else', async () => {
  const { code, stderr, stdout } = await start({ PORT: 'http', LOG_LEVEL: 'loud' }).ended;
  expect(code).toBe(78);
  expect(stderr.trim().split('\n')).toEqual([
    'PORT must be an integer from 0 to 65535',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  ]);
  expect(stdout).toBe('');
  expect(readdirSync(backend.directory)).not.toContain('.data');
});

test('a data directory that cannot be made is 78 and one line', async () => {
  writeFileSync(join(backend.directory, 'file'), '');
  const { code, stderr } = await start({ DATA_DIR: 'file' }).ended;
  expect(stderr).toMatch(/^\S+\/file cannot be used: a file stands in the way of the folder\n$/);
  expect(code).toBe(78);
});

test('where the system makes no folder, that is said and nothing hangs', () => {
  expect(() => makeFolder('/proc/supercompile/data')).toThrow('ENOENT');
});

test('production on Postgres without a secret does not start', async () => {
  const { code, stderr } = await start({ DATABASE_URL: 'postgres://host/database' }).ended;
  expect(code).toBe(78);
  expect(stderr).toContain('APP_SECRET must be set in production');
});
