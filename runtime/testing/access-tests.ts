import assert from 'node:assert/strict';
import { test } from './test.ts';
import type { Method } from './api-client.ts';
import { assertProblem } from './assert-answer.ts';
import { allows, type Operation } from './resource-case.ts';
import { type Suite } from './suite.ts';
import { unknownId } from './row-ids.ts';

const COLLECTION: readonly (readonly [Method, Operation | undefined])[] = [
  ['GET', 'read'],
  ['POST', 'create'],
  ['PUT', undefined],
];
const ITEM: readonly (readonly [Method, Operation | undefined])[] = [
  ['GET', 'read'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
  ['PUT', undefined],
];

/** What no grant allows has no route. */
export function testAccess(suite: Suite): void {
  const { resource } = suite;
  const { path } = resource;
  test('the collection answers only what is granted', () => checkMethods(suite, path, COLLECTION));
  test('a row answers only what is granted', () => checkMethods(suite, `${path}/${unknownId(resource)}`, ITEM));
}

async function checkMethods({ api, resource }: Suite, path: string, methods: typeof ITEM): Promise<void> {
  const isGranted = (operation: Operation | undefined): boolean =>
    operation !== undefined && allows(resource, operation);
  const granted = methods.filter(([, operation]) => isGranted(operation)).map(([method]) => method);
  for (const [method] of methods.filter(([, operation]) => !isGranted(operation))) {
    const answer = await api.send(method, path, method === 'GET' || method === 'DELETE' ? {} : { body: {} });
    assertProblem(answer, granted.length === 0 ? 404 : 405);
    const allowed = (answer.headers.get('allow') ?? '').split(/, */).filter((name) => ALL.has(name));
    assert.deepEqual(allowed.toSorted(), granted.toSorted());
  }
}

const ALL = new Set<string>(['GET', 'POST', 'PATCH', 'DELETE', 'PUT']);
