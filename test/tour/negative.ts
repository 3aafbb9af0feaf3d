import { isDeepStrictEqual } from 'node:util';
import { errorsOf, isFrozen, type Answer } from './answer.ts';
import type { Call } from './client.ts';
import {
  itemTargetOf,
  list,
  propertiesOf,
  requiredOf,
  resolve,
  targetOf,
  type Collection,
  type Operation,
} from './document.ts';
import { NO_ID, nobodyOf } from './ids.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { idsOf, readAll } from './read-lists.ts';
import type { RefusedValue } from './refused-values.ts';
import { size } from './value-size.ts';
import { upsertBody } from './upsert-rows.ts';
import { breaksCheck, createBody, createRow, isWhole, postBody, type World } from './world.ts';

/** Everything that must be refused is, says why, and leaves nothing behind. */
export async function tryRefusals(world: World, collection: Collection): Promise<void> {
  const before = await readAll(world, collection);
  const row = collection.create === undefined ? undefined : await createRow(world, collection, {});
  if (collection.create !== undefined) {
    const body = await createBody(world, collection, {});
    await refuseBodies(world, collection.create, body, {});
    await refuseMissing(world, collection.create, body);
    if (isWhole(collection, body)) await refuseUnknownLinks(world, collection, collection.create, body, {});
  }
  if (collection.upsert !== undefined) {
    const body = await upsertBody(world, collection, collection.upsert);
    await refuseBodies(world, collection.upsert, body, {});
    await refuseMissing(world, collection.upsert, body);
  }
  if (collection.update !== undefined && row !== undefined) {
    await refuseBodies(world, collection.update, {}, { id: row.id });
    await refuseUnknownLinks(world, collection, collection.update, {}, { id: row.id });
  }
  if (collection.list !== undefined) await refuseQueries(world, collection.list);
  const known = new Set(idsOf(before));
  const after = (await readAll(world, collection)).filter(
    (found) => !known.has(String(found['id'])) && found['id'] !== row?.id,
  );
  // Rows that links of the bodies above point to are in the world's own list.
  const strangers = after.filter((found) => !world.rows.get(collection.tag)?.has(String(found['id'])));
  if (strangers.length > 0) world.fail(`${collection.create?.id}: refused bodies left ${strangers.length} rows behind`);
  const current = row && collection.get ? await world.client.send(collection.get, { id: row.id }) : undefined;
  if (current !== undefined && !isDeepStrictEqual(current.body, row?.row))
    world.fail(`${collection.update?.id}: refused patches changed the row`);
}

async function refuseBodies(world: World, operation: Operation, body: JsonObject, call: Call): Promise<void> {
  const send = async (
    text: Json | string,
    wanted: number,
    why: string,
    ...pointers: readonly string[]
  ): Promise<void> => {
    const payload = typeof text === 'string' ? { text } : { body: text };
    expectProblem(world, operation, await world.client.send(operation, { ...call, ...payload }), wanted, why, pointers);
  };
  for (const round of refusedRounds(world, operation)) {
    const values = Object.fromEntries(round.map(({ key, value }) => [key, value]));
    const why = round.map(
      ({ key, value, why: reason }) => `${key}: ${JSON.stringify(value).slice(0, 100)} (${reason})`,
    );
    await send({ ...body, ...values }, 422, why.join('; '), ...round.map(({ key }) => `/${key}`));
  }
  const start = JSON.stringify(body).slice(0, -1) + (Object.keys(body).length > 0 ? ',' : '');
  await send({ ...body, unknown: 1 }, 422, 'an unknown key', '/unknown');
  for (const key of ['id', 'createdAt', 'updatedAt', 'version'])
    await send({ ...body, [key]: null }, 422, `the key ${key}`, `/${key}`);
  await send(`${start}"__proto__":{"a":1}}`, 422, 'the key __proto__');
  for (const wrong of [[], 'text', 1, null, [body]])
    await send(JSON.stringify(wrong), 422, `${JSON.stringify(wrong).slice(0, 50)} as a body`);
  for (const broken of ['{', '', '{"a":1,}', 'nonsense', '{"a":1}}'])
    await send(broken, 400, `${JSON.stringify(broken)} as JSON`);
  const plain = { ...call, text: JSON.stringify(body), headers: { 'content-type': 'text/plain' } };
  expectProblem(world, operation, await world.client.send(operation, plain), 415, 'text/plain');
  const huge = await world.client.sendHuge(operation, call.id);
  expectProblem(world, operation, huge, 413, 'a huge body');
}

interface RefusedField extends RefusedValue {
  readonly key: string;
}

/** One refused value of each field at a time, as long as there are any; large ones come alone. */
function refusedRounds(world: World, operation: Operation): readonly (readonly RefusedField[])[] {
  const fields = [...propertiesOf(world.document, operation.body)].map(([key, schema]): readonly RefusedField[] =>
    world.values.refused(schema).map((refused) => ({ key, ...refused })),
  );
  const isLarge = ({ value }: RefusedField): boolean => size(value) > LARGE;
  const small = fields.map((field) => field.filter((refused) => !isLarge(refused)));
  const rounds = Array.from({ length: Math.max(0, ...small.map(({ length }) => length)) }, (_, round) =>
    small.flatMap((field) => field[round] ?? []),
  );
  return [
    ...rounds,
    ...fields
      .flat()
      .filter(isLarge)
      .map((one) => [one]),
  ];
}

