import { test } from 'vitest';
import { expectToLoad } from './load-order.ts';

test('a backend loads whose whole comes last, and whose parts refer to it and are upserted', async () => {
  await expectToLoad('Gamma', 'Beta', 'Alpha');
});
