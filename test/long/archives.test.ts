import { afterAll, beforeAll, test } from 'vitest';
import { ARCHIVE_CASES } from '../migrations/archives/archive-cases.ts';
import { judgeArchive } from '../migrations/archives/judge-archive.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase(undefined);
});
afterAll(() => opened.close());

test.each(Object.entries(ARCHIVE_CASES))('a deleted row comes back, or is named: %s', (_, item) =>
  judgeArchive(item, opened),
);
