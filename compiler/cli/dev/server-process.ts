import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that has the runtime loaded and a database open, and waits for the word to serve. */
export interface ServerProcess {
  /** False when it ended before it could wait. */
  readonly ready: Promise<boolean>;
  /** When the process has ended, for whatever reason. */
  readonly ended: Promise<Ending>;
  /** Loads the backend as it now is and serves it. */
  go(data: string, migrations: string): Promise<Start>;
  /** Copies its data as they are at this moment; tells a mark that any later change of them alters. */
  copy(to: string): Promise<string | undefined>;
  /** Lets requests in flight finish. */
  stop(): Promise<void>;
  kill(): void;
}

/** How a process ended, and what it said on standard error that nobody has seen. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
}

/** Whether the server listens, and where; else how its process ended. */
export type Start = { readonly port: number } | { readonly failed: Ending };

export interface ServerProcessOptions {
  /** The backend's folder. */
  readonly backend: string;
  /** Data to open while it waits. */
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What a running server says. */
  readonly tell: (line: string) => void;
}

/** Longest that a server may take to finish its requests, in milliseconds. */
const PATIENCE = 3_000;

/** Starts a process that waits. */
export function startServerProcess({ backend, data, environment, tell }: ServerProcessOptions): ServerProcess {
  const child = spawn(process.execPath, ['--import', './runtime/development/standby.ts', 'app/main.ts'], {
    cwd: backend,
    env: { ...environment, DATA_DIR: data },
    // Its log is no product of ours. Ctrl+C is for this process to pass on, hence a group of its own.
    stdio: ['ignore', 2, 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const unseen: string[] = [];
  let isServing = false;
  const listening = new Promise<number>((resolve) => {
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
      if (port !== undefined && !isServing) resolve(Number(port));
      else if (isServing) tell(line);
      else unseen.push(line);
      isServing ||= port !== undefined;
    });
  });
  const ended = new Promise<Ending>((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, lines: [error.message] }));
    child.on('close', (code, signal) => resolve({ code, signal, lines: unseen }));
  });
  return {
    ready: Promise.race([answerOf(child, 'ready').then(() => true), ended.then(() => false)]),
    ended,
    go: async (to, migrations) => {
      send(child, { kind: 'go', data: to, migrations });
      return Promise.race([listening.then((port) => ({ port })), ended.then((failed) => ({ failed }))]);
    },
    copy: async (to) => {
      const answer = answerOf(child, 'copied', to);
      send(child, { kind: 'copy', to });
      return Promise.race([answer, ended.then(() => undefined)]);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const giveUp = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      await ended;
      clearTimeout(giveUp);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function send(child: ChildProcess, message: object): void {
  // One that has ended meanwhile is told by its end.
  if (child.connected) child.send(message, () => undefined);
}

/** The mark in the next message of a kind, about one folder where several may be under way. */
function answerOf(child: ChildProcess, kind: string, to?: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on('message', function listen(message) {
      if (typeof message !== 'object' || !('kind' in message) || message.kind !== kind) return;
      if (to !== undefined && (!('to' in message) || message.to !== to)) return;
      child.off('message', listen);
      resolve('mark' in message ? String(message.mark) : undefined);
    });
  });
}
