import { request } from './raw-request.ts';
import type { Collection } from './document.ts';
import { noIdsAt, nobodyAt } from './ids.ts';
import { isObject } from './json.ts';
import { createRow, rowsOf, type World } from './world.ts';

/** ETag, If-Match and If-None-Match on a row of its own. */
export async function tryConditions(world: World, collection: Collection): Promise<void> {
  const created = collection.create === undefined ? undefined : await createRow(world, collection, {});
  if (created === undefined) return tryMissing(world, collection);
  const { id, etag } = created;
  const { client, fail } = world;
  if (collection.get !== undefined) {
    const same = await client.send(collection.get, { id, headers: { 'if-none-match': etag } });
    if (same.status !== 304) fail(`${collection.get.id} answered ${same.status} to its own ETag in If-None-Match`);
    const other = await client.send(collection.get, { id, headers: { 'if-none-match': '"0"' } });
    if (other.status !== 200) fail(`${collection.get.id} answered ${other.status} to another ETag in If-None-Match`);
  }
  for (const operation of [collection.update, collection.remove]) {
    if (operation === undefined) continue;
    const stale = await client.send(operation, {
      id,
      headers: { 'if-match': '"999"' },
      ...(operation.body && { body: {} }),
    });
    const malformed = await client.send(operation, {
      id,
      headers: { 'if-match': 'nonsense' },
      ...(operation.body && { body: {} }),
    });
    if (malformed.status !== 400) fail(`${operation.id} answered ${malformed.status} to a malformed If-Match`);
    if (stale.status !== 412) fail(`${operation.id} answered ${stale.status} to a stale If-Match`);
  }
  if (collection.update !== undefined && etag !== '') {
    const current = await client.send(collection.update, { id, headers: { 'if-match': `W/"no", ${etag}` }, body: {} });
    if (current.status >= 300) fail(`${collection.update.id} answered ${current.status} to its own ETag in If-Match`);
  }
  if (collection.get !== undefined) {
    const after = await client.send(collection.get, { id });
    if (isObject(after.body)) rowsOf(world, collection).set(id, after.body);
    if (after.headers.get('etag') !== etag) fail(`${collection.get.id}: a refused change raised the version`);
  }
  await tryMissing(world, collection);
}

/** Ids that name no row, and ids that are none. */
async function tryMissing({ client, fail }: World, collection: Collection): Promise<void> {
  for (const operation of [collection.get, collection.update, collection.remove, collection.restore]) {
    if (operation === undefined) continue;
    const body = operation.body && { body: {} };
    const missing = await client.send(operation, { id: nobodyAt(operation, 'id'), ...body });
    if (missing.status !== 404) fail(`${operation.id} answered ${missing.status} for a row that is not there`);
    const unreadable = await client.send(operation, { id: '%', ...body });
    if (unreadable.status !== 400) fail(`${operation.id} answered ${unreadable.status} to a lone percent sign as id`);
    for (const id of noIdsAt(operation)) {
      const malformed = await client.send(operation, { id, ...body });
      if (malformed.status !== 422) fail(`${operation.id} answered ${malformed.status} to the id "${id}"`);
    }
  }
  await tryMethods({ client, fail }, collection);
}

/** Methods without a route are 405 with those that have one. */
async function tryMethods(
  { client, fail }: Pick<World, 'client' | 'fail'>,
  { path, ...operations }: Collection,
): Promise<void> {
  const known = Object.values(operations).filter((operation) => typeof operation === 'object');
  for (const target of new Set(known.map((operation) => operation.path))) {
    const [operation] = known.filter((candidate) => candidate.path === target);
    const id = operation === undefined ? '' : nobodyAt(operation, 'id');
    const url = new URL(target.replace('{id}', encodeURIComponent(id)), client.base);
    const allowed = known.filter((operation) => operation.path === target).map(({ method }) => method.toUpperCase());
    const { status, headers } = await request(url, 'PUT');
    const allow = (headers['allow'] ?? '')
      .toString()
      .split(/,\s*/)
      .filter((method) => !['HEAD', 'OPTIONS'].includes(method));
    if (status !== 405) fail(`PUT ${path} answered ${status}, not 405`);
    else if (allow.toSorted().join() !== allowed.toSorted().join())
      fail(`PUT ${target}: Allow is "${allow.join(', ')}", not "${allowed.join(', ')}"`);
  }
}
