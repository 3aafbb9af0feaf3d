import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend, startBackend, type RunningBackend } from '../end-to-end/compiled-backend.ts';
import { SET_UPS, type OpenSetUp } from '../end-to-end/set-ups.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

/** What is sold of a product is kept up to date by every line, so that two orders of two products may wait for each other. */
const SPEC = `supercompile: 1
name: counter
auth: { provider: none }
entities:
  Product:
    fields:
      name: { type: string }
      sold: { type: integer, computed: "record.lines.sum(l, l.count)" }
    access: { everyone: { roles: [anonymous], allow: [create, read], rows: all } }
  Order:
    fields:
      note: { type: string, default: "" }
    access: { everyone: { roles: [anonymous], allow: [create, read], rows: all } }
  Line:
    partOf: order
    fields:
      order: { type: reference, to: Order, inverse: lines }
      product: { type: reference, to: Product, inverse: lines }
      count: { type: integer, min: 1 }
`;

const ORDERS = 200;
const AT_ONCE = 20;

const setUp = SET_UPS.find(({ name }) => name === 'Postgres 15');
const folder = createFolder('parts-together');
let opened: OpenSetUp | undefined;
let server: RunningBackend | undefined;

beforeAll(async () => {
  if (setUp?.isUsable !== true) return;
  writeFileSync(join(folder, 'app.yaml'), SPEC);
  await buildBackend(join(folder, 'app.yaml'), join(folder, 'backend'));
  opened = await setUp.open(join(folder, 'backend'));
  server = await startBackend(join(folder, 'backend'), opened.environment);
});

afterAll(async () => {
  await server?.stop();
  await opened?.close();
  removeFolder(folder);
});

async function post(
  path: string,
  body: object,
  key: string,
): Promise<{ readonly status: number; readonly id: string }> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const answer = await fetch(`${server?.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { id }: { readonly id: string } = JSON.parse(await answer.text());
  return { status: answer.status, id };
}

test.runIf(setUp?.isUsable)('creates whose parts change the same rows in another order all come through', async () => {
  const products = [await post('/products', { name: 'a' }, 'a'), await post('/products', { name: 'b' }, 'b')];
  const statuses: number[] = [];
  const one = async (index: number): Promise<void> => {
    const ids = index % 2 === 0 ? products : products.toReversed();
    const lines = ids.map(({ id }) => ({ productId: id, count: 1 }));
    statuses.push((await post('/orders', { lines }, `order ${index}`)).status);
  };
  for (let first = 0; first < ORDERS; first += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => one(first + index)));
  expect(statuses.filter((status) => status !== 201)).toEqual([]);
  const answer = await fetch(`${server?.url}/products?sort=createdAt`);
  expect(await answer.json()).toMatchObject({ data: [{ sold: ORDERS }, { sold: ORDERS }] });
});
