import assert from 'node:assert/strict';
import { CannotTell, test } from './test.ts';
import type { Answer } from './api-client.ts';
import { assertProblem } from './assert-answer.ts';
import { allows, creatable, type JsonObject, type Operation } from './resource-case.ts';
import { type Suite } from './suite.ts';
import { unknownId } from './row-ids.ts';

/** Every operation while the database is away; `bodies` were made before it went. */
export function testOutage(suite: Suite, bodies: () => ReadonlyMap<string, JsonObject>): void {
  const { api, resource } = suite;
  const item = `${resource.path}/${unknownId(resource)}`;
  const bodyOf = (name: string): JsonObject => {
    const body = bodies().get(name);
    if (body === undefined)
      throw new CannotTell('a body that all rules take', `no body of ${name} that all rules take was found`);
    return body;
  };
  const requests: readonly (readonly [string, Operation, () => Promise<Answer>])[] = [
    ['create', 'create', () => api.send('POST', resource.path, { body: bodyOf(resource.name) })],
    ['list', 'read', () => api.send('GET', resource.path)],
    ['get', 'read', () => api.send('GET', item)],
    ['update', 'update', () => api.send('PATCH', item, { body: {} })],
    ['delete', 'delete', () => api.send('DELETE', item)],
  ];
  for (const [name, operation, send] of requests) {
    if (!allows(resource, operation)) continue;
    test(`${name} of ${resource.name} asks to try again`, async () => {
      const answer = await send();
      assertProblem(answer, 503);
      assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    });
  }
}

/** A body that a create would take. */
export async function outageBody({ resource, fixtures }: Suite): Promise<JsonObject> {
  return fixtures.newBody(resource, creatable(resource), 0);
}
