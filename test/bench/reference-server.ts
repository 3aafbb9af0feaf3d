/**
 * What ours is measured against: a server for one table written by hand, without a framework, the way a careful
 * person would: named prepared statements, objects, JSON.stringify. `DATABASE_URL` says where; it prints its address.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 8, options: '-c TimeZone=UTC' });

const COLUMNS =
  'id, name, phone, email, status, notes, owner_id as "ownerId", created_at as "createdAt", updated_at as "updatedAt"';
const ORDER = 'order by created_at desc, id desc';

/** Of the owner that is sent with its lead, each under a name of its own. */
const OWNER_COLUMNS =
  'o.id as "o.id", o.name as "o.name", o.email as "o.email", o.created_at as "o.createdAt", o.updated_at as "o.updatedAt"';

function prefixed(table: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
}

const STATEMENTS = {
  get: `select ${COLUMNS} from leads where id = $1`,
  first: `select ${COLUMNS} from leads ${ORDER} limit $1`,
  list: `select ${COLUMNS} from leads where status = $1 ${ORDER} limit $2`,
  expanded: `select ${prefixed('l', COLUMNS)}, ${OWNER_COLUMNS} from leads l join owners o on o.id = l.owner_id where status = $1
    order by l.created_at desc, l.id desc limit $2`,
  after: `select ${COLUMNS} from leads where (created_at, id) < ($1, $2) ${ORDER} limit $3`,
  create: `insert into leads (name, phone, email, status, notes, owner_id) values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
  patch: `update leads set status = coalesce($2, status), notes = coalesce($3, notes) where id = $1 returning ${COLUMNS}`,
} as const;

async function run(name: keyof typeof STATEMENTS, values: readonly unknown[]): Promise<readonly object[]> {
  return (await pool.query<object>({ name, text: STATEMENTS[name], values: [...values] })).rows;
}

async function page(query: URLSearchParams): Promise<object> {
  const limit = Number(query.get('limit') ?? 20);
  const after = query.get('after');
  const status = query.get('status');
  if (query.get('expand') === 'owner') return { data: (await run('expanded', [status, limit])).map(withOwner) };
  if (after !== null) return { data: await run('after', [...after.split('_'), limit]) };
  return { data: status === null ? await run('first', [limit]) : await run('list', [status, limit]) };
}

/** Takes the owner's columns out into an object of their own. */
function withOwner(row: object): object {
  const [lead, owner]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  for (const [name, value] of Object.entries(row)) {
    if (name.startsWith('o.')) owner[name.slice(2)] = value;
    else lead[name] = value;
  }
  return { ...lead, owner };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return JSON.parse(text) as Record<string, unknown>;
}

async function answer(request: IncomingMessage): Promise<readonly [status: number, body: object | undefined]> {
  const url = request.url ?? '';
  const id = url.slice('/leads/'.length);
  if (request.method === 'GET' && url.startsWith('/leads/')) return [200, (await run('get', [id]))[0]];
  if (request.method === 'GET') return [200, await page(new URLSearchParams(url.slice(url.indexOf('?') + 1)))];
  const { name, phone, email, status = null, notes = null, ownerId } = await readBody(request);
  if (request.method === 'PATCH') return [200, (await run('patch', [id, status, notes]))[0]];
  if (typeof name !== 'string' || typeof phone !== 'string' || typeof email !== 'string') return [422, {}];
  return [201, (await run('create', [name, phone, email, status, notes, ownerId]))[0]];
}

const server = createServer((request, response) => {
  answer(request).then(
    ([status, body]) => {
      const text = JSON.stringify(body ?? {});
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      response.writeHead(body === undefined ? 404 : status, headers).end(text);
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stderr.write(`listening on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
