import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../end-to-end/compiled-backend.ts';
import { copyDatabase, createDatabase, seed } from './bench-database.ts';
import { compiledDialect, plainDialect, type Dialect } from './dialects.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A server that is measured, on a database of its own. */
export interface Candidate {
  readonly name: string;
  readonly databaseUrl: string;
  readonly server: ServerProcess;
  readonly dialect: Dialect;
  /** Whether it must answer as the reference does, row by row. */
  readonly answersAlike: boolean;
}

/** Rows with the ids of the deep pages. */
export interface Setting {
  /** The seeded database that others are copied from; nobody may be connected to it. */
  readonly seeded: string;
  readonly places: readonly string[];
}

/** The hand-written server. */
export async function startReference({ seeded }: Setting): Promise<Candidate> {
  const databaseUrl = await copyDatabase(seeded, 'reference');
  const server = await startProcess(ROOT, [join(import.meta.dirname, 'reference-server.ts')], serverEnv(databaseUrl));
  return { name: 'reference', databaseUrl, server, dialect: plainDialect, answersAlike: true };
}

/** The backend as this checkout compiles it. */
export async function startOurs({ seeded, places }: Setting, backend: string): Promise<Candidate> {
  return startCompiled('ours', await copyDatabase(seeded, 'ours'), backend, places);
}

/**
 * The backend as another revision compiles it, which shares this checkout's packages. Its migrations may be others,
 * so it fills a database of its own.
 */
export async function startRevision({ seeded, places }: Setting, revision: string, folder: string): Promise<Candidate> {
  const checkout = join(folder, 'revision');
  mkdirSync(checkout);
  const archive = spawnSync('git', ['archive', revision], { cwd: ROOT, maxBuffer: 1 << 28 });
  if (archive.status !== 0) throw new Error(`git does not know ${revision}: ${archive.stderr.toString()}`);
  spawnSync('tar', ['-x', '-C', checkout], { input: archive.stdout });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  const backend = join(checkout, 'backend');
  const spec = join(checkout, 'bench.yaml');
  spawnSync('cp', [join(import.meta.dirname, 'app.yaml'), spec]);
  await runChecked(checkout, ['compiler/cli/supercompile.js', 'build', spec, '--out', backend]);
  const databaseUrl = await createDatabase(seeded, 'revision');
  await runChecked(backend, ['app/migrate.ts'], serverEnv(databaseUrl));
  await seed(databaseUrl);
  return startCompiled(revision, databaseUrl, backend, places);
}

/** Migrates and fills the database that the others are copied from. */
export async function fillDatabase(url: string, backend: string): Promise<void> {
  await runChecked(backend, ['app/migrate.ts'], serverEnv(url));
  await seed(url);
}

/** What a server is told, as in production; some of it may be switched by hand to see its worth. */
export function serverEnv(databaseUrl: string): Readonly<Record<string, string>> {
  const switched = ['DATABASE_LANES', 'DATABASE_POOL', 'LOG_LEVEL'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const fixed = { DATABASE_URL: databaseUrl, APP_SECRET: '00'.repeat(32), PORT: '0', APP_ENV: 'production' };
  return { ...Object.fromEntries(switched), ...fixed };
}

/** Ends the servers, and removes what a revision left. */
export async function stopCandidates(candidates: readonly Candidate[], folder: string): Promise<void> {
  await Promise.all(candidates.map(({ server }) => server.stop()));
  rmSync(join(folder, 'revision'), { recursive: true, force: true });
}

async function startCompiled(
  name: string,
  databaseUrl: string,
  backend: string,
  places: readonly string[],
): Promise<Candidate> {
  const server = await startProcess(backend, startArguments(backend), serverEnv(databaseUrl));
  return { name, databaseUrl, server, dialect: await compiledDialect(server.url, places), answersAlike: true };
}

/** As `npm start` would. */
function startArguments(backend: string): readonly string[] {
  const { scripts }: { readonly scripts: { readonly start: string } } = JSON.parse(
    readFileSync(join(backend, 'package.json'), 'utf8'),
  );
  return scripts.start.split(' ').slice(1);
}

async function runChecked(folder: string, args: readonly string[], environment = {}): Promise<void> {
  const { code, stderr } = await runNode(folder, args, environment);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${stderr}`);
}
