import { isFrozen } from './answer.ts';
import { isNullable, itemTargetOf, list, propertiesOf, requiredOf, targetOf, type Collection } from './document.ts';
import { isObject } from './json.ts';
import { createRow, rowsOf, type World } from './world.ts';

/** A link from one collection to another. */
interface Link {
  readonly from: Collection;
  readonly key: string;
  readonly to: string;
  /** Whether it is a list of ids. */
  readonly isList: boolean;
}

/** Deletes rows that others hold on to, then rows that stand alone; a deleted row is 404. */
export async function deleteRows(world: World, collection: Collection): Promise<void> {
  if (collection.remove === undefined || collection.create === undefined) return;
  for (const chain of chainsTo(world, collection.tag)) await deleteHeld(world, collection, chain);
  for (const all of [false, true]) {
    const alone = await createRow(world, collection, { all });
    if (alone === undefined || (await deleteForGood(world, collection, alone.id))) break;
  }
  await deleteBelow(world, collection);
}

/** Links to the tag, and links to what links to it. */
function chainsTo(world: World, tag: string): readonly (readonly Link[])[] {
  const direct = linksTo(world, tag);
  const further = direct.flatMap((link) => linksTo(world, link.from.tag).map((next) => [link, next] as const));
  return [...direct.map((link) => [link]), ...further];
}

function linksTo({ collections, document }: World, tag: string): readonly Link[] {
  return collections.flatMap((from) =>
    [...propertiesOf(document, from.create?.body)].flatMap(([key, schema]) =>
      (targetOf(schema) ?? itemTargetOf(schema)) === tag
        ? [{ from, key, to: tag, isList: itemTargetOf(schema) !== undefined }]
        : [],
    ),
  );
}

/** The last row of the chain goes as the document says: refused, or with what held on to it let go. */
async function deleteHeld(world: World, collection: Collection, chain: readonly Link[]): Promise<void> {
  const target = await createRow(world, collection, {});
  if (target === undefined || collection.remove === undefined) return;
  const holders: { readonly link: Link; readonly id: string }[] = [];
  let held = target.id;
  for (const link of chain) {
    const holder = await createRow(world, link.from, { set: { [link.key]: link.isList ? [held] : held } });
    if (holder === undefined) return;
    holders.push({ link, id: holder.id });
    held = holder.id;
  }
  const answer = await world.client.send(collection.remove, { id: target.id });
  const names = chain.map(({ from, key }) => `${from.tag}.${key}`).join(' and ');
  if (answer.status === 204) {
    rowsOf(world, collection).delete(target.id);
    for (const { link, id } of holders) await checkHolder(world, link, id, names);
  } else if (answer.status !== 409)
    world.fail(`${collection.remove.id} answered ${answer.status} with ${names} in its way`);
}

/** A holder is gone, has let go, or (further up the chain) still holds on to a row that is there. */
async function checkHolder(world: World, { from, key, to, isList }: Link, id: string, names: string): Promise<void> {
  if (from.get === undefined) return;
  const answer = await world.client.send(from.get, { id });
  if (answer.status === 404) {
    rowsOf(world, from).delete(id);
    return;
  }
  if (!isObject(answer.body)) return;
  rowsOf(world, from).set(id, answer.body);
  const target = world.collections.find(({ tag }) => tag === to);
  const schema = propertiesOf(world.document, from.create?.body).get(key) ?? {};
  const kept = answer.body[key];
  const isThere = (one: string): boolean => target === undefined || rowsOf(world, target).has(one);
  if (isList && list(kept).map(String).every(isThere)) return;
  if (kept === null ? isNullable(schema) : kept === undefined || isThere(String(kept))) return;
  world.fail(`${from.get.id}: ${key} is ${JSON.stringify(kept)} after its row was deleted (${names})`);
}

/** False where the row stands still. */
async function deleteForGood(world: World, collection: Collection, id: string): Promise<boolean> {
  const { remove, restore, get, tag } = collection;
  if (remove === undefined) return true;
  const { client, fail } = world;
  const answer = await client.send(remove, { id });
  if (isFrozen(answer)) return false;
  if (answer.status !== 204) fail(`${remove.id} answered ${answer.status} for a row that nothing holds`);
  const again = await client.send(remove, { id });
  if (again.status !== 404) fail(`${remove.id} answered ${again.status} the second time`);
  const gone = get === undefined ? undefined : await client.send(get, { id });
  if (gone !== undefined && gone.status !== 404) fail(`${get?.id} answered ${gone.status} for a deleted row of ${tag}`);
  if (restore !== undefined) await bringBack(world, { remove, restore }, id);
  world.rows.get(tag)?.delete(id);
  return true;
}

/** A row does not come back while one that it must link to is gone: one of its own, with which no other row goes. */
async function deleteBelow(world: World, collection: Collection): Promise<void> {
  const { create, remove, restore } = collection;
  if (remove === undefined || restore === undefined) return;
  for (const key of requiredOf(create?.body)) {
    const target = targetOf(propertiesOf(world.document, create?.body).get(key) ?? {});
    const below = world.collections.find(({ tag }) => tag === target);
    if (below?.remove === undefined) continue;
    const own = await createRow(world, below, {});
    const row = own && (await createRow(world, collection, { set: { [key]: own.id } }));
    if (row === undefined || (await world.client.send(remove, { id: row.id })).status !== 204) continue;
    rowsOf(world, collection).delete(row.id);
    const id = String(row.body[key]);
    if ((await world.client.send(below.remove, { id })).status !== 204) continue;
    rowsOf(world, below).delete(id);
    const { status } = await world.client.send(restore, { id: row.id });
    if (status !== 409) world.fail(`${restore.id} answered ${status}, not 409, without the row of ${key}`);
  }
}

/** A restored row is there, once, and can be deleted again. */
async function bringBack(
  { client, fail }: World,
  { remove, restore }: Required<Pick<Collection, 'remove' | 'restore'>>,
  id: string,
): Promise<void> {
  const wanted = restore.responses['200'] === undefined ? 204 : 200;
  for (const [operation, status] of [
    [restore, wanted],
    [restore, 404],
    [remove, 204],
  ] as const) {
    const answer = await client.send(operation, { id });
    if (answer.status !== status) fail(`${operation.id} answered ${answer.status}, not ${status}, around a restore`);
  }
}
