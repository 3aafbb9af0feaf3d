import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Makes the server's own login in a migrated database, as `server_login.sql` has it; the address of the database for it. */
export async function makeServerLogin(folder: string, ownerUrl: string): Promise<string> {
  const script = readFileSync(join(folder, 'app/docs/server_login.sql'), 'utf8');
  const login = /create role (\w+);/.exec(script)?.[1] ?? '';
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query(script);
    await owner.query(`alter role ${login} login`);
  } finally {
    await owner.end();
  }
  const url = new URL(ownerUrl);
  url.username = login;
  return url.href;
}
