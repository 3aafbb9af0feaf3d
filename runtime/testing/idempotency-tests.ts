import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer } from './api-client.ts';
import { assertProblem, assertStatus } from './assert-answer.ts';
import { ROWS } from './fixture-values.ts';
import { creatable, created, type JsonObject } from './resource-case.ts';
import { breaksCheck } from './row-checks.ts';
import { UNKNOWN_KEY, type Suite } from './suite.ts';
import { CannotTell, NoSoundRow, test } from './test.ts';

const HEADER = 'Idempotency-Key';
const AT_ONCE = 5;
const NO_KEYS = ['', 'k'.repeat(256), 'clé', 'tab\tbed'];

/** What an `Idempotency-Key` does for creates. */
export function testIdempotency(suite: Suite): void {
  const { resource, fixtures } = suite;
  test('create with a key is done once and answered as the first time', async () => {
    const [key, body] = [randomUUID(), await bodyOf(suite, 0)];
    const first = await create(suite, key, body);
    assertStatus(first, 201);
    assert.equal(first.headers.get('idempotent-replayed'), null);
    const count = await fixtures.count(resource);
    assertReplay(await create(suite, key, body), first);
    assertReplay(await create(suite, `"${key}"`, reversed(body)), first);
    assert.equal(await fixtures.count(resource), count, 'a replay made a row');
  });
  if (fixtures.values.capacity(resource) > 1) {
    test('create refuses the key of another body', async () => {
      const [key, body] = [randomUUID(), await bodyOf(suite, 0)];
      const other = await otherBody(suite, body);
      assertStatus(await create(suite, key, body), 201);
      assertProblem(await create(suite, key, other), 422, { [HEADER]: 'reused' });
    });
  }
  test('creates with one key at one time make one row', async () => {
    const [key, body] = [randomUUID(), await bodyOf(suite, 0)];
    const before = await fixtures.count(resource);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => create(suite, key, body)));
    const [done = answers[0], ...others] = answers.filter(({ status }) => status === 201);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      assertProblem(answer, 409, { [HEADER]: 'inFlight' });
      assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    }
    assert.deepEqual(
      others.map(({ text }) => text),
      others.map(() => done?.text),
    );
    assert.equal(await fixtures.count(resource), before + 1);
  });
  test('create refuses a key that is none', async () => {
    const body = await bodyOf(suite, 0);
    for (const key of NO_KEYS) assertProblem(await create(suite, key, body), 400, { [HEADER]: 'format' });
  });
  test('a refused create leaves its key free', async () => {
    const [key, body] = [randomUUID(), await bodyOf(suite, 0)];
    assertProblem(await create(suite, key, { ...body, [UNKNOWN_KEY]: 1 }), 422);
    const answer = await create(suite, key, body);
    assertStatus(answer, 201);
    assert.equal(answer.headers.get('idempotent-replayed'), null);
  });
}

async function bodyOf({ resource, fixtures }: Suite, index: number): Promise<JsonObject> {
  const body = await fixtures.newBody(resource, creatable(resource), index);
  if (breaksCheck(resource, created(resource, body))) throw new NoSoundRow(resource.name);
  return body;
}

/** A body that differs: as many are tried as there are rows that tests tell apart. */
async function otherBody(suite: Suite, body: JsonObject): Promise<JsonObject> {
  const most = Math.min(ROWS, suite.fixtures.values.capacity(suite.resource));
  for (let index = 1; index < most; index += 1) {
    const other = await bodyOf(suite, index);
    if (JSON.stringify(other) !== JSON.stringify(body)) return other;
  }
  throw new CannotTell('a second body', `all bodies of ${suite.resource.name} that tests can make are the same`);
}

async function create({ api, resource }: Suite, key: string, body: JsonObject): Promise<Answer> {
  return api.send('POST', resource.path, { body, headers: { [HEADER]: key } });
}

function assertReplay(answer: Answer, first: Answer): void {
  assertStatus(answer, first.status);
  assert.equal(answer.text, first.text);
  assert.equal(answer.headers.get('idempotent-replayed'), 'true');
  for (const name of ['etag', 'location', 'content-type']) {
    assert.equal(answer.headers.get(name), first.headers.get(name), name);
  }
}

/** The same body as another client would write it. */
function reversed(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).toReversed());
}
