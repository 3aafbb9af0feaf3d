import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface LoadReport {
  readonly requests: number;
  readonly seconds: number;
  /** `status method`, of what was neither expected nor 2xx, with how often. */
  readonly unexpected: ReadonlyMap<string, number>;
}

export interface LoadPlan {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second; as many as there can be when absent. */
  readonly rate?: number;
}

/** Rows that the load keeps: what is created beyond them is deleted. */
const KEPT = 500;

/**
 * Reads and writes leads: of 20 requests 11 point reads, 3 lists, 2 creates, 2 patches and 2 deletes, so that the table
 * stays as large as it is.
 */
export async function loadLeads({ url, seconds, connections, rate }: LoadPlan, ids: string[]): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const unexpected = new Map<string, number>();
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let sent = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const number = sent;
      sent += 1;
      const wait = rate === undefined ? 0 : startedAt + (number / rate) * 1000 - performance.now();
      if (wait > 0) await delay(wait);
      const { method, path, body } = nextCall(number, ids);
      const answer = await send(agent, url + path, method, body);
      if (method === 'POST' && answer.status === 201) ids.push(String(Object(JSON.parse(answer.text)).id));
      // Another connection may have deleted the row since it was chosen.
      if (answer.status >= 400 && answer.status !== 404) {
        const key = `${answer.status} ${method}`;
        unexpected.set(key, (unexpected.get(key) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  agent.destroy();
  return { requests: sent, seconds: (performance.now() - startedAt) / 1000, unexpected };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

function nextCall(number: number, ids: string[]): Call {
  const step = number % 20;
  const some = ids[(number * 7919) % Math.max(1, ids.length)];
  const create = { method: 'POST', path: '/leads', body: lead(number) };
  if (some === undefined || step < 2) return create;
  if (step < 4) return ids.length > KEPT ? { method: 'DELETE', path: `/leads/${ids.shift()}` } : create;
  if (step < 6)
    return { method: 'PATCH', path: `/leads/${some}`, body: `{"score":${number % 100},"notes":"${number}"}` };
  if (step < 9) return { method: 'GET', path: LISTS[number % LISTS.length] ?? '/leads' };
  return { method: 'GET', path: `/leads/${some}` };
}

const LISTS = ['/leads', '/leads?status=new&sort=-score', '/leads?score[gte]=50&limit=50', '/leads?limit=5&sort=score'];

function lead(number: number): string {
  return JSON.stringify({
    name: `Lead ${number}`,
    phone: '+15551234567',
    email: `lead.${number}.${performance.now()}@example.com`,
    tags: ['soak', String(number % 10)],
    notes: 'x'.repeat(number % 400),
  });
}

interface Received {
  readonly status: number;
  readonly text: string;
}

/** Status 599 stands for a broken connection. */
function send(agent: Agent, url: string, method: string, body: string | undefined): Promise<Received> {
  return new Promise((resolve) => {
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request(url, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('close', () => resolve({ status: response.statusCode ?? 599, text }));
    });
    call.on('error', () => resolve({ status: 599, text: '' }));
    call.end(body);
  });
}
