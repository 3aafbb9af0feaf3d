import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface LoadOptions {
  readonly url: string;
  /** File of requests, one a line: method, path, body. */
  readonly requests: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second at most; as many as are answered unless told. */
  readonly rate?: number | undefined;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers of 400 and above, broken connections, timeouts. */
  readonly failed: number;
}

export const LOADER: 'wrk' | 'own' = spawnSync('wrk', ['--version']).error === undefined ? 'wrk' : 'own';

/** Keeps `connections` requests in flight for `seconds`, or fewer at a rate, from a process of its own. */
export async function load({ url, requests, connections, seconds, rate }: LoadOptions): Promise<LoadResult> {
  const [command, args] =
    LOADER === 'wrk'
      ? ['wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', file('wrk.lua'), url]]
      : [process.execPath, [file('load-process.ts'), url, String(connections), String(seconds)]];
  const child = spawn(command, args, {
    env: { ...process.env, BENCH_REQUESTS: requests, ...(rate !== undefined && { BENCH_RATE: String(rate) }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const found = /^RESULT (.*)$/m.exec(output)?.[1];
  if (found === undefined) throw new Error(`the load of ${url} told no result: ${output}`);
  return JSON.parse(found) as LoadResult;
}

function file(name: string): string {
  return join(import.meta.dirname, name);
}
