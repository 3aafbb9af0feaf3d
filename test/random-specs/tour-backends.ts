import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { assume } from '../../runtime/assume.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPostgres } from '../../runtime/database/postgres.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { readMigrations } from '../../runtime/migrations/read-migrations.ts';
import { createLog } from '../../runtime/observability/log.ts';
import { createBackend, type BackendDefinition } from '../../runtime/server/create-backend.ts';
import { listen } from '../../runtime/server/listen.ts';
import { startTestDatabase } from '../../runtime/testing/test-database.ts';
import { tour } from '../tour/tour.ts';
import type { Document } from '../tour/document.ts';
import type { Tried, Trial } from './trial.ts';

/** Many times what the tour of the largest takes on a busy machine: one that does not end is a failure. */
const MOST_TIME = 180_000;
/** As long may a connection take, in milliseconds: a busy machine makes no tour fail. */
const PATIENCE = 30_000;

/**
 * Migrates the backends of a trial, one after the other on one database, and tours some of them, all in one process:
 * what they share is loaded once. A line of JSON for each goes to the standard output.
 */
async function run({ folders, url, whole, written }: Trial): Promise<void> {
  const { database, url: own, close } = await startTestDatabase(url);
  for (const [index, folder] of folders.entries()) {
    const backend = {
      folder,
      isToured: whole.includes(index) || written.includes(index),
      isWhole: whole.includes(index),
    };
    const opened =
      own === undefined ? database : openPostgres({ url: own, poolSize: 4, lanes: 2, connectTimeout: PATIENCE });
    const failures = await Promise.race([tryBackend(opened, backend).catch(stackOf), failLate()]);
    process.stdout.write(`${JSON.stringify({ index, failures } satisfies Tried)}\n`);
    await empty(opened);
    if (opened !== database) await opened.close();
  }
  await close();
}

function stackOf(error: unknown): readonly string[] {
  return [error instanceof Error ? String(error.stack) : String(error)];
}

async function failLate(): Promise<never> {
  await delay(MOST_TIME, undefined, { ref: false });
  throw new Error(`did not end within ${MOST_TIME} ms`);
}

interface Backend {
  readonly folder: string;
  readonly isToured: boolean;
  readonly isWhole: boolean;
}

async function tryBackend(database: Database, { folder, isToured, isWhole }: Backend): Promise<readonly string[]> {
  await migrate(database, readMigrations(join(folder, 'migrations')));
  if (!isToured) return [];
  // Slow statements say more about the machine.
  const logged: string[] = [];
  const log = createLog('warn', { write: (line) => void logged.push(`it logged: ${line.slice(0, 2000)}`) });
  const openapi = readFileSync(join(folder, 'app/docs/openapi.json'), 'utf8');
  const { api, resources } = await load(folder);
  const app = createBackend(
    { api, resources, hooks: {}, routes: () => {} },
    { database, secret: new Uint8Array(32), log, openapi },
  );
  const { server, url } = await listen({ fetch: app.fetch, host: '127.0.0.1', port: 0 });
  try {
    const { failures } = await tour(url, assume<Document>(JSON.parse(openapi)), { refusals: isWhole });
    return [...failures, ...logged.filter((line) => !line.includes('"msg":"slow statement"'))];
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The compiled half of a backend, whose types are checked apart. */
async function load(folder: string): Promise<Pick<BackendDefinition, 'api' | 'resources'>> {
  return assume(await import(pathToFileURL(join(folder, 'app/app.ts')).href));
}

/** Takes away all that migrations have made; a new database costs three times as much. */
async function empty(database: Database): Promise<void> {
  await database.session((session) =>
    session.script(`do $$
      declare name text;
      begin
        for name in select nspname from pg_namespace where nspname !~ '^pg_|^information_schema$' loop
          execute format('drop schema %I cascade', name);
        end loop;
        create schema public;
      end $$`),
  );
}

await run(assume<Trial>(JSON.parse(process.argv[2] ?? '')));
