import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from '@hono/zod-openapi';
import { anyStorableText } from '../any-text.ts';
import { codecOf, encode, type CodecName } from '../../runtime/crud/codecs.ts';
import { field } from '../../runtime/crud/fields.ts';
import { rowSerializer } from '../../runtime/crud/serializer.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';

interface Case {
  readonly postgres: string;
  readonly codec: CodecName;
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
  /** Two spellings of one value compare equal. */
  readonly normal?: (value: unknown) => unknown;
}

const text = anyStorableText(40);
const digits = (length: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(length) - 1n }).map(String);
const moment = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});

const cases: Readonly<Record<string, Case>> = {
  text: { postgres: 'text', codec: 'text', schema: field.string({ maxLength: 40 }), values: text },
  integer: { postgres: 'integer', codec: 'number', schema: field.integer(), values: fc.integer() },
  bigint: {
    postgres: 'bigint',
    codec: 'quoted',
    schema: field.bigint(),
    values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  },
  decimal: {
    postgres: 'numeric(12,3)',
    codec: 'quoted',
    schema: field.decimal({ precision: 12, scale: 3 }),
    values: fc
      .tuple(fc.boolean(), digits(9), fc.integer({ min: 0, max: 999 }))
      .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}.${String(fraction).padStart(3, '0')}`),
    normal: (value) => String(value).replace(/^-(0\.0*)$/, '$1'),
  },
  number: {
    postgres: 'double precision',
    codec: 'number',
    schema: field.number(),
    values: fc.double({ noNaN: true, noDefaultInfinity: true }),
    normal: (value) => Number(value) + 0,
  },
  boolean: { postgres: 'boolean', codec: 'boolean', schema: field.boolean(), values: fc.boolean() },
  date: {
    postgres: 'date',
    codec: 'quoted',
    schema: field.date(),
    values: moment.map((value) => value.toISOString().slice(0, 10)),
  },
  time: {
    postgres: 'time',
    codec: 'quoted',
    schema: field.time(),
    values: moment.map((value) => value.toISOString().slice(11, 19)),
  },
  datetime: {
    postgres: 'timestamptz',
    codec: 'datetime',
    schema: field.datetime(),
    values: fc
      .tuple(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }))
      .map(([value, offset]) => withOffset(value, offset))
      .filter((value) => /^(?!0000)\d{4}-/.test(value)),
    normal: (value) => new Date(String(value)).getTime(),
  },
  uuid: {
    postgres: 'uuid',
    codec: 'quoted',
    schema: field.uuid(),
    values: fc.uuid().map((value) => value.toUpperCase()),
    normal: (value) => String(value).toLowerCase(),
  },
  json: {
    postgres: 'jsonb',
    codec: 'json',
    schema: field.json(),
    values: fc
      .jsonValue({ noUnicodeString: true })
      .filter((value) => value !== null && field.json().safeParse(value).success),
    normal: (value) => JSON.parse(JSON.stringify(value)),
  },
};

function withOffset(moment: Date, minutes: number): string {
  const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return local + offset;
}

let database: Database;

beforeAll(async () => {
  database = await openPglite();
});

afterAll(() => database.close());

describe('What a client writes is what it reads', () => {
  for (const [name, { postgres, codec, schema, values, normal = (value: unknown) => value }] of Object.entries(cases)) {
    const roundTrip = async (value: unknown, many: boolean): Promise<unknown> => {
      const both = codecOf(codec, many);
      const { rows } = await database.query({
        text: `select null, $1::${postgres}${many ? '[]' : ''}`,
        values: [encode(both, value)],
      });
      const row: unknown = JSON.parse(rowSerializer([{ key: 'value', column: 'value', codec: both }])(rows[0] ?? []));
      return (row as { value: unknown }).value;
    };

    test(`${name}, one value`, async () => {
      await fc.assert(
        fc.asyncProperty(values, async (value) => {
          expect(schema.safeParse(value).error).toBeUndefined();
          expect(normal(await roundTrip(value, false))).toEqual(normal(value));
        }),
        { numRuns: 200 },
      );
    });

    test(`${name}, an array`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(values, { maxLength: 5 }), async (list) => {
          expect(((await roundTrip(list, true)) as unknown[]).map(normal)).toEqual(list.map(normal));
        }),
        { numRuns: 100 },
      );
    });
  }
});
