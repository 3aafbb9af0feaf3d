/** The load where wrk is not installed: one request in flight on each of some connections, bytes prepared before. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [url = '', connections = '32', seconds = '5'] = process.argv.slice(2);
const { hostname, port, host } = new URL(url);
const texts = readFileSync(process.env['BENCH_REQUESTS'] ?? '', 'utf8')
  .trimEnd()
  .split('\n')
  .map(requestText);
const latencies: number[] = [];
/** Requests a second at most. */
const rate = Number(process.env['BENCH_RATE'] ?? Infinity);
let [failed, next] = [0, 0];
const startedAt = performance.now();
const endsAt = startedAt + Number(seconds) * 1000;

await Promise.all(Array.from({ length: Number(connections) }, sendAll));
latencies.sort((left, right) => left - right);
const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
const elapsed = (performance.now() - startedAt) / 1000;
const result = { requests: latencies.length, seconds: elapsed, p50: at(0.5), p99: at(0.99), failed };
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);

function requestText(line: string): string {
  const [, method, path, body = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  if (body === '') return `${head}\r\n`;
  return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function sendAll(): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let [sentAt, received] = [0, ''];
    const send = (): void => {
      if (performance.now() >= endsAt) {
        socket.end();
        return;
      }
      const wait = startedAt + (next * 1000) / rate - performance.now();
      const text = texts[next++ % texts.length] ?? '';
      if (wait > 1) setTimeout(write, wait, text);
      else write(text);
    };
    const write = (text: string): void => {
      sentAt = performance.now();
      socket.write(text);
    };
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      const length = /^content-length: (\d+)/im.exec(received)?.[1];
      if (head === -1 || received.length < head + 4 + Number(length ?? 0)) return;
      if (Number(received.slice(9, 12)) >= 400) failed += 1;
      latencies.push(performance.now() - sentAt);
      received = '';
      send();
    });
    socket.on('error', () => (failed += 1));
    socket.on('close', () => resolve());
  });
}
