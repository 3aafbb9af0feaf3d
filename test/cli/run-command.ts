import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
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

/** Runs `supercompile` from the checkout as a process of its own. */
export function runCommand(settings: CommandSettings, ...args: readonly string[]): CommandRun {
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
