import type { Collection, Operation } from '../tour/document.ts';
import type { World } from '../tour/world.ts';
import type { Answer } from '../tour/answer.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import type { SchemaCheck } from '../tour/schema-check.ts';
import type { Wire } from '../tour/wire.ts';

/** Sees what is stored, by a way of its own that is not the API. */
export interface Witness {
  /** Another text after every write. */
  readonly read: () => Promise<string>;
}

/** A list request that had more to show. */
export interface NextPage {
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cursor: string;
}

/** What the fuzzer knows of the API: its document, and what the API said. */
export interface FuzzWorld extends World {
  readonly schemas: SchemaCheck;
  readonly operations: readonly Operation[];
  readonly wire: Wire;
  readonly witness: Witness;
  /** What the witness said last. */
  readonly stored: { text: string };
  /** By the id of the operation. */
  readonly pages: Map<string, NextPage>;
  /** Credentials of other callers; none while the document secures nothing. */
  readonly otherCallers: readonly Readonly<Record<string, string>>[];
  /** Tags of which no row could be made: they are not tried before every request. */
  readonly barren: Set<string>;
  /** Each thing that needs to be asked once. */
  readonly asked: Set<string>;
}

/** Ids that the API has given out for this kind of row and not taken back, oldest first. */
export function rowIds({ rows }: FuzzWorld, tag: string): readonly string[] {
  return [...(rows.get(tag)?.keys() ?? [])];
}

/** The collection of an operation. */
export function collectionOf({ collections }: FuzzWorld, { tag }: Operation): Collection | undefined {
  return collections.find((collection) => collection.tag === tag);
}

/** Sends a request of a check's own that needs no more than these. */
export async function ask(
  { wire }: FuzzWorld,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  const request: FuzzRequest = {
    kind: 'a check',
    expectation: 'unknown',
    method,
    target,
    isOwnTarget: true,
    id: undefined,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body,
  };
  return wire.send(request);
}
