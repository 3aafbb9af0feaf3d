import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeEachDatabase } from '../describe-databases.ts';
import { buildBackend, startBackend, type RunningBackend } from '../end-to-end/compiled-backend.ts';
import { openTestDatabase, type TestDatabase } from '../migrations/databases.ts';
import { apiAt } from './api.ts';
import { testBroughtIds } from './brought-ids.ts';
import { testNumberAndTextIds } from './number-and-text-ids.ts';
import { testUpserts } from './upsert.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const HOOKS = `import { Problem } from '#runtime/http/problem.ts';
import type { Hooks } from '../app/app.ts';

export const hooks = {
  note: {
    beforeCreate: async (input, { db }) => {
      await db.insertInto('events').values({ what: \`before \${input.text}\` }).execute();
      return { text: input.text.toUpperCase() };
    },
    afterCreate: async (row, { db }) => {
      await db.insertInto('events').values({ what: \`after \${row.text}\` }).execute();
    },
  },
  badge: {
    beforeCreate: (input) => ({ ...input, color: input.color ?? 'white' }),
    afterCreate: async (row, { db }) => {
      await db.insertInto('events').values({ what: \`created \${row.name}\` }).execute();
      if (row.name === 'refused') throw new Problem(409, { detail: 'Not this one.' });
    },
    beforeUpdate: (_, patch) => ({ ...patch, color: \`very \${patch.color}\` }),
    afterUpdate: async (row, { db }) => {
      await db.insertInto('events').values({ what: \`changed \${row.name}\` }).execute();
    },
  },
} satisfies Hooks;
`;

const folder = createFolder('ids');

beforeAll(async () => {
  await buildBackend('test/ids/app.yaml', folder);
  writeFileSync(join(folder, 'custom/hooks.ts'), HOOKS);
});

afterAll(() => removeFolder(folder));

describeEachDatabase((version) => {
  let home: TestDatabase | undefined;
  let server: RunningBackend;

  beforeAll(async () => {
    home = version === undefined ? undefined : await openTestDatabase(version);
    const APP_SECRET = '00'.repeat(32);
    const environment = home && { DATABASE_URL: home.url, MIGRATE_ON_START: 'on', APP_SECRET };
    server = await startBackend(folder, environment);
  });

  afterAll(async () => {
    await server?.stop();
    await home?.close();
  });

  const api = apiAt(() => server.url);
  describe('ids of numbers and texts', () => {
    testNumberAndTextIds(api);
  });
  describe('ids that clients bring', () => {
    testBroughtIds(api);
  });
  describe('upserts', () => {
    testUpserts(api, String(version));
  });
});
