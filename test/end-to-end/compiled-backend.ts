import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand } from '../cli/run-command.ts';
import { COMPILE_CACHE } from '../compile-cache.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_TIMEOUT = 60_000;
/** The embedded database's code is compiled once: no server of a test runs for so long that better code pays. */
export const QUICK_WASM = '--liftoff-only';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Runs a program of the backend to its end, with no environment but what is given. */
export async function runNode(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: clean(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return outcomeOf(child);
}

/** Runs a command; the repository's own come first. */
export async function runTool(
  folder: string,
  tool: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<Outcome> {
  const child = spawn(tool, args, {
    cwd: folder,
    env: clean(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return outcomeOf(child);
}

/** `supercompile ...`, from the repository's root unless told. */
export async function runCompiler(
  args: readonly string[],
  environment: Environment = {},
  folder = ROOT,
): Promise<Outcome> {
  return runNode(folder, [join(ROOT, 'compiler/cli/supercompile.js'), ...args], environment);
}

/** Compiles a spec into a folder, or says why not. */
export async function buildBackend(spec: string, folder: string): Promise<void> {
  const { status, stdout, stderr } = await runCommand({ cwd: ROOT }, 'build', spec, '--out', folder);
  if (status !== 0) throw new Error(`${spec} does not compile: ${stdout}${stderr}`);
}

function clean(environment: Environment): Environment {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return {
    PATH: `${join(ROOT, 'node_modules/.bin')}:${PATH}`,
    HOME,
    TMPDIR,
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...environment,
  };
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** What a backend wrote beside its address, but for slow statements: those say more about the machine. */
export function noiseOf({ stdout, stderr }: Outcome): string {
  const slow = /^\{"level":"warn".*"msg":"slow statement"\}\n/gm;
  return `${stderr.replace(/^listening on .*\n/m, '')}${stdout.replace(slow, '')}`.trim();
}

export interface RunningBackend {
  readonly url: string;
  readonly pid: number;
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Outcome>;
}

/** Starts `node app/main.ts` on a free port and waits until it listens. */
export async function startBackend(folder: string, environment: Environment = {}): Promise<RunningBackend> {
  const child = spawn(process.execPath, [QUICK_WASM, 'app/main.ts'], {
    cwd: folder,
    env: clean({ PORT: '0', APP_ENV: 'test', LOG_LEVEL: 'warn', ...environment }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = outcomeOf(child);
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await listeningUrl(child, outcome);
  return {
    url,
    pid: child.pid ?? 0,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const result = await outcome;
      process.off('exit', kill);
      return result;
    },
  };
}

async function listeningUrl(child: ChildProcess, outcome: Promise<Outcome>): Promise<string> {
  const listening = new Promise<string>((found) => {
    let text = '';
    child.stderr?.on('data', (chunk: string) => {
      text += chunk;
      const url = /listening on (http:\/\/\S+)/.exec(text)?.[1];
      if (url !== undefined) found(url);
    });
  });
  const ended = outcome.then(({ code, stderr, stdout }): never => {
    throw new Error(`the backend ended with ${code}: ${stderr}${stdout}`);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT);
  try {
    return await Promise.race([listening, ended]);
  } finally {
    clearTimeout(late);
  }
}
