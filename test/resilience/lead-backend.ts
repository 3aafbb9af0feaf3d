import pg from 'pg';
import { buildBackend, runNode, type Environment } from '../end-to-end/compiled-backend.ts';
import { makeServerLogin } from '../end-to-end/server-login.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

/** The lead tracker, compiled into a folder of its own. */
export interface LeadBackend {
  readonly folder: string;
  readonly remove: () => void;
}

/** Compiles the lead tracker. */
export async function buildLeads(): Promise<LeadBackend> {
  const folder = createFolder('resilience');
  await buildBackend('examples/lead-tracker/app.yaml', folder);
  return { folder, remove: () => removeFolder(folder) };
}

/**
 * Migrates a Postgres as its owner and makes the server's own login, as `server_login.sql` has it: no superuser.
 * Answers the environment of the server.
 */
export async function prepareLeads({ folder }: LeadBackend, ownerUrl: string): Promise<Environment> {
  const migrated = await runNode(folder, ['app/migrate.ts'], { MIGRATION_DATABASE_URL: ownerUrl, APP_SECRET: SECRET });
  if (migrated.code !== 0) throw new Error(`the migrations failed: ${migrated.stderr}`);
  return { DATABASE_URL: await makeServerLogin(folder, ownerUrl), APP_SECRET: SECRET };
}

/** The same database with the login of the server. */
export function serverUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = 'lead_tracker_server';
  return url.href;
}

/** Runs `work` over one connection of the owner's. */
export async function asOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client(ownerUrl);
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/** Ids of all leads, or of those of one name, as the database has them. */
export async function storedIds(ownerUrl: string, name = '%'): Promise<ReadonlySet<string>> {
  return asOwner(ownerUrl, async (owner) => {
    const text = 'select id::text from leads where name like $1';
    const { rows } = await owner.query<{ readonly id: string }>(text, [name]);
    return new Set(rows.map(({ id }) => id));
  });
}
