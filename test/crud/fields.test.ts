import { describe, expect, test } from 'vitest';
import { field } from '../../runtime/crud/fields.ts';

const cases = [
  ['a string at its length in code points', field.string({ maxLength: 2 }), '👍👍', true],
  ['a string over its length', field.string({ maxLength: 2 }), 'abc', false],
  ['a string under its length', field.string({ minLength: 2 }), '👍', false],
  ['a NUL', field.string(), 'a\u0000b', false],
  ['a lone surrogate', field.string(), 'a\ud800b', false],
  ['a string that matches', field.string({ pattern: /^a+$/u }), 'aaa', true],
  ['a string that does not match', field.string({ pattern: /^a+$/u }), 'aab', false],
  ['an integer beyond 32 bits', field.integer(), 2_147_483_648, false],
  ['a fraction as integer', field.integer(), 1.5, false],
  ['text as integer', field.integer(), '1', false],
  ['the largest bigint', field.bigint(), '9223372036854775807', true],
  ['one more than the largest bigint', field.bigint(), '9223372036854775808', false],
  ['a bigint with leading zero', field.bigint(), '01', false],
  ['a bigint as number', field.bigint(), 1, false],
  ['a bigint below its minimum', field.bigint({ min: '-5' }), '-6', false],
  ['a decimal within its digits', field.decimal({ precision: 5, scale: 2 }), '999.99', true],
  ['a decimal with too many digits', field.decimal({ precision: 5, scale: 2 }), '1000', false],
  ['a decimal with too fine a fraction', field.decimal({ precision: 5, scale: 2 }), '1.001', false],
  ['a decimal under its minimum', field.decimal({ precision: 5, scale: 2, min: '0.01' }), '0', false],
  ['a negative decimal over its minimum', field.decimal({ precision: 5, scale: 2, min: '-1.5' }), '-1.49', true],
  ['a decimal without whole digits', field.decimal({ precision: 2, scale: 2 }), '0.99', true],
  ['an exponent as decimal', field.decimal({ precision: 5, scale: 2 }), '1e2', false],
  ['Infinity as number', field.number(), Infinity, false],
  ['a leap day', field.date(), '2024-02-29', true],
  ['no leap day', field.date(), '2100-02-29', false],
  ['year zero', field.date(), '0000-01-01', false],
  ['a date before its minimum', field.date({ min: '2020-01-01' }), '2019-12-31', false],
  ['midnight at the end of a day', field.time(), '24:00:00', false],
  ['microseconds', field.time(), '23:59:59.999999', true],
  ['an offset', field.datetime(), '2026-03-14T09:26:53+05:45', true],
  ['no offset', field.datetime(), '2026-03-14T09:26:53', false],
  ['a leap second', field.datetime(), '2016-12-31T23:59:60Z', false],
  ['nanoseconds', field.datetime(), '2026-03-14T09:26:53.123456789Z', false],
  ['a moment that UTC puts before year 1', field.datetime(), '0001-01-01T00:00:00+14:00', false],
  [
    'a moment equal to its maximum in another zone',
    field.datetime({ max: '2026-01-01T00:00:00Z' }),
    '2026-01-01T01:00:00+01:00',
    true,
  ],
  [
    'a moment after its maximum in another zone',
    field.datetime({ max: '2026-01-01T00:00:00Z' }),
    '2026-01-01T00:30:00-01:00',
    false,
  ],
  ['a zone', field.timeZone(), 'Europe/Paris', true],
  ['an unknown zone', field.timeZone(), 'Europe/Atlantis', false],
  ['an offset as zone', field.timeZone(), '+01:00', false],
  ['a uuid without version bits', field.uuid(), '00000000-0000-0000-0000-000000000001', true],
  ['a uuid in braces', field.uuid(), '{00000000-0000-0000-0000-000000000001}', false],
  ['an infinity inside json', field.json(), { deep: [Infinity] }, false],
  ['a large number inside json', field.json(), { deep: [1e300] }, true],
  ['null as json', field.json(), null, false],
  ['false as json', field.json(), false, true],
  ['an address', field.email(), 'Ann@example.com', true],
  ['an address without domain', field.email(), 'ann@', false],
  ['a phone number', field.phone(), '+15551234567', true],
  ['a national number', field.phone(), '05551234567', false],
  ['a URL', field.url(), 'https://example.com/a?b=c#d', true],
  ['a script as URL', field.url(), 'javascript:alert(1)', false],
  ['a URL with a space', field.url(), 'https://example.com/a b', false],
  ['as many items as allowed', field.many(field.integer(), { maxItems: 2 }), [1, 2], true],
  ['more items than allowed', field.many(field.integer(), { maxItems: 2 }), [1, 2, 3], false],
  ['null among the items', field.many(field.integer(), { maxItems: 2 }), [null], false],
] as const;

describe('A field takes what the spec language says, and nothing else', () => {
  for (const [name, schema, value, accepted] of cases) {
    test(`${accepted ? 'takes' : 'refuses'} ${name}`, () => expect(schema.safeParse(value).success).toBe(accepted));
  }
});

test.each(['9223372036854775808', '-99999999999999999999999'])('%s is beyond a bigint, and spelled well', (sent) => {
  const messages =
    field
      .bigint()
      .safeParse(sent)
      .error?.issues.map(({ message }) => message) ?? [];
  expect(messages.join()).toMatch(/^must not be (more|less) than -?\d+$/);
});
