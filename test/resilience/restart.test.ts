import { afterAll, beforeAll, test } from 'vitest';
import { startBackend, type RunningBackend } from '../end-to-end/compiled-backend.ts';
import { startPostgres } from '../postgres.ts';
import { buildLeads, prepareLeads, type LeadBackend } from './lead-backend.ts';
import { OUTAGES, surviveRestart } from './survive-restart.ts';

let leads: LeadBackend;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let backend: RunningBackend;
beforeAll(async () => {
  leads = await buildLeads();
  postgres = await startPostgres();
  backend = await startBackend(leads.folder, { ...(await prepareLeads(leads, postgres.url)), LOG_LEVEL: 'error' });
});
afterAll(async () => {
  const { code, stdout } = await backend.stop();
  await postgres.close();
  leads.remove();
  if (code !== 0 || stdout !== '') throw new Error(`the build ended with ${code}: ${stdout}`);
});

test.each(OUTAGES)('no acknowledged write is lost when Postgres is %s', { timeout: 60_000 }, async (_, outage) => {
  await surviveRestart(backend, postgres, outage, 100);
});
