import { expect, test } from 'vitest';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { inBackend } from '../random-specs/in-backends.ts';
import { expectToLoad, NAMINGS, specOf } from '../random-specs/load-order.ts';

test.each(NAMINGS)('a backend loads whose whole is %s, its part %s, and theirs %s', expectToLoad);

test('its types hold', async () => {
  expect(await inBackend(specOf(NAMINGS[0]), typeErrors)).toBe('');
});
