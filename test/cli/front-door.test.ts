import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openFrontDoor } from '../../compiler/cli/dev/front-door.ts';
import type { FrontDoor } from '../../compiler/cli/dev/front-door.ts';

async function door(): Promise<FrontDoor> {
  const opened = await openFrontDoor({ host: '127.0.0.1', port: 0, spare: 0 });
  onTestFinished(() => opened.close());
  return opened;
}

/** A server of this process; its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const echo: RequestListener = (request, response) => {
  response.writeHead(207, 'Fine', ['X-Twice', 'a', 'X-Twice', 'b', 'Date', 'then']);
  response.write(`${request.method} ${request.url} ${JSON.stringify(request.rawHeaders)}\n`);
  request.pipe(response);
};

test('requests and answers pass as they were written, bodies included', async () => {
  const front = await door();
  front.open(await serve(echo));
  const body = 'x'.repeat(300_000);
  const response = await fetch(`${front.url}/a%2Fb?c=[d]`, { method: 'PUT', body, headers: { 'X-Odd': 'é' } });
  expect([response.status, response.statusText]).toEqual([207, 'Fine']);
  expect(response.headers.get('x-twice')).toBe('a, b');
  expect(response.headers.get('date')).toBe('then');
  const text = await response.text();
  expect(text).toMatch(/^PUT \/a%2Fb\?c=\[d\] .*"X-Odd","é"/i);
  expect(text.endsWith(`\n${body}`)).toBe(true);
  expect((await fetch(front.url, { method: 'HEAD' })).status).toBe(207);
});

test('one connection outlives the servers behind it', async () => {
  const front = await door();
  const answer = (name: string): Promise<number> => serve((_, response) => response.end(name));
  front.open(await answer('first'));
  const socket = connect(Number(new URL(front.url).port), '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => void socket.destroy());
  const ask = async (word: string): Promise<void> => {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    let text = '';
    await new Promise<void>((resolve) => {
      socket.on('data', function read(data) {
        text += String(data);
        if (!text.includes(word)) return;
        socket.off('data', read);
        resolve();
      });
    });
  };
  await ask('first');
  front.open(await answer('second'));
  await ask('second');
  front.shut('Because.');
  await ask('Because.');
});

test('while it is held requests wait, and an answer that comes early counts', async () => {
  const front = await door();
  const waiting = fetch(front.url);
  front.open(
    await serve((request, response) => {
      response.writeHead(413);
      response.end('enough');
      request.resume();
    }),
  );
  expect((await waiting).status).toBe(413);
  const large = await fetch(front.url, { method: 'POST', body: 'x'.repeat(5_000_000) });
  expect(await large.text()).toBe('enough');
  // On the same connection, behind the rest of the body.
  expect((await fetch(front.url)).status).toBe(413);
});

test('a server that is gone gives 503', async () => {
  const front = await door();
  front.open(await serve((request) => request.socket.destroy()));
  const response = await fetch(front.url);
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});

test('the next free port is taken where that was allowed', async () => {
  const port = await serve(echo);
  await expect(openFrontDoor({ host: '127.0.0.1', port, spare: 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const front = await openFrontDoor({ host: '127.0.0.1', port, spare: 20 });
  expect(Number(new URL(front.url).port)).toBeGreaterThan(port);
  front.close();
});
