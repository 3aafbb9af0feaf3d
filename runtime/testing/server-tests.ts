import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from './test.ts';
import { fileURLToPath } from 'node:url';

/** The parts of a backend that its server needs. */
const PARTS = ['app', 'custom', 'migrations', 'runtime', 'package.json'] as const;

/** Starts the real server process, custom code included, on a free port and a database of its own. */
export function testServer(backend: URL): void {
  test('the server starts, answers, and stops when told', async () => {
    const folder = copyBackend(fileURLToPath(backend));
    const server = startProcess(folder);
    try {
      const url = await listeningUrl(server);
      assert.equal((await fetch(`${url}/livez`)).status, 200);
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
      assert.equal((await fetch(`${url}/openapi.json`)).status, 200);
      assert.equal((await fetch(`${url}/no-such-path`)).status, 404);
      server.kill('SIGTERM');
      assert.equal(await exitCode(server), 0);
    } finally {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** In a folder of its own, so that `.data/` of the backend is left alone. */
function copyBackend(backend: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'backend-'));
  for (const part of PARTS) cpSync(join(backend, part), join(folder, part), { recursive: true });
  symlinkSync(packagesOf(backend), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Where Node finds the packages: the nearest `node_modules` upwards. */
function packagesOf(folder: string): string {
  const packages = join(folder, 'node_modules');
  if (existsSync(join(packages, 'hono')) || dirname(folder) === folder) return packages;
  return packagesOf(dirname(folder));
}

function startProcess(folder: string): ChildProcess {
  const { PATH, SystemRoot } = process.env;
  const env = { PATH, SystemRoot, APP_ENV: 'test', PORT: '0', LOG_LEVEL: 'error' };
  return spawn(process.execPath, ['app/main.ts'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** The address from the line that the server prints once it listens. */
async function listeningUrl(server: ChildProcess): Promise<string> {
  let text = '';
  server.stderr?.setEncoding('utf8');
  for await (const chunk of server.stderr ?? []) {
    text += String(chunk);
    const url = /listening on (http:\S+)/.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${text}`);
}

async function exitCode(server: ChildProcess): Promise<number | null> {
  if (server.exitCode !== null) return server.exitCode;
  return new Promise((resolve) => server.once('exit', resolve));
}
