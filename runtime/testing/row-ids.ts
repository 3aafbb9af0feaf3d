import { randomUUID } from 'node:crypto';
import type { FieldCase, JsonObject, ResourceCase } from './resource-case.ts';

/** Kinds of ids, as specs call them. */
export type IdKind = 'uuid' | 'bigint' | 'string';

/** What has ids of some kind; UUIDs where it does not say. */
interface Identified {
  readonly id?: IdKind;
}

const UNKNOWN_IDS: Readonly<Record<IdKind, readonly [string, string]>> = {
  uuid: ['018fffff-ffff-7fff-bfff-ffffffffffff', '018fffff-ffff-7fff-bfff-fffffffffffe'],
  bigint: ['9000000000000000000', '9000000000000000001'],
  string: ['no-such:row', 'nor-this:one'],
};

const NO_IDS: Readonly<Record<IdKind, string>> = { uuid: '1', bigint: '1.5', string: 'a,b' };

/** An id that no row has. */
export function unknownId({ id = 'uuid' }: Identified): string {
  return UNKNOWN_IDS[id][0];
}

/** Two of them. */
export function unknownIds({ id = 'uuid' }: Identified): readonly [string, string] {
  return UNKNOWN_IDS[id];
}

/** Where a list of two such ids is refused, or of one where it takes no more. */
export function unknownPlaces({ key, single }: FieldCase): Readonly<Record<string, string>> {
  return { [`/${key}/0`]: 'reference', ...(single ? {} : { [`/${key}/1`]: 'reference' }) };
}

/** The same id written otherwise, where its kind has several spellings. */
export function anotherSpelling({ id = 'uuid' }: Identified, text: string): string {
  return id === 'uuid' ? text.toUpperCase() : text;
}

/** A text that is no id. */
export function noId({ id = 'uuid' }: Identified): string {
  return NO_IDS[id];
}

/** The id of a row that a test puts there: the same in every run, and ascending with the index. */
export function seededId({ id = 'uuid' }: Identified, place: number, index: number): string {
  switch (id) {
    case 'uuid':
      return `018f0000-${hex(place, 4)}-7000-8000-${hex(index, 12)}`;
    case 'bigint':
      // Far from the numbers that the database gives, and none longer than another.
      return String(1_000_000_000 + place * 1_000_000 + index);
    case 'string':
      return `row:${hex(place, 4)}-${hex(index, 4)}`;
    default:
      return id satisfies never;
  }
}

/** An id that a create may bring; for `bigint` one that only SQL may. */
export function freshId({ id = 'uuid' }: Identified): string {
  if (id === 'bigint') return String(2_000_000_000 + Math.floor(Math.random() * 1_000_000_000_000));
  return id === 'uuid' ? randomUUID() : `new:${randomUUID()}`;
}

/** Whether creates bring ids, or may. */
export function bringsIds({ id, clientId }: Pick<ResourceCase, 'id' | 'clientId'>): boolean {
  return clientId === true || id === 'string';
}

/** The body of a new row, with an id where each create names one. */
export function withOwnId({ id }: Identified, body: JsonObject): JsonObject {
  return id === 'string' ? { id: freshId({ id }), ...body } : body;
}

/** What a link leads to. */
export function targetOf({ to, links }: FieldCase, resources: readonly ResourceCase[]): Identified {
  return resources.find(({ name }) => name === (to ?? links)) ?? {};
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}
