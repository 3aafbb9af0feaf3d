import type { Answer } from '../tour/answer.ts';
import { isObject, type JsonObject } from '../tour/json.ts';
import { createRow } from '../tour/world.ts';
import { CHECKS } from './checks.ts';
import { CONFORMANCE_CHECKS } from './conformance-checks.ts';
import type { FuzzExchange } from './exchange.ts';
import { describeRequest, type FuzzRequest, type Plan } from './fuzz-request.ts';
import { rowIds, type FuzzWorld } from './fuzz-world.ts';
import { realise } from './realise.ts';

/** Sends what is planned, counts the answer, and throws what it breaks of any check. */
export async function tryPlan(world: FuzzWorld, plan: Plan, answers: Map<string, number>): Promise<void> {
  await replenish(world);
  if (world.stored.text === '') world.stored.text = await world.witness.read();
  const { document, schemas } = world;
  const { operation } = plan;
  const request = realise(plan, world);
  const startedAt = performance.now();
  const answer = await world.wire.send(request);
  const milliseconds = performance.now() - startedAt;
  const key = `${operation.id} ${answer.status}`;
  answers.set(key, (answers.get(key) ?? 0) + 1);
  remember(world, plan, request, answer);
  const problems = await problemsOf({ document, schemas, operation, request, answer, milliseconds }, world);
  if (problems.length === 0) return;
  const told = [problems.join('; '), describeRequest(request), `${answer.status} ${answer.raw.slice(0, 500)}`];
  throw new Error(told.join('\n  '));
}

async function problemsOf(exchange: FuzzExchange, world: FuzzWorld): Promise<readonly string[]> {
  // What answers at another target is none of the operation's.
  const skipped = new Set<string>(exchange.request.isOwnTarget ? [] : CONFORMANCE_CHECKS.map(({ name }) => name));
  const problems: string[] = [];
  for (const { name, judge } of CHECKS) {
    if (skipped.has(name)) continue;
    problems.push(...(await judge(exchange, world)).map((problem) => `${name}: ${problem}`));
  }
  return problems;
}

const FEWEST_ROWS = 2;
const ATTEMPTS = 4;

/** Sees to it that there is always a row to read, change and delete. */
export async function replenish(world: FuzzWorld): Promise<void> {
  for (const collection of world.collections) {
    if (collection.create === undefined || world.barren.has(collection.tag)) continue;
    for (let attempt = 0; attempt < ATTEMPTS && rowIds(world, collection.tag).length < FEWEST_ROWS; attempt += 1) {
      world.stored.text = '';
      await createRow(world, collection, { all: attempt % 2 === 0 });
    }
    if (rowIds(world, collection.tag).length === 0) world.barren.add(collection.tag);
  }
}

/** A row that is gone may have taken with it what named it. */
function forget(world: FuzzWorld, rows: Map<string, JsonObject>, id: string): void {
  rows.delete(id);
  for (const others of world.rows.values()) {
    for (const [other, row] of others) if (Object.values(row).includes(id)) forget(world, others, other);
  }
}

/** Known rows beyond these are forgotten, not deleted. */
const MOST_ROWS = 100;

function remember(world: FuzzWorld, { operation }: Plan, request: FuzzRequest, { status, body }: Answer): void {
  const rows = world.rows.get(operation.tag);
  if (rows === undefined) return;
  if (operation.method === 'post' && status === 201 && isObject(body)) rows.set(String(body['id']), body);
  const isGone = status === 404 || (operation.method === 'delete' && operation.path.endsWith('/{id}') && status < 300);
  if (request.id !== undefined && isGone) forget(world, rows, request.id);
  const [oldest] = rows.keys();
  if (rows.size > MOST_ROWS && oldest !== undefined) rows.delete(oldest);
  const next = isObject(body) ? body['nextCursor'] : undefined;
  if (typeof next !== 'string' || !request.isOwnTarget) return;
  const query = [...new URLSearchParams(request.target.split('?')[1] ?? '')].filter(([name]) => name !== 'cursor');
  world.pages.set(operation.id, { query, cursor: next });
}
