import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeTree } from '../output/temporary-folder.ts';
import { createFolder } from '../work-folder.ts';
import { COMMAND } from './run-command.ts';

/** A running `supercompile dev`. */
export interface DevRun {
  readonly pid: number;
  /** Where it serves. */
  readonly url: string;
  /** What it printed so far, both streams. */
  output(): string;
  /** Waits until what it printed since the last wait has this, and returns that. */
  until(pattern: RegExp): Promise<string>;
  /** Ends it by a signal and tells its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Longest that dev may take to say something, in milliseconds. */
const PATIENCE = 20_000;

/** A folder with a spec, from which compiled code finds its packages. */
export function projectFolder(files: Readonly<Record<string, string>>): string {
  const folder = createFolder('dev');
  writeTree(folder, files);
  return folder;
}

/** Starts the command on a free port and waits for the address that it names. */
export async function startDev(cwd: string, ...args: readonly string[]): Promise<DevRun> {
  const child = spawn(process.execPath, [COMMAND, 'dev', '--port', '0', ...args], {
    cwd,
    env: { ...process.env, PORT: '', HOST: '', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', LOG_LEVEL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let seen = 0;
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listen of listeners) listen();
    });
  }
  const closed = once(child, 'close');
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output.slice(seen));
        if (match === null) return;
        listeners.delete(look);
        clearTimeout(tooLong);
        const text = output.slice(seen);
        seen += match.index + match[0].length;
        resolve(text);
      };
      const tooLong = setTimeout(
        () => reject(new Error(`dev did not say ${String(pattern)}:\n${output.slice(seen)}`)),
        PATIENCE,
      );
      listeners.add(look);
      void closed.then(() => reject(new Error(`dev ended before it said ${String(pattern)}:\n${output}`)));
      look();
    });
  const [, url = ''] = /(http:\S+) serves/.exec(await until(/http:\S+ serves/)) ?? [];
  return {
    pid: child.pid ?? 0,
    url,
    output: () => output,
    until,
    end: async (signal = 'SIGINT') => {
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}
