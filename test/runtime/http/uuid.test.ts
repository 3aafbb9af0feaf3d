import { expect, test } from 'vitest';
import { uuidV7 } from '../../../runtime/http/uuid.ts';

test('ids are version 7, all different, ascending, and carry the time', () => {
  const before = Date.now();
  const ids = Array.from({ length: 20_000 }, uuidV7);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  const moment = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
  expect(moment).toBeGreaterThanOrEqual(before);
  expect(moment).toBeLessThanOrEqual(Date.now());
});
