import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { CAST_CASES } from '../migrations/casts/cast-cases.ts';
import { judgeCast } from '../migrations/casts/judge-cast.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase(undefined);
});
beforeEach(() => opened.reset());
afterAll(() => opened.close());

test.each(Object.entries(CAST_CASES))('%s', (_, item) => judgeCast(item, opened));
