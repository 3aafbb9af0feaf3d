import { deepStrictEqual } from 'node:assert/strict';
import type { Candidate } from './candidates.ts';
import type { Workload } from './workloads.ts';

/** Every candidate answers a sample of each workload, and as the reference does where it should, or nothing is measured. */
export async function verify(workloads: readonly Workload[], [reference, ...others]: readonly Candidate[]) {
  if (reference === undefined) return;
  for (const { name, operations, writes } of workloads) {
    for (let index = 0; index < operations.length; index += Math.ceil(operations.length / 20)) {
      const [operation] = operations.slice(index);
      if (operation === undefined) continue;
      const expected = await send(reference, reference.dialect(operation));
      for (const other of others) {
        const actual = await send(other, other.dialect(operation));
        if (!other.answersAlike || actual === undefined || expected === undefined) continue;
        const story: string = `${other.name} differs on "${name}": ${JSON.stringify(operation)}`;
        deepStrictEqual(comparable(actual, writes), comparable(expected, writes), story);
      }
    }
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function send({ name, server }: Candidate, line: string | undefined): Promise<Answer | undefined> {
  if (line === undefined) return undefined;
  const [, method = '', path = '', body = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const init = body === '' ? { method } : { method, body, headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} answers ${line} with ${response.status}: ${text}`);
  return { status: response.status, body: JSON.parse(text) };
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
