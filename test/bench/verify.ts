import { deepStrictEqual } from 'node:assert/strict';
import type { Workload } from './workloads.ts';

/** Both servers give the same answer to a sample of each workload, or nothing is measured. */
export async function verify(workloads: readonly Workload[], urls: Readonly<Record<'ours' | 'reference', string>>) {
  for (const { name, requests, writes } of workloads) {
    const { length } = requests.reference;
    for (let index = 0; index < length; index += Math.ceil(length / 20)) {
      const expected = comparable(await send(urls.reference, requests.reference[index] ?? ''), writes);
      const actual = comparable(await send(urls.ours, requests.ours[index] ?? ''), writes);
      deepStrictEqual(actual, expected, `the servers differ on "${name}": ${requests.ours[index]}`);
    }
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function send(url: string, line: string): Promise<Answer> {
  const [, method = '', path = '', body = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const init = body === '' ? { method } : { method, body, headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${url}${path}`, init);
  if (response.status >= 300) throw new Error(`${line} is answered ${response.status}`);
  return { status: response.status, body: await response.json() };
}

/** The reference knows milliseconds, no `nextCursor`, and its own ids and times of what it writes. */
function comparable({ status, body }: Answer, writes: boolean): unknown {
  const own = writes ? new Set(['updatedAt', ...(status === 201 ? ['id', 'createdAt'] : [])]) : new Set<string>();
  return JSON.parse(
    JSON.stringify({ status, body }, (key, value: unknown) => {
      if (key === 'nextCursor' || own.has(key)) return undefined;
      return key.endsWith('At') && typeof value === 'string' ? new Date(value).toISOString() : value;
    }),
  );
}
