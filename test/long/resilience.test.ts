import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDatabase } from '../../runtime/testing/test-database.ts';
import { startBackend } from '../end-to-end/compiled-backend.ts';
import { startPostgres } from '../postgres.ts';
import { buildLeads, prepareLeads, type LeadBackend } from '../resilience/lead-backend.ts';
import { surviveKills } from '../resilience/survive-kills.ts';
import { OUTAGES, surviveRestart } from '../resilience/survive-restart.ts';
import { testPostgres } from '../test-postgres.ts';

/** Writes acknowledged before and after each outage. */
const ACKNOWLEDGED = 1_000;

let leads: LeadBackend;
beforeAll(async () => {
  leads = await buildLeads();
});
afterAll(() => leads.remove());

describe.each(['2', '0'])('with %s lanes', (lanes) => {
  test.each(OUTAGES)('ten times no acknowledged write is lost when Postgres is %s', async (_, outage) => {
    const postgres = await startPostgres();
    const environment = await prepareLeads(leads, postgres.url);
    const backend = await startBackend(leads.folder, { ...environment, DATABASE_LANES: lanes, LOG_LEVEL: 'error' });
    try {
      for (let time = 0; time < 10; time += 1) await surviveRestart(backend, postgres, outage, ACKNOWLEDGED);
    } finally {
      const { code, stdout } = await backend.stop();
      await postgres.close();
      expect([code, stdout]).toEqual([0, '']);
    }
  });
});

test('fifty kills amid writes lose no acknowledged row of the embedded database', async () => {
  await surviveKills(leads.folder, {}, 50);
});

test('fifty kills amid writes lose no acknowledged row of Postgres', async () => {
  const database = await startTestDatabase((await testPostgres()).url);
  try {
    await surviveKills(leads.folder, await prepareLeads(leads, database.url ?? ''), 50);
  } finally {
    await database.close();
  }
});
