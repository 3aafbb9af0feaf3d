import type { Conformance } from './conformance.ts';
import type { Json } from './resource-case.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';

export interface RequestOptions {
  /** Sent as JSON. */
  readonly body?: Json;
  /** Sent as it is, as `application/json` unless the headers say otherwise. */
  readonly text?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `undefined` without one. */
  readonly body: unknown;
}

/** Answers a request, in process. */
export type Serve = (request: Request) => Response | Promise<Response>;

/** Sends requests to the backend under test and holds every answer against its OpenAPI document. */
export class ApiClient {
  readonly #serve: Serve;
  readonly #conformance: Conformance;

  constructor(serve: Serve, conformance: Conformance) {
    this.#serve = serve;
    this.#conformance = conformance;
  }

  async send(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#serve(createRequest(method, path, options));
    const text = await response.text();
    const { status, headers } = response;
    this.#conformance.check({ method, path, status, headers, text });
    return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) };
  }
}

function createRequest(
  method: Method,
  path: string,
  { body, text, query = {}, headers = {} }: RequestOptions,
): Request {
  const url = `http://localhost${path}${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`;
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  if (sent === undefined) return new Request(url, { method, headers });
  const length = String(Buffer.byteLength(sent));
  const all = { 'content-type': 'application/json', 'content-length': length, ...headers };
  return new Request(url, { method, headers: all, body: sent });
}
