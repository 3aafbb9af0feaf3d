import { afterAll, beforeAll, test } from 'vitest';
import { COUNT_CASES } from '../migrations/counts/count-cases.ts';
import { judgeCount } from '../migrations/counts/judge-count.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase(undefined);
});
afterAll(() => opened.close());

test.each(Object.entries(COUNT_CASES))('the count of a header runs, and says what fails: %s', (_, item) =>
  judgeCount(item, opened),
);
