import assert from 'node:assert/strict';
import { moment } from '../expression/moments.ts';
import type { JsonObject, ResourceCase } from './resource-case.ts';

/** What the database works out is what the spec says, at the moment of the create. */
export function checkPresets({ fields }: ResourceCase, sent: JsonObject, stored: JsonObject, createdAt: string): void {
  for (const { key, preset } of fields) {
    if (preset === undefined || Object.hasOwn(sent, key)) continue;
    assert.equal(stored[key], preset(moment(createdAt) ?? 0n), `the default of ${key}`);
  }
}
