import type { Database, Session } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { asRunner } from './as-runner.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { compareWithLedger, type Progress } from './compare-with-ledger.ts';
import { MigrationRefused, SchemaDrifted } from './errors.ts';
import { differencesFrom, forgetLeft, keepLeft, refuseDrift } from './left-catalogue.ts';
import { createLedger, forgetMigration, readLedger } from './ledger.ts';
import { ATTEMPTS } from './migrate.ts';
import type { MigrateOptions, Migration } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';
import { inTransaction, insist } from './run-step.ts';
import { schemaOf } from './schema-of.ts';
import { stepsOf } from './steps-of.ts';

/** What takes back a migration that stopped half-way: planned by the compiler, which knows what each step does. */
export interface StoppedWayBack {
  readonly id: string;
  /** How far it was when this was planned, as `MigrationStatus` tells it. */
  readonly finishedSteps: number;
  readonly rows: number;
  /** In the form of a `.down.sql`. */
  readonly down: string;
  /** What its finished steps leave. */
  readonly catalogue: Catalogue;
  /** An index that may stand there half made, and goes: `leads.leads_score_idx`. */
  readonly index?: string;
}

export interface DownOptions extends MigrateOptions {
  readonly stopped?: StoppedWayBack;
}

/**
 * Takes back the last migration that a database ran, or began, in one transaction with the ledger's row of it: where
 * nothing is lost by that. The next `migrate` runs it again.
 *
 * @returns its id; undefined where the database ran none
 * @throws MigrationRefused, MigrationLocked, SchemaDrifted, TransactionPooler; DatabaseUnavailable
 */
export async function migrateDown(
  database: Database,
  migrations: readonly Migration[],
  options: DownOptions = {},
): Promise<string | undefined> {
  const ordered = orderMigrations(migrations);
  if (ordered.length === 0) return undefined;
  const schema = schemaOf(ordered);
  return asRunner(database, schema, options, async (session) => {
    const progress = compareWithLedger(ordered, await readLedger(session, schema));
    const last = progress.findLast(({ finished, begun }) => finished || begun);
    if (last === undefined) return undefined;
    const { migration, finished, adopts } = last;
    if (adopts !== undefined) throw refused(migration, 'is not noted in the ledger yet; run migrate up first');
    const stopped = finished && options.stopped === undefined ? undefined : wayBackFrom(last, options);
    const down = stopped?.down ?? wayBackOf(migration);
    await createLedger(session, schema);
    await (stopped === undefined
      ? refuseDrift(session, schema, options.unmanaged ?? [])
      : refuseOther(session, schema, stopped, options));
    await takeBack(session, { migration, down, options });
    const before = ordered[ordered.indexOf(migration) - 1];
    if (before !== undefined) await keepLeft(session, schema, before.id);
    return migration.id;
  });
}

function wayBackOf(migration: Migration): string {
  const { down, parent, lost = [] } = migration;
  if (down !== undefined) return down;
  if (parent === undefined) throw refused(migration, 'is the first; drop the schema instead');
  if (lost.length === 0) throw refused(migration, `has no ${migration.id}.down.sql`);
  throw refused(migration, `cannot be taken back: what it did to ${lost.join(', ')} cannot be undone without loss`);
}

/** Another runner may have gone on since it was planned. */
function wayBackFrom({ migration, finishedSteps, rows }: Progress, { stopped }: DownOptions): StoppedWayBack {
  const { id } = migration;
  if (stopped === undefined) {
    throw refused(
      migration,
      `stopped after step ${finishedSteps} of ${stepsOf(migration).length}; supercompile migrate down takes back what it has done, migrate up goes on`,
    );
  }
  if (stopped.id === id && stopped.finishedSteps === finishedSteps && stopped.rows === rows) return stopped;
  throw refused(migration, 'went on meanwhile; look at migrate status');
}

/** Sees to it that the tables are what the finished steps made. */
async function refuseOther(
  session: Session,
  schema: string,
  { catalogue, index }: StoppedWayBack,
  { unmanaged = [] }: DownOptions,
): Promise<void> {
  const others = index === undefined ? unmanaged : [...unmanaged, index];
  const differences = await differencesFrom(session, schema, catalogue, others);
  if (differences.length > 0) throw new SchemaDrifted(differences);
}

function refused({ id }: Migration, what: string): MigrationRefused {
  return new MigrationRefused('no-way-back', id, `${id} ${what}`);
}

interface TakeBack {
  readonly migration: Migration;
  readonly down: string;
  readonly options: MigrateOptions;
}

async function takeBack(session: Session, { migration, down, options }: TakeBack): Promise<void> {
  const { id, schema, replaces = [] } = migration;
  const steps = stepsOf({ id: `${id}.down`, sql: down });
  const [step] = steps;
  if (step === undefined || steps.length > 1 || !step.transaction)
    throw refused(migration, 'has a way back of another form');
  const onRetry = (attempt: number): void => options.onEvent?.({ kind: 'retry', id, step: 1, attempt });
  try {
    await insist({ attempts: options.attempts ?? ATTEMPTS, onRetry }, () =>
      inTransaction(session, step, async () => {
        await forgetLeft(session, schema);
        await session.script(step.sql);
        // Under its names before a rebase too, or the next run would take it for done.
        for (const name of [id, ...replaces]) await forgetMigration(session, schema, name);
      }),
    );
  } catch (error) {
    if (error instanceof DatabaseError) throw refused(migration, `was not taken back: ${error.report().message}`);
    throw error;
  }
}
