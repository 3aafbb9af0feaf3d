import { getRequestListener, RequestError } from '@hono/node-server';
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { atEndOfTick } from '../database/end-of-tick.ts';
import { Problem, problemResponse } from '../http/problem.ts';
import { REQUEST_ID_HEADER } from '../http/request-id.ts';
import { uuidV7 } from '../http/uuid.ts';

export interface ListenOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Environment variable that the port comes from, for messages; PORT unless told. */
  readonly variable?: string;
  /** Instead of the usual bounds. */
  readonly bounds?: Partial<Bounds>;
}

/** How long a client may take, in milliseconds. */
export interface Bounds {
  /** For the head of a request. */
  readonly headersTimeout: number;
  /** For a whole request. */
  readonly requestTimeout: number;
  /** Without a byte in either direction, as while an answer is not read. */
  readonly timeout: number;
  /** How often the first two are looked at. */
  readonly connectionsCheckingInterval: number;
}

export interface Listening {
  readonly server: Server;
  /** `http://127.0.0.1:3000`, with the port that was picked. */
  readonly url: string;
}

/** The address cannot be listened on. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Serves HTTP/1.1 with bounded headers and times. @throws ListenError */
export async function listen({ fetch, host, port, variable = 'PORT', bounds }: ListenOptions): Promise<Listening> {
  const answer = getRequestListener(fetch, { errorHandler: answerUnreadable });
  const { timeout, ...times } = { ...BOUNDS, ...bounds };
  const server = createServer({ ...SERVER_OPTIONS, ...times }, (request, response) =>
    atEndOfTick(() => void answer(request, response)),
  );
  server.timeout = timeout;
  // Node.js drops those beyond its limit unsaid, and one of them may be `If-Match`; their size is bounded.
  server.maxHeadersCount = 0;
  server.on('clientError', answerMalformed);
  server.on('checkExpectation', answerExpectation);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port, variable)));
    server.listen(port, host, resolve);
  });
  return { server, url: urlOf(server, host) };
}

/** Node.js itself looks every 30 s, so that a head may take 50 s of 20; and it waits for readers for ever. */
const BOUNDS: Bounds = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  timeout: 120_000,
  connectionsCheckingInterval: 2_000,
};

const SERVER_OPTIONS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  // Longer than the idle time of the usual balancers, so that they close a connection and not we.
  keepAliveTimeout: 65_000,
};

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is already in use; set $PORT to another one',
  EACCES: 'needs more rights than this process has; set $PORT to 1024 or above',
  EADDRNOTAVAIL: 'is no address of this machine; set HOST',
  ENOTFOUND: 'is no address of this machine; set HOST',
};

function listenError(error: Error, host: string, port: number, variable: string): Error {
  const code = 'code' in error ? String(error.code) : '';
  const reason = REASONS[code]?.replace('$PORT', variable) ?? `cannot be listened on (${code})`;
  return new ListenError(`port ${port} on ${host} ${reason}`, { cause: error });
}

const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** HTTP that makes no request, as with a malformed Host: no route has seen it. */
function answerUnreadable(error: unknown): Response {
  const status = error instanceof RequestError ? 400 : 500;
  const requestId = uuidV7();
  const answer = problemResponse(new Problem(status, { detail: MALFORMED }), requestId);
  answer.headers.set(REQUEST_ID_HEADER, requestId);
  return answer;
}

const MALFORMED = 'The request is not HTTP as this server takes it.';

/** Bytes that are no HTTP never become a request; their sender gets a problem all the same. */
function answerMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const requestId = uuidV7();
  void problemResponse(new Problem(status, { detail: MALFORMED }), requestId)
    .text()
    .then((body) => socket.end(rawAnswer(status, requestId, body)));
}

/** An `Expect` other than `100-continue`: Node.js would refuse it without a word. */
function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const requestId = uuidV7();
  void problemResponse(new Problem(417, { detail: 'Of Expect, only 100-continue is met.' }), requestId)
    .text()
    .then((body) =>
      response
        .writeHead(417, {
          'content-type': 'application/problem+json',
          [REQUEST_ID_HEADER]: requestId,
          connection: 'close',
        })
        .end(body),
    );
}

function rawAnswer(status: number, requestId: string, body: string): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
