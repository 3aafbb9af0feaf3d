import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase } from '../../runtime/testing/test-database.ts';
import { testPostgres } from '../test-postgres.ts';
import { buildLeads, prepareLeads, type LeadBackend } from './lead-backend.ts';
import { surviveKills } from './survive-kills.ts';

let leads: LeadBackend;
beforeAll(async () => {
  leads = await buildLeads();
});
afterAll(() => leads.remove());

test(
  'no acknowledged write is lost when the server is killed amid writes to the embedded database',
  { timeout: 60_000 },
  async () => {
    await surviveKills(leads.folder, {}, 1);
  },
);

test(
  'no acknowledged write is lost when the server is killed amid writes to Postgres',
  { timeout: 60_000 },
  async () => {
    const database = await startTestDatabase((await testPostgres()).url);
    try {
      expect(database.url).toBeDefined();
      await surviveKills(leads.folder, await prepareLeads(leads, database.url ?? ''), 1);
    } finally {
      await database.close();
    }
  },
);
