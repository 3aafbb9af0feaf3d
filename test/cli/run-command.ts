import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { main } from '../../compiler/cli/main.ts';
import { temporaryFolder, writeTree } from '../output/temporary-folder.ts';
import { ROOT } from '../architecture/read-sources.ts';

/** How a command line ended. */
export interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandSettings {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
}

export const COMMAND = join(ROOT, 'compiler/cli/supercompile.js');

/**
 * Runs a command line of `supercompile` within this process, which spares half a second of loading for each. What
 * needs a process of its own, such as standard input or a signal, is for `spawnCommand`.
 */
export async function runCommand(
  { cwd, env }: Omit<CommandSettings, 'input'>,
  ...args: readonly string[]
): Promise<CommandRun> {
  const before = { cwd: process.cwd(), env: process.env, exitCode: process.exitCode };
  const [stdout, stderr] = [new Heard(process.stdout), new Heard(process.stderr)];
  process.chdir(cwd);
  process.env = { ...before.env, ...env };
  process.exitCode = 0;
  try {
    await main(args);
    return { status: Number(process.exitCode), stdout: stdout.text, stderr: stderr.text };
  } finally {
    for (const stream of [stdout, stderr]) stream.release();
    process.chdir(before.cwd);
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

/** Takes what is written to a stream, until it is released. */
class Heard {
  text = '';
  readonly #stream: NodeJS.WriteStream;
  readonly #write: NodeJS.WriteStream['write'];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#write = stream.write;
    stream.write = (chunk: string | Uint8Array) => {
      this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  }

  release(): void {
    this.#stream.write = this.#write;
  }
}

/** Runs `supercompile` from the checkout as a process of its own. */
export function spawnCommand(settings: CommandSettings, ...args: readonly string[]): CommandRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: settings.cwd,
    input: settings.input ?? '',
    env: { ...process.env, ...settings.env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A folder of its own for one test, with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeTree(folder, files);
  return folder;
}

/** The smallest spec that says something. */
export const GOOD_SPEC = `supercompile: 1
name: greenhouse
auth: { provider: none }
entities:
  Plant:
    fields:
      name: { type: string, maxLength: 80 }
    access:
      everyone: { roles: [anonymous], allow: [create, read], rows: all }
`;
/** The same with one mistake, at 7:21. */
export const BAD_SPEC = GOOD_SPEC.replace('string', 'varchar');
