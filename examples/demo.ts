/**
 * Compiles the lead tracker, boots it on the embedded database, walks through its API and checks
 * every answer. `--serve` leaves it running.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const example = join(import.meta.dirname, 'lead-tracker');
const backend = join(example, 'backend');
const serve = process.argv.includes('--serve');
const data = mkdtempSync(join(tmpdir(), 'supercompile-demo-'));

class DemoFailure extends Error {}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

compile();
const server = await boot();
try {
  await tour(server.url);
  console.log(`\nAll answers are as expected.\n`);
  console.log(`Compiled backend    ${backend}`);
  console.log(`What it offers      ${join(backend, 'app/docs/api.md')}`);
  if (serve) await serveOn(server);
} catch (error) {
  if (!(error instanceof DemoFailure)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stop(server.process);
  rmSync(data, { recursive: true, force: true });
}

function compile(): void {
  const command = join(import.meta.dirname, '../compiler/cli/supercompile.js');
  const { status } = spawnSync(process.execPath, [command, 'build', join(example, 'app.yaml')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function boot(): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ['app/main.ts'], {
    cwd: backend,
    env: {
      ...process.env,
      APP_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: serve ? (process.env['PORT'] ?? '3000') : '0',
      DATA_DIR: data,
      DATABASE_URL: '',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const url = /^listening on (\S+)$/.exec(line)?.[1];
      if (url === undefined) console.error(line);
      else resolve({ process: child, url });
    });
    child.once('exit', () => reject(new Error('The server ended before it listened.')));
  });
}

async function tour(url: string): Promise<void> {
  const call = caller(url);
  await call('GET', '/readyz', { expect: 200 });

  const acme = await call('POST', '/accounts', { body: { name: 'Acme' }, expect: 201 });
  await call('POST', '/accounts', { body: { name: 'Acme' }, expect: 409 });

  const names = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve'];
  for (const [index, name] of names.entries()) {
    const body = { name, phone: `+1555010000${index}`, score: index * 20, accountId: acme.body['id'] };
    await call('POST', '/leads', { body, expect: 201 });
  }
  await call('POST', '/leads', { body: { name: 'Finn', phone: 'none' }, expect: 422 });

  const all = await call('GET', '/leads?sort=score', { expect: 200 });
  check(
    rows(all).map((row) => row['name']),
    names,
    'the order of all leads',
  );
  const filtered = await call('GET', '/leads?score[gte]=40&status=new&sort=-score', { expect: 200 });
  check(
    rows(filtered).map((row) => row['name']),
    ['Eve', 'Dan', 'Cleo'],
    'the filtered leads',
  );

  const walked: unknown[] = [];
  for (let cursor: unknown = ''; cursor !== null;) {
    const page = await call('GET', `/leads?limit=2&sort=score${cursor === '' ? '' : `&cursor=${String(cursor)}`}`, {
      expect: 200,
    });
    walked.push(...rows(page).map((row) => row['name']));
    cursor = page.body['nextCursor'];
  }
  check(walked, names, 'the leads page by page');

  const lead = `/leads/${String(rows(all)[0]?.['id'])}`;
  const read = await call('GET', lead, { expect: 200 });
  const etag = read.headers.get('etag') ?? '';
  const moved = await call('PATCH', lead, {
    body: { status: 'contacted' },
    headers: { 'If-Match': etag },
    expect: 200,
  });
  check([moved.body['status']], ['contacted'], 'the status after the allowed transition');
  await call('PATCH', lead, { body: { status: 'won' }, expect: 409 });
  await call('PATCH', lead, { body: { score: 99 }, headers: { 'If-Match': etag }, expect: 412 });
  const kept = await call('GET', lead, { expect: 200 });
  check([kept.body['status'], kept.body['score']], ['contacted', 0], 'the lead after two refused changes');

  const note = await call('POST', '/lead-notes', {
    body: { leadId: kept.body['id'], body: 'Called back.' },
    expect: 201,
  });
  const notes = await call('GET', `/lead-notes?leadId=${String(kept.body['id'])}`, { expect: 200 });
  check(
    rows(notes).map((row) => row['body']),
    ['Called back.'],
    "the lead's notes",
  );
  await call('GET', `/lead-notes/${String(note.body['id'])}`, { expect: 200 });
  await call('DELETE', `/lead-notes/${String(note.body['id'])}`, { expect: 204 });

  await call('DELETE', lead, { expect: 204 });
  await call('GET', lead, { expect: 404 });
  await call('PUT', lead, { body: {}, expect: 405 });

  const account = `/accounts/${String(acme.body['id'])}`;
  await call('PATCH', account, { body: { website: 'https://acme.example' }, expect: 200 });
  const renewed = await call('GET', account, { expect: 200 });
  check([renewed.body['website']], ['https://acme.example'], 'the website of the account');
  await call('DELETE', account, { expect: 204 });
  check(rows(await call('GET', '/accounts', { expect: 200 })), [], 'the accounts at the end');
  const orphan = await call('GET', `/leads/${String(rows(all)[1]?.['id'])}`, { expect: 200 });
  check([orphan.body['accountId']], [null], 'the account of a lead whose account is gone');
}

interface Call {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: number;
}

function caller(url: string): (method: string, path: string, call: Call) => Promise<Answer> {
  return async (method, path, { body, headers, expect }) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    console.log(`${method.padEnd(6)} ${path}${body === undefined ? '' : ` ${brief(JSON.stringify(body))}`}`);
    console.log(`       ${response.status} ${brief(text)}`);
    check([response.status], [expect], `the status of ${method} ${path}`);
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };
}

function rows(answer: Answer): readonly Readonly<Record<string, unknown>>[] {
  const { data: list } = answer.body;
  return Array.isArray(list) ? list : [];
}

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 110 ? line : `${line.slice(0, 107)}...`;
}

function check(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new DemoFailure(`Unexpected: ${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}.`);
}

async function serveOn(running: { readonly process: ChildProcess; readonly url: string }): Promise<void> {
  console.log(`Serving             ${running.url} (Ctrl+C ends it)`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(running.process, 'exit')]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
