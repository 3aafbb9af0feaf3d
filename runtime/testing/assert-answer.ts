import assert from 'node:assert/strict';
import type { Answer } from './api-client.ts';
import type { JsonObject, ResourceCase } from './resource-case.ts';
import type { SeededRow } from './seeded-row.ts';

/** @throws AssertionError unless the answer has the status; the body says why it has another. */
export function assertStatus(answer: Answer, status: number): void {
  assert.equal(answer.status, status, `expected ${status}, got ${answer.status}: ${answer.text}`);
}

/** A refusal that names each of `places` (`/name`, or a parameter) with its code. */
export function assertProblem(answer: Answer, status: number, places: Readonly<Record<string, string>> = {}): void {
  assertStatus(answer, status);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(property(answer.body, 'status'), status);
  assert.equal(property(answer.body, 'instance'), answer.headers.get('x-request-id'));
  const errors = property(answer.body, 'errors');
  for (const [place, code] of Object.entries(places)) {
    const named = Array.isArray(errors) ? errors.filter((error) => placeOf(error) === place) : [];
    const codes: readonly unknown[] = named.map((error) => property(error, 'code'));
    assert.ok(codes.includes(code), `expected ${code} at ${place}: ${answer.text}`);
  }
}

function placeOf(error: unknown): unknown {
  return property(error, 'pointer') ?? property(error, 'parameter');
}

/** One member of a JSON object; `undefined` when there is none. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** One member of a body that must be text. */
export function textProperty(value: unknown, key: string): string {
  const text = property(value, key);
  assert.equal(typeof text, 'string', `expected text in ${key} of ${JSON.stringify(value)}`);
  return String(text);
}

/** What a create answers, but for the parts that its body brought. */
export function withoutParts({ parts = [] }: ResourceCase, body: unknown): unknown {
  const keys = parts.map(({ key }) => key);
  return Object.fromEntries(Object.entries(Object(body)).filter(([key]) => !keys.includes(key)));
}

/** What the API shows of a row with these values. */
export function shown({ fields }: ResourceCase, values: JsonObject): JsonObject {
  const visible = fields.filter(({ writeOnly }) => !writeOnly);
  return Object.fromEntries(visible.map((field) => [field.key, values[field.key] ?? null]));
}

/** What the API shows of a row that SQL has put there. */
export function shownRow(resource: ResourceCase, { id, values, createdAt, updatedAt }: SeededRow): JsonObject {
  return { id, ...shown(resource, values), createdAt, updatedAt };
}
