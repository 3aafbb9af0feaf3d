import { randomUUID } from 'node:crypto';
import { Agent, request, type ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What became of one write. */
export interface WriteOutcome {
  /** `undefined` when the connection broke before an answer. */
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  /** When it was answered, on the clock of `performance.now()`. */
  readonly at: number;
  readonly milliseconds: number;
}

/**
 * Many clients that create leads, one after the other, until they are told to stop. Every other one sends an
 * `Idempotency-Key`, and sends a write again with the same key until it is acknowledged.
 */
export interface Writers {
  /** Ids that the server acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** Of them, those of writes with a key. */
  readonly keyed: ReadonlySet<string>;
  /** What was anything but 201. */
  readonly refused: readonly WriteOutcome[];
  /** Resolves once `count` more writes are acknowledged than now. */
  readonly reach: (count: number) => Promise<void>;
  /** Waits for what is in flight; answers the keys of writes that were never acknowledged. */
  readonly stop: () => Promise<readonly string[]>;
}

/** Name of the rows that are written with a key. */
export const KEYED = 'Keyed';

/** Longest that a client goes on with one write once it is told to stop, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Starts `count` writers against a server of the lead tracker.
 *
 * @param unfinished keys of earlier writes, to be sent again first
 */
export function startWriters(url: string, count: number, unfinished: readonly string[] = []): Writers {
  const acknowledged = new Set<string>();
  const keyed = new Set<string>();
  const refused: WriteOutcome[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const pending = [...unfinished];
  const given: string[] = [];
  let stopsAt = Infinity;
  /** Whether the write is acknowledged. */
  const write = async (key: string | undefined): Promise<boolean> => {
    const { outcome, id } = await createLead(url, agent, key);
    if (id === undefined) {
      refused.push(outcome);
      // A refused client pauses; otherwise the refusals would be all that the machine does.
      await delay(20);
      return false;
    }
    acknowledged.add(id);
    if (key !== undefined) keyed.add(id);
    return true;
  };
  const writeKeyed = async (key: string): Promise<void> => {
    while (!(await write(key))) {
      // A server that is gone acknowledges nothing any more.
      const isGone = refused.at(-1)?.status === undefined;
      if (stopsAt === Infinity || (!isGone && performance.now() < stopsAt + PATIENCE)) continue;
      given.push(key);
      return;
    }
  };
  const running = Array.from({ length: count }, async (_, index) => {
    while (stopsAt === Infinity) await (index % 2 === 0 ? writeKeyed(pending.pop() ?? randomUUID()) : write(undefined));
  });
  return {
    acknowledged,
    keyed,
    refused,
    reach: async (more) => {
      const goal = acknowledged.size + more;
      while (acknowledged.size < goal) await delay(10);
    },
    stop: async () => {
      stopsAt = performance.now();
      await Promise.all(running);
      agent.destroy();
      return [...given, ...pending];
    },
  };
}

interface Created {
  readonly outcome: WriteOutcome;
  /** Of an acknowledged row. */
  readonly id: string | undefined;
}

async function createLead(url: string, agent: Agent, key: string | undefined): Promise<Created> {
  const startedAt = performance.now();
  const body = JSON.stringify({ name: key === undefined ? 'Plain' : KEYED, phone: '+15551234567' });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const answer = await send(request(`${url}/leads`, { method: 'POST', agent, headers }), body);
  const at = performance.now();
  const outcome = { status: answer?.status, retryAfter: answer?.retryAfter, at, milliseconds: at - startedAt };
  const row: { readonly id?: string } = answer?.status === 201 ? JSON.parse(answer.text) : {};
  return { outcome, id: row.id };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

function send(call: ClientRequest, body: string): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    call.on('error', () => resolve(undefined));
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
      response.on('error', () => resolve(undefined));
      response.on('close', () => {
        const { statusCode: status = 0, headers } = response;
        resolve(response.complete ? { status, text, retryAfter: headers['retry-after'] } : undefined);
      });
    });
    call.end(body);
  });
}
