import { dollarQuote, quoteLiteral } from '../plan/sql/sql-text.ts';
import { depthOf } from '../plan/migration/migration-name.ts';
import { ledgerSql, ledgerTable } from '../../runtime/migrations/ledger.ts';
import type { Migration } from '../../runtime/migrations/migration.ts';
import type { Step } from '../../runtime/migrations/parse-steps.ts';
import { quoted } from '../../runtime/migrations/quoted.ts';
import { searchPath } from '../../runtime/migrations/search-path.ts';
import { stepsOf } from '../../runtime/migrations/steps-of.ts';

/** Migrations as Supabase's own tool takes them. */
export interface SupabaseFiles {
  /** By name, in the order that the tool runs them in. */
  readonly files: ReadonlyMap<string, string>;
  /** Steps that cannot run there. */
  readonly refused: readonly { readonly id: string; readonly step: number; readonly statement: string }[];
}

/** What every exported file begins with. */
export const EXPORTED = '-- Exported by supercompile migrate export';

/**
 * One file a step, because the tool runs each file in one transaction: so a new enum value is committed before it is
 * used. Each notes itself in the ledger, so that the server and `migrate status` know of it.
 *
 * @param after number that all versions are above, to come after what the folder holds already
 */
export function supabaseFiles(migrations: readonly Migration[], after: bigint): SupabaseFiles {
  const files = new Map<string, string>();
  const refused: { id: string; step: number; statement: string }[] = [];
  for (const migration of migrations) {
    const steps = stepsOf(migration);
    for (const step of steps) {
      if (step.transaction) files.set(fileName(migration, step, after), fileText(migration, step, steps.length));
      else refused.push({ id: migration.id, step: step.number, statement: step.sql.split('\n')[0] ?? '' });
    }
  }
  return { files, refused };
}

/** `00000000002001_add_leads_notes_1a2b3c4d_step1.sql`: depth and step in fourteen digits, which sort as text. */
function fileName({ id }: Migration, { number }: Step, after: bigint): string {
  const version = after + BigInt(depthOf(id)) * 1000n + BigInt(number);
  return `${String(version).padStart(14, '0')}_${id.replace(/^\d+_/, '')}_step${number}.sql`;
}

function fileText(migration: Migration, step: Step, steps: number): string {
  const isFirst = migration.parent === undefined && step.number === 1;
  return `${[
    `${EXPORTED}, from ${migration.id}.sql, step ${step.number} of ${steps}: do not edit.`,
    settings(step),
    ...(isFirst ? [ledger(migration.schema)] : []),
    step.batch === undefined ? step.sql : repeated(step.sql),
    recorded(migration, step.number, steps),
  ].join('\n\n')}\n`;
}

/** Local to the file's transaction, whichever way the tool sends the file. */
function settings({ lockTimeout, extension }: Step): string {
  const values = [
    ['lock_timeout', `'${lockTimeout}'`],
    ['search_path', searchPath(extension)],
    ['row_security', "'off'"],
  ];
  return `select ${values.map(([name, value]) => `pg_catalog.set_config('${name}', ${value}, true)`).join(', ')};`;
}

function ledger(schema: string): string {
  return `${schema === 'public' ? '' : `create schema if not exists ${quoted(schema)};\n`}${ledgerSql(schema)}`;
}

/** All batches in the one transaction: the rows stay locked to its end. */
function repeated(sql: string): string {
  const body = [
    'declare',
    '  changed bigint;',
    'begin',
    '  loop',
    ...sql.split('\n').map((line) => `    ${line}`),
    '    get diagnostics changed = row_count;',
    '    exit when changed = 0;',
    '  end loop;',
    'end',
  ];
  return `do ${dollarQuote(body)};`;
}

function recorded({ id, parent, sha256, schema }: Migration, step: number, steps: number): string {
  const parentText = parent === undefined ? 'null' : quoteLiteral(parent);
  const finished = step === steps ? 'clock_timestamp()' : 'null';
  return [
    `insert into ${ledgerTable(schema)} (id, parent, sha256, step, steps, finished_at)`,
    `values (${quoteLiteral(id)}, ${parentText}, '${sha256}', ${step}, ${steps}, ${finished})`,
    'on conflict (id) do update set step = excluded.step, rows = 0, finished_at = excluded.finished_at;',
  ].join('\n');
}
