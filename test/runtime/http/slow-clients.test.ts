import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, type Listening } from '../../../runtime/server/listen.ts';

const BOUNDS = { headersTimeout: 300, requestTimeout: 600, timeout: 900, connectionsCheckingInterval: 50 } as const;

let listening: Listening;
let large: Listening;
beforeAll(async () => {
  const answer = async (request: Request): Promise<Response> => new Response(await request.text());
  listening = await listen({ fetch: answer, host: '127.0.0.1', port: 0, bounds: BOUNDS });
  // More than the sockets' buffers hold.
  const body = 'x'.repeat(64 * 1024 * 1024);
  large = await listen({ fetch: () => new Response(body), host: '127.0.0.1', port: 0, bounds: BOUNDS });
});
afterAll(() => {
  for (const { server } of [listening, large]) {
    server.closeAllConnections();
    server.close();
  }
});

interface Ending {
  readonly answer: string;
  readonly milliseconds: number;
}

/** What the server says until it ends the connection, and when it does. */
async function outlast({ url }: Listening, act: (socket: Socket) => void): Promise<Ending> {
  const startedAt = performance.now();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
  act(socket);
  await new Promise((resolve) => socket.once('close', resolve).once('error', () => undefined));
  return { answer, milliseconds: performance.now() - startedAt };
}

/** A byte now and then, for ever. */
function drip(socket: Socket, start: string): void {
  socket.write(start);
  const timer = setInterval(() => socket.write('a'), 40);
  socket.once('close', () => clearInterval(timer));
}

test('a head that comes byte by byte is answered with 408 in time', async () => {
  const { answer, milliseconds } = await outlast(listening, (socket) => drip(socket, 'GET / HTTP/1.1\r\nX-Slow: '));
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('application/problem+json');
  expect(milliseconds).toBeLessThan(2_000);
});

test('a body that comes byte by byte ends with the time of its request', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
  const { milliseconds } = await outlast(listening, (socket) => drip(socket, head));
  expect(milliseconds).toBeGreaterThan(BOUNDS.requestTimeout - 100);
  expect(milliseconds).toBeLessThan(3_000);
});

test('a connection that says nothing is ended', async () => {
  const { milliseconds } = await outlast(listening, () => {});
  expect(milliseconds).toBeLessThan(3_000);
});

test('a client that does not read its answer is let go', async () => {
  const socket = connect(Number(new URL(large.url).port), '127.0.0.1');
  socket.on('error', () => undefined).pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const open = (): Promise<number> =>
    new Promise((resolve) => large.server.getConnections((_, count) => resolve(count)));
  await expect.poll(open).toBe(1);
  await expect.poll(open, { timeout: 5_000 }).toBe(0);
  socket.destroy();
});

test('the bounds that a server has by itself are those of Node.js or tighter', async () => {
  const { server } = await listen({ fetch: () => new Response(''), host: '127.0.0.1', port: 0 });
  server.close();
  expect(server).toMatchObject({
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    timeout: 120_000,
  });
});
