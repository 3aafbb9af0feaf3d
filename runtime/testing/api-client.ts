import type { Conformance } from './conformance.ts';
import type { Json } from './resource-case.ts';
import { RuleInTheWay } from './test.ts';

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

  readonly #farRules: ReadonlySet<string>;

  /** `farRules` are codes of errors that no test foresees. */
  constructor(serve: Serve, conformance: Conformance, farRules: ReadonlySet<string> = new Set()) {
    this.#farRules = farRules;
    this.#serve = serve;
    this.#conformance = conformance;
  }

  async send(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#serve(createRequest(method, path, options));
    const text = await response.text();
    const { status, headers } = response;
    this.#conformance.check({ method, path, status, headers, text });
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const rule = this.#farRules.size === 0 ? undefined : codesOf(body).find((code) => this.#farRules.has(code));
    if (rule !== undefined) throw new RuleInTheWay(rule);
    return { status, headers, text, body };
  }
}

function codesOf(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return [];
  return body.errors.map((error: unknown) =>
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '',
  );
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
