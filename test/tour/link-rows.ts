import { list, operationsOf, propertiesOf, resolve, targetOf, type Collection, type Operation } from './document.ts';
import { NO_ID, nobodyAt } from './ids.ts';
import { isObject } from './json.ts';
import { breaksCheck, createRow, rowsOf, type World } from './world.ts';

/** Puts a row on each list of links and takes it off again, each time twice: the second time changes nothing. */
export async function linkRows(world: World, collection: Collection): Promise<void> {
  const operations = operationsOf(world.document).filter(({ path }) => path.startsWith(`${collection.path}/{id}/`));
  for (const link of operations.filter(({ method }) => method === 'put')) {
    const unlink = operations.find(({ method, path }) => method === 'delete' && path === link.path);
    if (unlink !== undefined) await tryLink(world, collection, link, unlink);
  }
}

async function tryLink(world: World, collection: Collection, link: Operation, unlink: Operation): Promise<void> {
  const tag = link.parameters.map(({ schema }) => targetOf(schema)).find((target) => target !== undefined);
  const target = world.collections.find((candidate) => candidate.tag === tag);
  if (collection.create === undefined || target?.create === undefined) return;
  const [row, other] = [await createRow(world, collection, {}), (await createRow(world, target, {}))?.id];
  if (row === undefined || other === undefined) return;
  const { client, fail } = world;
  const versions = [row.etag];
  for (const [operation, isThere] of [
    [link, true],
    [link, true],
    [unlink, false],
    [unlink, false],
  ] as const) {
    const answer = await client.send(operation, { id: row.id, other });
    if (breaksCheck(answer) || answer.status === 409) return;
    if (answer.status >= 300) return fail(`${operation.id} answered ${answer.status}: ${answer.raw.slice(0, 300)}`);
    versions.push(answer.headers.get('etag') ?? '');
    if (!isObject(answer.body)) continue;
    rowsOf(world, collection).set(row.id, answer.body);
    const lists = [...propertiesOf(world.document, collection.update?.body)].filter(([, schema]) => {
      return targetOf(resolve(world.document, schema['items'])) === tag;
    });
    const named = lists.some(([key]) => isObject(answer.body) && list(answer.body[key]).includes(other));
    if (named !== isThere) fail(`${operation.id}: the row ${named ? 'still names' : 'does not name'} ${other}`);
  }
  if (new Set(versions).size !== 3 || versions[1] !== versions[2] || versions[3] !== versions[4])
    fail(`${link.id} and ${unlink.id} have the versions ${versions.join(' ')}`);
  await refuse(world, [link, unlink], row.id, other);
}

async function refuse({ client, fail }: World, operations: readonly Operation[], id: string, other: string) {
  for (const operation of operations) {
    for (const [wanted, call] of [
      [400, { id, other, headers: { 'if-match': 'one' } }],
      [404, { id: nobodyAt(operation, 'id'), other }],
      [412, { id, other, headers: { 'if-match': '"999999"' } }],
      [422, { id, other: NO_ID }],
    ] as const) {
      const { status } = await client.send(operation, call);
      if (status !== wanted) fail(`${operation.id} answered ${status}, not ${wanted}, to ${JSON.stringify(call)}`);
    }
  }
}
