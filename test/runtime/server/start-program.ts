import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMPILE_CACHE } from '../../compile-cache.ts';

const runtime = new URL('../../../runtime/', import.meta.url).href;

/** A backend without entities: `GET /slow/:ms` answers late. */
const PROGRAM = `
import { environmentVariables } from '${runtime}environment/environment-variables.ts';
import { startServer } from '${runtime}server/start-server.ts';
await startServer({
  api: { name: 'test', basePath: '', bodyLimit: 1000, schema: 'public' },
  resources: {},
  hooks: {},
  routes: (app) => {
    app.get('/slow/:ms', async (context) => {
      await new Promise((resolve) => setTimeout(resolve, Number(context.req.param('ms'))));
      return context.text('late');
    });
  },
  environment: environmentVariables,
  backend: new URL(process.argv[1]),
});
`;

export interface BackendOnDisk {
  readonly directory: string;
  readonly remove: () => void;
}

/** An empty compiled backend in a temporary folder. */
export function createBackendFolder(): BackendOnDisk {
  const directory = mkdtempSync(join(tmpdir(), 'supercompile-test-'));
  mkdirSync(join(directory, 'app', 'docs'), { recursive: true });
  mkdirSync(join(directory, 'migrations'));
  writeFileSync(join(directory, 'app', 'docs', 'openapi.json'), '{}');
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface RunningProgram {
  /** Where it listens; rejects when it ends before. */
  readonly listening: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string; readonly stdout: string }>;
  readonly signal: (name: NodeJS.Signals) => void;
}

/** Of a server whose database is of no interest: it is not there, which costs no time to open. */
export const NO_DATABASE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', APP_SECRET: 'ab'.repeat(32) } as const;

/** Starts the server of a backend folder as a process of its own, with this environment alone. */
export function startProgram(directory: string, environment: Readonly<Record<string, string>> = {}): RunningProgram {
  const folder = pathToFileURL(`${directory}/`).href;
  const child = spawn(process.execPath, ['--liftoff-only', '--input-type=module', '-e', PROGRAM, folder], {
    env: { PATH: process.env['PATH'], PORT: '0', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const listening = Promise.withResolvers<string>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk) => {
      text[name] += String(chunk);
      const url = /^listening on (\S+)$/m.exec(text.stderr)?.[1];
      if (url !== undefined) listening.resolve(url);
    });
  }
  const ended = once(child, 'close').then(() => {
    listening.reject(new Error(`the server ended with ${child.exitCode}: ${text.stderr}`));
    return { code: child.exitCode, ...text };
  });
  listening.promise.catch(() => undefined);
  return { listening: listening.promise, ended, signal: (name) => child.kill(name) };
}
