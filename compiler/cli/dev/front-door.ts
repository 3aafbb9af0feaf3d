import { Agent, createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** The one address that a developer knows, in front of servers that come and go; connections to it stay open meanwhile. */
export interface FrontDoor {
  readonly url: string;
  /** Leads requests to a port of this machine, those first that came before. */
  open(port: number): void;
  /** Lets requests wait until it is opened or shut, as it does at first. */
  hold(): void;
  /** Answers 503 with a reason until it is opened again. */
  shut(reason: string): void;
  close(): void;
}

export interface FrontDoorOptions {
  readonly host: string;
  readonly port: number;
  /** How many ports above the first may be taken instead, when it is in use. */
  readonly spare: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

type Answer = (exchange: Exchange) => void;

/** Listens. @throws the system's error where no port can be had */
export async function openFrontDoor({ host, port, spare }: FrontDoorOptions): Promise<FrontDoor> {
  let answer: Answer | undefined;
  const waiting = new Set<Exchange>();
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const exchange = { request, response };
    if (answer !== undefined) return answer(exchange);
    waiting.add(exchange);
    response.once('close', () => waiting.delete(exchange));
  });
  const answerWith = (next: Answer): void => {
    answer = next;
    for (const exchange of waiting) next(exchange);
    waiting.clear();
  };
  const found = await listenOn(server, host, port, spare);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${found}`,
    open: (to) => {
      // One for each server. A connection that is kept is not reset when an answer comes before the end of the body.
      const agent = new Agent({ keepAlive: true });
      answerWith((exchange) => lead(exchange, to, agent));
    },
    hold: () => void (answer = undefined),
    shut: (reason) => answerWith(({ response }) => refuse(response, reason)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listenOn(server: Server, host: string, port: number, spare: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  } catch (error) {
    server.removeAllListeners('error');
    server.removeAllListeners('listening');
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || spare === 0) throw error;
    return listenOn(server, host, port + 1, spare - 1);
  }
}

/** Passes a request on, and its answer back, as they come; what is said of one connection alone is left out. */
function lead({ request, response }: Exchange, port: number, agent: Agent): void {
  const { method, url: path, rawHeaders } = request;
  const headers = endToEnd(rawHeaders, 'expect');
  const onward = sendRequest({ host: '127.0.0.1', port, method, path, headers, agent, setHost: false });
  onward.on('response', (answer) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  // What is left of a body that nobody wants is read all the same, or the connection's next request would never come.
  const drain = (): void => {
    request.unpipe(onward);
    request.resume();
  };
  onward.on('error', () => {
    drain();
    if (!response.headersSent) refuse(response, 'The server ended before it answered.');
  });
  response.once('close', () => {
    drain();
    onward.destroy();
  });
  request.pipe(onward);
}

const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'upgrade'];

/** Names and values in turn, as they were written. */
function endToEnd(rawHeaders: readonly string[], ...besides: readonly string[]): string[] {
  const dropped = new Set([...OF_ONE_CONNECTION, ...besides]);
  return rawHeaders.filter((_, index) => !dropped.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
}

function refuse(response: ServerResponse, detail: string): void {
  const body = JSON.stringify({ type: 'about:blank', title: 'Service Unavailable', status: 503, detail });
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  response.end(body);
}
