import type { ApiClient } from './api-client.ts';
import type { Fixtures } from './fixtures.ts';
import type { ResourceCase } from './resource-case.ts';

/** What the tests of one resource stand on. */
export interface Suite {
  readonly api: ApiClient;
  readonly fixtures: Fixtures;
  readonly resource: ResourceCase;
  /** Every resource of the app, this one too. */
  readonly resources: readonly ResourceCase[];
  /** Largest request body, in bytes. */
  readonly bodyLimit: number;
}

/** A key that no field has: names of fields are camelCase words. */
export const UNKNOWN_KEY = 'no_such_field';

/** A name that a test of one key shows. */
export function titled(what: string, key: string): string {
  return `${what}: ${key}`;
}
