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

/** Many clients that create leads, one after the other, until they are told to stop. */
export interface Writers {
  /** Ids that the server acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** What was anything but 201. */
  readonly refused: readonly WriteOutcome[];
  /** Resolves once `count` more writes are acknowledged than now. */
  readonly reach: (count: number) => Promise<void>;
  /** Waits for what is in flight. */
  readonly stop: () => Promise<void>;
}

/** Starts `count` writers against a server of the lead tracker. */
export function startWriters(url: string, count: number): Writers {
  const acknowledged = new Set<string>();
  const refused: WriteOutcome[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  let isRunning = true;
  const write = async (): Promise<void> => {
    const { outcome, id } = await createLead(url, agent);
    if (id === undefined) refused.push(outcome);
    else acknowledged.add(id);
    // A refused client pauses; otherwise the refusals would be all that the machine does.
    if (id === undefined) await delay(20);
  };
  const running = Array.from({ length: count }, async () => {
    while (isRunning) await write();
  });
  return {
    acknowledged,
    refused,
    reach: async (more) => {
      const goal = acknowledged.size + more;
      while (acknowledged.size < goal) await delay(10);
    },
    stop: async () => {
      isRunning = false;
      await Promise.all(running);
      agent.destroy();
    },
  };
}

const BODY = JSON.stringify({ name: 'Ann', phone: '+15551234567' });
const HEADERS = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };

interface Created {
  readonly outcome: WriteOutcome;
  /** Of an acknowledged row. */
  readonly id: string | undefined;
}

async function createLead(url: string, agent: Agent): Promise<Created> {
  const startedAt = performance.now();
  const answer = await send(request(`${url}/leads`, { method: 'POST', agent, headers: HEADERS }));
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

function send(call: ClientRequest): Promise<Answer | undefined> {
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
    call.end(BODY);
  });
}
