import { request as httpRequest } from 'node:http';
import { CONFORMANCE_CHECKS } from '../fuzz/conformance-checks.ts';
import { list, type Document, type Operation } from './document.ts';
import { nobodyAt } from './ids.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { SchemaCheck } from './schema-check.ts';

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

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body's text. */
  readonly raw: string;
  /** `null` without a body; the text where it is no JSON. */
  readonly body: Json;
}

/** Sends requests and holds every answer against the document. */
export interface Client {
  readonly send: (operation: Operation, call?: Call) => Promise<Answer>;
  /** Announces a body larger than any server takes, and sends only its beginning. */
  readonly sendHuge: (operation: Operation, id?: string) => Promise<Answer>;
  /** `operationId status`, each pair that was seen. */
  readonly seen: ReadonlySet<string>;
  readonly base: string;
}

export function createClient(
  base: string,
  document: Document,
  check: SchemaCheck,
  fail: (failure: string) => void,
): Client {
  const seen = new Set<string>();

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
    send: async (operation, { id, other, query = {}, headers = {}, body, text } = {}) => {
      const url = new URL(pathOf(operation, id, other), base);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(url, {
        method: operation.method.toUpperCase(),
        headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(payload !== undefined && { body: payload }),
      });
      const raw = await response.text();
      const { status, headers: received } = response;
      return judge(operation, { status, headers: received, raw, body: parseBody(raw) });
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

/** A body as JSON, or its text where it is none. */
export function parseBody(raw: string): Json {
  try {
    return raw === '' ? null : (JSON.parse(raw) as Json);
  } catch {
    return raw;
  }
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
      const headers = new Headers(
        Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const) as [
          string,
          string,
        ][],
      );
      let raw = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (raw += chunk));
      response.on('end', () => {
        request.destroy();
        done({ status: response.statusCode ?? 0, headers, raw });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer to the announcement of a huge body')));
    request.on('error', fail);
    request.write('{"');
  });
}

/** Entries of `errors` in a problem. */
export function errorsOf({ body }: Answer): readonly JsonObject[] {
  return isObject(body) ? list(body['errors']).filter(isObject) : [];
}

/** A lone percent sign goes as it is: no URL may hold one, and the server has to say so. */
function idSegment(id: string | undefined): string {
  return id === '%' ? id : encodeURIComponent(id ?? '');
}
