import type { Chance } from './random.ts';

export type Sort =
  | 'bool'
  | 'int'
  | 'dec'
  | 'num'
  | 'text'
  | 'mail'
  | 'kind'
  | 'other'
  | 'date'
  | 'time'
  | 'moment'
  | 'zone'
  | 'uuid'
  | 'person';

export interface FieldOfWorld {
  readonly key: string;
  readonly sort: Sort;
  readonly optional: boolean;
}

export type EntityName = 'Person' | 'Thing' | 'Part';

interface EntityOfWorld {
  readonly table: string;
  readonly fields: readonly FieldOfWorld[];
  readonly arrays: readonly { readonly key: string; readonly sort: Sort }[];
  readonly links: readonly { readonly name: string; readonly entity: EntityName; readonly optional: boolean }[];
  readonly lists: readonly { readonly name: string; readonly entity: EntityName; readonly by: string }[];
}

const field = (key: string, sort: Sort, optional = false): FieldOfWorld => ({ key, sort, optional });

/** What the spec says, told again for the reference. */
export const ENTITIES: Readonly<Record<EntityName, EntityOfWorld>> = {
  Person: {
    table: 'people',
    fields: [
      field('name', 'text', true),
      field('age', 'int', true),
      field('active', 'bool', true),
      field('mail', 'mail', true),
    ],
    arrays: [],
    links: [{ name: 'boss', entity: 'Person', optional: true }],
    lists: [
      { name: 'owned', entity: 'Thing', by: 'ownerId' },
      { name: 'staff', entity: 'Person', by: 'bossId' },
    ],
  },
  Thing: {
    table: 'things',
    fields: [
      field('flag', 'bool', true),
      field('on', 'bool'),
      field('count', 'int', true),
      field('total', 'int'),
      field('big', 'int', true),
      field('price', 'dec', true),
      field('rate', 'dec'),
      field('ratio', 'num', true),
      field('weight', 'num'),
      field('name', 'text', true),
      field('title', 'text'),
      field('mail', 'mail', true),
      field('contact', 'mail'),
      field('kind', 'kind', true),
      field('other', 'other'),
      field('day', 'date', true),
      field('start', 'date'),
      field('clock', 'time', true),
      field('seen', 'moment', true),
      field('made', 'moment'),
      field('zone', 'zone'),
      field('place', 'zone', true),
      field('token', 'uuid', true),
    ],
    arrays: [
      { key: 'tags', sort: 'text' },
      { key: 'marks', sort: 'int' },
    ],
    links: [
      { name: 'owner', entity: 'Person', optional: true },
      { name: 'home', entity: 'Person', optional: false },
    ],
    lists: [{ name: 'parts', entity: 'Part', by: 'thingId' }],
  },
  Part: {
    table: 'parts',
    fields: [
      field('cost', 'dec', true),
      field('amount', 'int'),
      field('label', 'text', true),
      field('done', 'bool', true),
    ],
    arrays: [],
    links: [
      { name: 'maker', entity: 'Person', optional: true },
      { name: 'thing', entity: 'Thing', optional: false },
    ],
    lists: [],
  },
};

const UUIDS = ['018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e', '018f4d2e-8c7b-7d42-8e61-4a2b3c5d6e7f'];
const INTEGERS = ['0', '1', '-1', '2', '3', '7', '10', '18', '100', '2147483647'];
const PLACES = ['UTC', 'Asia/Kathmandu', 'Asia/Tokyo'];

/** Few values of each kind, so that comparisons meet; awkward ones among them. */
export const VALUES: Readonly<Record<Sort, readonly string[]>> = {
  bool: ['true', 'false'],
  int: INTEGERS,
  dec: ['0', '0.5', '1.5', '1.50', '9.99', '10', '-3.25', '1234.5', '0.0001'],
  num: ['0', '0.1', '1.5', '-2.5', '10', '1000000'],
  text: ['', 'a', 'A', 'ab', 'b', 'Ab', 'é', 'É', '\u{1F600}', '\uFF5E', "it's", 'a%b', '\\', 'ann'],
  mail: ['Ann@example.com', 'ann@example.com', 'ben@example.org'],
  kind: ['low', 'mid', 'high'],
  other: ['mid', 'top'],
  date: ['2026-01-31', '2026-02-01', '2026-11-26', '2026-11-27', '2026-11-28', '1999-12-31'],
  time: ['00:00:00', '09:30:00', '09:30:00.5', '23:59:59.999999'],
  moment: [
    '2026-01-31T00:00:00Z',
    '2026-01-31T00:00:00.000001Z',
    '2026-02-01T12:30:00Z',
    '2031-05-05T05:05:05.5Z',
    '1999-12-31T23:59:59Z',
  ],
  zone: PLACES,
  uuid: UUIDS,
  person: [],
};

export type Json = string | number | boolean | null | readonly Json[];
/** A row as the API answers it. */
export type JsonRow = Readonly<Record<string, Json>>;
export type World = Readonly<Record<EntityName, readonly JsonRow[]>>;

/** Rows of every entity, a third of their optional values absent. */
export function createWorld(chance: Chance, things: number): World {
  const id = (kind: number, index: number): string =>
    `018f4d2e-0000-7000-8000-0000000${kind}${String(index).padStart(4, '0')}`;
  const value = ({ sort, optional, key }: FieldOfWorld): Json => {
    if (optional && chance.happens(0.35)) return null;
    return jsonOf(sort, chance.pick(VALUES[sort].filter((one) => fits(key, one))));
  };
  const values = (name: EntityName): JsonRow =>
    Object.fromEntries([
      ...ENTITIES[name].fields.map((one) => [one.key, value(one)] as const),
      ...ENTITIES[name].arrays.map(({ key, sort }) => {
        const items = VALUES[sort].filter(() => chance.happens(0.15)).map((item) => jsonOf(sort, item));
        return [key, items] as const;
      }),
    ]);
  const people = [0, 1, 2, 3].map((index): JsonRow => ({
    id: id(1, index),
    ...values('Person'),
    bossId: index === 0 || chance.happens(0.4) ? null : id(1, index - 1),
  }));
  const person = (): Json => chance.pick(people)['id'] ?? null;
  const all = Array.from({ length: things }, (_, index): JsonRow => ({
    id: id(2, index),
    ...values('Thing'),
    ownerId: chance.happens(0.4) ? null : person(),
    homeId: person(),
  }));
  const parts = Array.from({ length: things * 2 }, (_, index): JsonRow => ({
    id: id(3, index),
    ...values('Part'),
    makerId: chance.happens(0.4) ? null : person(),
    thingId: chance.pick(all)['id'] ?? null,
  }));
  return { Person: people, Thing: all, Part: parts };
}

function fits(key: string, value: string): boolean {
  if (key === 'rate') return Math.abs(Number(value)) < 10_000;
  const places = { price: 2, cost: 3 }[key] ?? 4;
  return (value.split('.')[1] ?? '').length <= places || !/^-?[\d.]+$/.test(value);
}

function jsonOf(sort: Sort, text: string): Json {
  if (sort === 'bool') return text === 'true';
  return sort === 'int' || sort === 'num' ? Number(text) : text;
}
