import pg from 'pg';
import type { Witness } from './fuzz-world.ts';

type Row = Readonly<Record<string, unknown>>;

/** Runs a statement by a way that is not the API. */
export interface Inspector {
  readonly query: (sql: string) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** A connection to Postgres of the test's own. */
export async function openPostgresInspector(ownerUrl: string): Promise<Inspector> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  return { query: async (sql) => (await client.query<Row>(sql)).rows, close: () => client.end() };
}

/** Custom code of a backend on the embedded database, which takes no second connection: a route that runs what it is sent. */
export const INSPECTOR_ROUTES = `import { sql } from 'kysely';
import type { CustomRoutes } from '#runtime/server/create-backend.ts';
import type { DB } from '../app/database.ts';

export const routes: CustomRoutes<DB> = (app, { db }) => {
  app.post('/inspector', async (context) => {
    const { rows } = await sql.raw(await context.req.text()).execute(db);
    return context.json(rows);
  });
};
`;

/** Asks the route of `INSPECTOR_ROUTES`. */
export function openEmbeddedInspector(base: string): Inspector {
  return {
    query: async (sql) => {
      const response = await fetch(new URL('/inspector', base), { method: 'POST', body: sql });
      if (response.status !== 200) throw new Error(`the inspector answered ${response.status} to ${sql}`);
      return (await response.json()) as readonly Row[];
    },
    close: async () => undefined,
  };
}

/** Sees every table but the system's: how many rows there are, where each lies and which transaction wrote it. */
export async function openWitness({ query }: Inspector): Promise<Witness> {
  const tables = (await query(TABLES)).map(({ name }) => String(name));
  const text = fingerprint(tables);
  return { read: async () => String((await query(text))[0]?.['stored']) };
}

const TABLES = `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
  where relkind = 'r' and nspname !~ '^(pg_|information_schema)' order by 1`;

function fingerprint(tables: readonly string[]): string {
  const parts = tables.map(
    (table) => `select '${table} ' || count(*) || ' ' ||
      coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0) from ${table}`,
  );
  return `select string_agg(line, ', ' order by line) as stored from (${parts.join(' union all ')}) as t (line)`;
}
