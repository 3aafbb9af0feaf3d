import { request as httpRequest } from 'node:http';
import { list, resolve, type Document, type Operation } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { SchemaCheck } from './schema-check.ts';

export interface Call {
  readonly id?: string | undefined;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Sent as it is instead of `body`. */
  readonly text?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** `null` without a body. */
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

  const judge = (operation: Operation, answer: Answer, raw: string): Answer => {
    seen.add(`${operation.id} ${answer.status}`);
    for (const problem of problemsOf(document, check, operation, answer, raw)) {
      fail(`${operation.id} answered ${answer.status}: ${problem} (${raw.slice(0, 500)})`);
    }
    return answer;
  };

  return {
    base,
    seen,
    send: async (operation, { id, query = {}, headers = {}, body, text } = {}) => {
      const url = new URL(operation.path.replace('{id}', idSegment(id)), base);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(url, {
        method: operation.method.toUpperCase(),
        headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(payload !== undefined && { body: payload }),
      });
      const raw = await response.text();
      return judge(operation, { status: response.status, headers: response.headers, body: parse(raw) }, raw);
    },
    sendHuge: async (operation, id) => {
      const url = new URL(operation.path.replace('{id}', idSegment(id)), base);
      const { status, headers, raw } = await announceHugeBody(url, operation.method);
      return judge(operation, { status, headers, body: parse(raw) }, raw);
    },
  };
}

function parse(raw: string): Json {
  try {
    return raw === '' ? null : (JSON.parse(raw) as Json);
  } catch {
    return raw;
  }
}

/** What an answer breaks of the document's promises. */
function problemsOf(
  document: Document,
  check: SchemaCheck,
  operation: Operation,
  answer: Answer,
  raw: string,
): readonly string[] {
  const response = resolve(document, operation.responses[String(answer.status)]);
  if (Object.keys(response).length === 0) return ['the status is not declared'];
  return [...headerProblems(document, response, answer), ...contentProblems(document, check, response, answer, raw)];
}

function headerProblems(document: Document, response: JsonObject, { headers }: Answer): readonly string[] {
  return Object.entries(resolve(document, response['headers'])).flatMap(([name, node]) => {
    const declared = resolve(document, node);
    return declared['required'] === true && headers.get(name) === null ? [`the header ${name} is missing`] : [];
  });
}

function contentProblems(
  document: Document,
  check: SchemaCheck,
  response: JsonObject,
  { headers, body, status }: Answer,
  raw: string,
): readonly string[] {
  const content = resolve(document, response['content']);
  const types = Object.keys(content);
  if (types.length === 0) return raw === '' ? [] : ['there is a body, and none is declared'];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (!types.includes(type)) return [`the content type is "${type}", not ${types.join(' or ')}`];
  const problem = check.against(resolve(document, resolve(document, content[type])['schema']), body);
  const wrongStatus = isObject(body) && type === 'application/problem+json' && body['status'] !== status;
  return [
    ...(problem === undefined ? [] : [`the body breaks its schema: ${problem}`]),
    ...(wrongStatus ? ['the problem names another status'] : []),
  ];
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
