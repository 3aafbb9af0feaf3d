import { runNode, startBackend } from '../end-to-end/compiled-backend.ts';
import { readOpenApi } from '../end-to-end/tour-backend.ts';
import { startPostgres, type PostgresServer } from '../postgres.ts';
import { tour } from '../tour/tour.ts';
import { fuzz, type FuzzOptions } from './fuzz.ts';
import { documentedRequests } from './requests/documented-requests.ts';
import { examples } from './requests/examples.ts';
import { injections } from './requests/injections.ts';
import { keyedCreates } from './requests/keyed-creates.ts';
import { openPostgresInspector, openWitness, type Inspector } from './witness.ts';

/** A Postgres that remembers the statements it was sent. */
export async function startRememberingPostgres(): Promise<PostgresServer & { readonly close: () => Promise<void> }> {
  const settings = ['fsync=off', 'full_page_writes=off', 'shared_preload_libraries=pg_stat_statements'];
  return startPostgres(undefined, settings);
}

export interface InjectionReport {
  readonly failures: readonly string[];
  readonly requests: number;
  /** Different statements that the server has sent. */
  readonly statements: number;
}

/** Requests without any SQL: what a tour asks, and more of each operation's ways. */
const ORDINARY = [documentedRequests, examples, keyedCreates];

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

/**
 * Sends SQL wherever a request has room for text, to a server whose login may do anything, and says what of it had an
 * effect: on a canary, on rows, or on what Postgres was asked, which is made of the words that ordinary statements have.
 * @param ordinary requests without SQL that are sent before, beside a tour: many where there are many operations
 */
export async function injectBackend(
  folder: string,
  ownerUrl: string,
  settings: Pick<FuzzOptions, 'seed' | 'requests'>,
  ordinary = 0,
): Promise<InjectionReport> {
  const environment = { DATABASE_URL: loginUrl(ownerUrl), MIGRATION_DATABASE_URL: ownerUrl, APP_SECRET: SECRET };
  const { code, stderr } = await runNode(folder, ['app/migrate.ts'], environment);
  if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
  const inspector = await openPostgresInspector(ownerUrl);
  await inspector.query(SETTING_UP);
  const backend = await startBackend(folder, { ...environment, LOG_LEVEL: 'error' });
  try {
    const document = readOpenApi(folder);
    await tour(backend.url, document);
    const witness = await openWitness(inspector);
    const world = { base: backend.url, document, witness };
    const failures =
      ordinary === 0
        ? []
        : (await fuzz({ ...world, families: ORDINARY, seed: settings.seed, requests: ordinary })).failures;
    const known = wordsOf(await statementsOf(inspector));
    const report = await fuzz({ ...world, families: [injections], ...settings });
    const statements = await statementsOf(inspector);
    const strange = statements.flatMap((statement) => {
      const words = [...wordsOf([statement])].filter((word) => !known.has(word));
      return words.length === 0 ? [] : [`Postgres was sent ${statement}, where ${words.join('; ')} is new`];
    });
    const [canary] = await inspector.query('select string_agg(note, $$,$$) as notes from public.canary');
    return {
      requests: report.requests,
      statements: statements.length,
      failures: [
        ...failures,
        ...report.failures,
        ...strange,
        ...(canary?.['notes'] === 'alive' ? [] : [`the canary says ${String(canary?.['notes'])}`]),
      ],
    };
  } finally {
    await inspector.close();
    await backend.stop();
  }
}

const LOGIN = 'injected';

const SETTING_UP = `
create extension pg_stat_statements;
create table public.canary (note text);
insert into public.canary values ('alive');
do $$ begin if not exists (select from pg_roles where rolname = '${LOGIN}') then create role ${LOGIN} superuser login; end if; end $$;`;

function loginUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = LOGIN;
  return url.href;
}

/** Each statement once, values taken out. */
async function statementsOf({ query }: Inspector): Promise<readonly string[]> {
  const rows = await query(`select distinct query from pg_stat_statements where userid = '${LOGIN}'::regrole
    and dbid = (select oid from pg_database where datname = current_database())`);
  return rows.map(({ query: text }) => String(text));
}

/**
 * Names, keywords, literals and operators of statements, numbers of parameters being one word; and which of them stand
 * beside which, names being one.
 */
export function wordsOf(statements: readonly string[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap((statement) => {
      const words = [...statement.matchAll(/"[^"]*"|'(?:[^']|'')*'|\$\d+|[\w.]+|[^\s\w]/g)].map(([word]) =>
        word.replace(/^\$\d+$/, '$'),
      );
      const kinds = words.map((word) => word.replace(/^".*"$/s, '""'));
      return [...words, ...kinds.slice(1).map((kind, index) => `${kinds[index]} ${kind}`)];
    }),
  );
}
