import { test } from './test.ts';
import type { Method } from './api-client.ts';
import { assertProblem } from './assert-answer.ts';
import { allows } from './resource-case.ts';
import type { Suite } from './suite.ts';

/** What no operation takes as its body. */
export function testBodies(suite: Suite): void {
  const { resource, fixtures } = suite;
  if (allows(resource, 'create')) testBodiesOf(suite, 'POST', async () => resource.path);
  if (allows(resource, 'update'))
    testBodiesOf(suite, 'PATCH', async () => `${resource.path}/${(await fixtures.row(resource, 0)).id}`);
}

function testBodiesOf({ api, bodyLimit }: Suite, method: Method, pathOf: () => Promise<string>): void {
  test(`${method} refuses a body that is no JSON`, async () => {
    assertProblem(await api.send(method, await pathOf(), { text: '{"name":' }), 400);
  });
  test(`${method} refuses a missing body`, async () => {
    assertProblem(await api.send(method, await pathOf()), 400);
  });
  test(`${method} refuses a body of another type`, async () => {
    assertProblem(
      await api.send(method, await pathOf(), { text: '{}', headers: { 'content-type': 'text/plain' } }),
      415,
    );
  });
  test(`${method} refuses a body above the limit`, async () => {
    const headers = { 'content-length': String(bodyLimit + 1) };
    assertProblem(await api.send(method, await pathOf(), { text: '{}', headers }), 413);
  });
}
