import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../architecture/read-sources.ts';

/** One folder a test run, named by its main process; packing twice at a time would mix two builds in `dist/`. */
const RUNS = join(ROOT, 'node_modules/.cache/supercompile-pack');
const TIMEOUT = 120_000;

/** Packs the package as `npm publish` would, once for all test files of this run, and gives the tarball's path. */
export async function packOnce(): Promise<string> {
  removeDeadRuns();
  const run = join(RUNS, String(process.ppid));
  if (claim(run)) {
    mkdirSync(join(run, 'new'));
    runNpm(ROOT, 'pack', '--pack-destination', join(run, 'new'));
    renameSync(join(run, 'new'), join(run, 'done'));
  }
  for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await delay(100)) {
    const [tarball] = readdirSync(run).includes('done') ? readdirSync(join(run, 'done')) : [];
    if (tarball !== undefined) return join(run, 'done', tarball);
  }
  throw new Error('the package was not packed: see the test file that tried');
}

/** Runs npm as in a fresh shell: without what an enclosing npm says about its own project. */
export function runNpm(cwd: string, ...args: readonly string[]): void {
  const run = spawnSync('npm', [...args], { cwd, encoding: 'utf8', env: shellEnvironment() });
  if (run.status !== 0) throw new Error(`npm ${args.join(' ')}\n${run.stdout}\n${run.stderr}`);
}

/** The environment less npm's own variables. */
export function shellEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(npm_(package|lifecycle|node|execpath|command|config_(local_prefix|global_prefix|prefix|noproxy))|INIT_CWD)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function claim(run: string): boolean {
  try {
    mkdirSync(run);
    return true;
  } catch {
    return false;
  }
}

function removeDeadRuns(): void {
  mkdirSync(RUNS, { recursive: true });
  for (const name of readdirSync(RUNS)) {
    if (!isAlive(Number(name))) rmSync(join(RUNS, name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
