import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDatabase } from '../../runtime/testing/test-database.ts';
import { testPostgres } from '../test-postgres.ts';
import { buildBackend, createFolder, removeFolder, runNode, type Environment } from './compiled-backend.ts';
import { hasPgBouncer, startPgBouncer, type PgBouncer } from './pgbouncer.ts';
import { tourBackend } from './tour-backend.ts';

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const LOGIN = 'field_station_server';

describe.runIf(hasPgBouncer)('behind PgBouncer in transaction mode', () => {
  const folder = createFolder('pgbouncer');
  let pooler: PgBouncer;

  beforeAll(async () => {
    await buildBackend('test/specs/field-station/app.yaml', folder);
    pooler = await startPgBouncer((await testPostgres()).url, [LOGIN]);
  });
  afterAll(async () => {
    await pooler?.close();
    removeFolder(folder);
  });

  test('the tour finds nothing wrong', { timeout: 120_000 }, async () => {
    const database = await startTestDatabase((await testPostgres()).url);
    try {
      const url = database.url ?? '';
      await prepare(url);
      const { failures } = await tourBackend(folder, environment(url));
      expect(failures).toEqual([]);
    } finally {
      await database.close();
    }
  });

  /** Migrated, with the login as its script makes it. What sessions ask for the pooler drops, and the database's own settings are others. */
  async function prepare(url: string): Promise<void> {
    const { code, stderr } = await runNode(folder, ['app/migrate.ts'], {
      MIGRATION_DATABASE_URL: url,
      APP_SECRET: SECRET,
    });
    if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
    const owner = new pg.Client(url);
    await owner.connect();
    await owner.query(readFileSync(join(folder, 'app/docs/server_login.sql'), 'utf8'));
    await owner.query(`alter role ${LOGIN} login`);
    const name = new URL(url).pathname.slice(1);
    await owner.query(`alter database ${name} set timezone = 'Asia/Kathmandu'`);
    await owner.query(`alter database ${name} set datestyle = 'German'`);
    await owner.end();
  }

  function environment(direct: string): Environment {
    const url = new URL(pooler.url(direct));
    url.username = LOGIN;
    return { DATABASE_URL: url.href, DATABASE_PREPARE: 'off', APP_SECRET: SECRET };
  }
});
