import { request as httpRequest } from 'node:http';
import { CONFORMANCE_CHECKS } from '../fuzz/conformance-checks.ts';
import { parseBody, type Answer } from './answer.ts';
import type { Document, Operation } from './document.ts';
import { nobodyAt } from './ids.ts';
import type { Json } from './json.ts';
import type { SchemaCheck } from './schema-check.ts';
import { openWire, toHeaders } from './wire.ts';

export interface Call {
  readonly id?: string | undefined;
  /** Of the second row that a path names. */
  readonly other?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Sent as it is instead of `body`. */
  readonly text?: string;
}

/** Sends requests and holds every answer against the document. */
export interface Client {
  readonly send: (operation: Operation, call?: Call) => Promise<Answer>;
  /** Announces a body larger than any server takes, and sends only its beginning. */
  readonly sendHuge: (operation: Operation, id?: string) => Promise<Answer>;
  /** `operationId status`, each pair that was seen. */
  readonly seen: ReadonlySet<string>;
  readonly base: string;
  /** Lets go of the connection. */
  readonly close: () => void;
}

export function createClient(
  base: string,
  document: Document,
  check: SchemaCheck,
  fail: (failure: string) => void,
): Client {
  const seen = new Set<string>();
  const wire = openWire(base);

  const judge = (operation: Operation, answer: Answer): Answer => {
    seen.add(`${operation.id} ${answer.status}`);
    for (const problem of problemsOf(document, check, operation, answer)) {
      fail(`${operation.id} answered ${answer.status}: ${problem} (${answer.raw.slice(0, 500)})`);
    }
    return answer;
  };

  return {
    base,
    seen,
    close: wire.close,
    send: async (operation, { id, other, query = {}, headers = {}, body, text } = {}) => {
      const url = new URL(pathOf(operation, id, other), base);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const answer = await wire.send({
        method: operation.method.toUpperCase(),
        target: url.pathname + url.search,
        headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
        body: payload,
      });
      return judge(operation, answer);
    },
    sendHuge: async (operation, id) => {
      const url = new URL(pathOf(operation, id), base);
      const { status, headers, raw } = await announceHugeBody(url, operation.method);
      return judge(operation, { status, headers, raw, body: parseBody(raw) });
    },
  };
}

/** The row of the id, and another one, of which there may be none. */
function pathOf(operation: Operation, id: string | undefined, other?: string): string {
  return operation.path
    .replace('{id}', idSegment(id))
    .replace(/\{(\w+)\}/, (_, name: string) => idSegment(other ?? nobodyAt(operation, name)));
}

/** What an answer breaks of the document's promises. */
function problemsOf(document: Document, schemas: SchemaCheck, operation: Operation, answer: Answer): readonly string[] {
  const [undeclared = [], ...others] = CONFORMANCE_CHECKS.map(({ judge }) =>
    judge({ document, schemas, operation, answer }),
  );
  return undeclared.length > 0 ? undeclared : others.flat();
}

const HUGE = 100 * 1024 * 1024;

async function announceHugeBody(url: URL, method: string): Promise<{ status: number; headers: Headers; raw: string }> {
  return new Promise((done, fail) => {
    const request = httpRequest(url, {
      method: method.toUpperCase(),
      headers: { 'content-type': 'application/json', 'content-length': HUGE },
      timeout: 5000,
    });
    request.on('response', (response) => {
      let raw = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (raw += chunk));
      response.on('end', () => {
        request.destroy();
        done({ status: response.statusCode ?? 0, headers: toHeaders(response.headers), raw });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer to the announcement of a huge body')));
    request.on('error', fail);
    request.write('{"');
  });
}

/** A lone percent sign goes as it is: no URL may hold one, and the server has to say so. */
function idSegment(id: string | undefined): string {
  return id === '%' ? id : encodeURIComponent(id ?? '');
}