/** In bytes: a body holds one such value of each of some fields. */
const LARGE = 5_000;

async function refuseMissing(world: World, operation: Operation, body: JsonObject): Promise<void> {
  for (const key of requiredOf(operation.body)) {
    const { [key]: _left, ...rest } = body;
    const answer = await world.client.send(operation, { body: rest });
    expectProblem(world, operation, answer, 422, `a body without ${key}`, [`/${key}`]);
  }
}

/** A link to no row: 422 at the link, whichever way the server finds out, unless the body is taken whatever it links to. */
async function refuseUnknownLinks(
  world: World,
  collection: Collection,
  operation: Operation,
  body: JsonObject,
  call: Call,
): Promise<void> {
  for (const [key, schema] of propertiesOf(world.document, operation.body)) {
    if ((targetOf(schema) ?? itemTargetOf(schema)) === undefined) continue;
    const nobody = targetOf(schema) === undefined ? [nobodyIn(schema)] : (nobodyOf(schema) ?? null);
    const send = (rest: JsonObject): Promise<Answer> =>
      world.client.send(operation, { ...call, body: { ...rest, [key]: nobody } });
    let answer = await send(body);
    // A check may ask for more than the smallest body has.
    if (breaksCheck(answer)) answer = await send(await fullBody(world, collection, operation));
    if (breaksCheck(answer) || isFrozen(answer)) continue;
    if (answer.status === 409 && (await isTaken(world, collection, operation, body))) continue;
    expectProblem(world, operation, answer, 422, `${key} naming no row`, [`/${key}`]);
  }
}

/** All that a create may bring; of a patch nothing else. */
async function fullBody(world: World, collection: Collection, operation: Operation): Promise<JsonObject> {
  return operation === collection.create ? createBody(world, collection, { all: true }) : {};
}

function nobodyIn({ items }: JsonObject): Json {
  return (isObject(items) ? nobodyOf(items) : undefined) ?? null;
}

/** Whether a body that names rows which are there is a conflict too: a unique leaves room for no more. */
async function isTaken(world: World, collection: Collection, operation: Operation, body: JsonObject): Promise<boolean> {
  return operation === collection.create && (await postBody(world, collection, body)).status === 409;
}

function expectProblem(
  { fail }: World,
  { id }: Operation,
  answer: Answer,
  wanted: number,
  why: string,
  wantedPointers: readonly string[] = [],
): void {
  if (answer.status !== wanted) {
    fail(`${id} answered ${answer.status}, not ${wanted}, to ${why}: ${JSON.stringify(answer.body).slice(0, 300)}`);
    return;
  }
  const pointers = errorsOf(answer).map((error) => String(error['pointer']));
  for (const wantedPointer of wantedPointers) {
    if (!pointers.some((found) => found === wantedPointer || found.startsWith(`${wantedPointer}/`)))
      fail(`${id}: the errors of ${why} name ${pointers.join(', ') || 'nothing'}, not ${wantedPointer}`);
  }
}

async function refuseQueries(world: World, operation: Operation): Promise<void> {
  for (const { name, value } of refusedQueries(world, operation)) {
    const answer = await world.client.send(operation, { query: { [name]: value } });
    const why = `${name}=${value.slice(0, 40)}`;
    expectProblem(world, operation, answer, 422, why);
    const named = errorsOf(answer).map((error) => error['parameter']);
    if (answer.status === 422 && !named.includes(name))
      world.fail(`${operation.id}: the errors of ${why} name ${named.join(', ') || 'nothing'}`);
  }
}

function refusedQueries(
  world: World,
  operation: Operation,
): readonly { readonly name: string; readonly value: string }[] {
  const own = operation.parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name, schema }) => {
      const types = [schema['type']].flat();
      const items = resolve(world.document, schema['items']);
      if (name === 'limit')
        return ['0', '-1', '1.5', 'ten', '', String(Number(schema['maximum']) + 1), '1e1'].map((value) => ({
          name,
          value,
        }));
      if (name === 'cursor') return ['', 'nonsense', 'AAAA', 'a'.repeat(5000)].map((value) => ({ name, value }));
      if (name === 'sort')
        return [
          '',
          'unknown',
          '-',
          ...list(items['enum'])
            .slice(0, 1)
            .map((key) => `${String(key)},${String(key)}`),
        ].map((value) => ({ name, value }));
      if (types.includes('integer') || types.includes('number'))
        return ['ten', '0x10', ' 1', ''].map((value) => ({ name, value }));
      if (types.includes('boolean')) return ['yes', '1', ''].map((value) => ({ name, value }));
      const strict = schema['enum'] ?? schema['format'] ?? items['enum'] ?? items['format'];
      return strict === undefined ? [] : [{ name, value: 'no such value' }];
    });
  return [{ name: 'unknown', value: '1' }, { name: '__proto__', value: '1' }, { name: 'id', value: NO_ID }, ...own];
}
