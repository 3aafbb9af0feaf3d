import type { Database, Session } from '../database/database.ts';
import { asRunner } from './as-runner.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { CatalogueDifference } from './catalogue/compare-catalogues.ts';
import { differencesFrom, keepLeft } from './left-catalogue.ts';
import { createLedger, forgetMigration, readLedger, recordStep } from './ledger.ts';
import type { MigrateOptions, Migration } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';
import { schemaOf } from './schema-of.ts';
import { stepsOf } from './steps-of.ts';

/** What a baseline found, and did where nothing differs. */
export interface BaselineResult {
  /** Unless this is empty, nothing was recorded. */
  readonly differences: readonly CatalogueDifference[];
  /** Ids noted as done by this run. */
  readonly recorded: readonly string[];
  /** Ids that the ledger had and that are not, or not so, in the migrations. */
  readonly forgotten: readonly string[];
}

/**
 * Notes all migrations as done without running any, where the tables are already what they make: `wanted` is the
 * catalogue of a database that ran them.
 *
 * @throws MigrationRefused, MigrationLocked, TransactionPooler
 */
export async function baseline(
  database: Database,
  migrations: readonly Migration[],
  wanted: Catalogue,
  options: MigrateOptions = {},
): Promise<BaselineResult> {
  const ordered = orderMigrations(migrations);
  const schema = schemaOf(ordered);
  return asRunner(database, schema, options, async (session) => {
    const differences = await differencesFrom(session, schema, wanted, options.unmanaged ?? []);
    if (differences.length > 0) return { differences, recorded: [], forgotten: [] };
    await createLedger(session, schema);
    return { differences, ...(await rewriteLedger(session, schema, ordered)) };
  });
}

/** Notes all migrations as done, and forgets others, in a database that was brought to what they make in another way. */
export async function recordAll(
  database: Database,
  migrations: readonly Migration[],
  options: MigrateOptions = {},
): Promise<void> {
  const ordered = orderMigrations(migrations);
  const schema = schemaOf(ordered);
  await asRunner(database, schema, options, (session) => rewriteLedger(session, schema, ordered));
}

async function rewriteLedger(
  session: Session,
  schema: string,
  ordered: readonly Migration[],
): Promise<Pick<BaselineResult, 'recorded' | 'forgotten'>> {
  const ledger = await readLedger(session, schema);
  const fits = (id: string, sha256: string): boolean =>
    ordered.some((item) => item.id === id && item.sha256 === sha256);
  const forgotten = ledger.filter(({ id, sha256 }) => !fits(id, sha256)).map(({ id }) => id);
  const known = ledger.filter(({ id, finished }) => finished && !forgotten.includes(id)).map(({ id }) => id);
  const recorded = ordered.filter(({ id }) => !known.includes(id));
  await session.script('begin');
  try {
    for (const id of forgotten) await forgetMigration(session, schema, id);
    for (const migration of recorded) {
      const steps = stepsOf(migration).length;
      await recordStep(session, migration, steps, steps);
    }
    await session.script('commit');
  } catch (error) {
    await session.script('rollback').catch(() => undefined);
    throw error;
  }
  const head = ordered.at(-1);
  if (head !== undefined) await keepLeft(session, schema, head.id);
  return { recorded: recorded.map(({ id }) => id), forgotten };
}
