import { emptySchema, type DatabaseSchema } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { MIGRATION_FORMAT, type MigrationRecord } from '../../compiler/plan/migration/migration-record.ts';
import { planSteps } from '../../compiler/plan/migration/migration-steps.ts';
import { operationSql } from '../../compiler/plan/migration/operation-sql.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import { schemaHash } from '../../compiler/plan/migration/schema-hash.ts';
import { stoppedWayBack, type StoppedWayBack } from '../../compiler/plan/migration/stopped-way-back.ts';
import { keptColumns, readKept, type KeptColumns } from '../../compiler/verify/kept-values.ts';
import { OF_UPDATES } from '../../compiler/verify/maintained-values.ts';
import { runMigration } from '../../compiler/verify/run-migration.ts';
import { seedRows } from '../../compiler/verify/seed-rows.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import type { Session } from '../../runtime/database/database.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';

/** How many stops there are, from how many of them something leads back, and what is wrong with that. */
export interface Stops {
  readonly all: number;
  readonly taken: number;
  readonly findings: readonly string[];
}

/** Stops a migration after each of its steps, takes it back, and compares tables and rows with those of before. */
export async function judgeStops(claim: MigrationClaim, session: Session): Promise<Stops> {
  const steps = planSteps(claim.operations);
  const numbers = claim.from.tables.length === 0 ? [] : steps.slice(1).map((_, index) => index + 1);
  const findings: string[] = [];
  let taken = 0;
  for (const finishedSteps of numbers) {
    const back = stoppedWayBack(claim.from, recordOf(claim), { finishedSteps, rows: 0 });
    if (back.kind === 'none') continue;
    taken += 1;
    const found = await goAndComeBack(claim, back, session);
    findings.push(...found.map((line) => `after step ${finishedSteps}: ${line}\n${claim.sql}\n${back.sql}`));
  }
  return { all: numbers.length, taken, findings };
}

function recordOf({ id, from, to, operations, hazards }: MigrationClaim): MigrationRecord {
  const links = { id, parent: undefined, replaces: undefined, schema: from.name };
  return {
    format: MIGRATION_FORMAT,
    ...links,
    from: schemaHash(from),
    to: schemaHash(to),
    sha256: '',
    operations,
    hazards,
  };
}

async function goAndComeBack(
  { from, sql }: MigrationClaim,
  back: Extract<StoppedWayBack, { readonly kind: 'down' }>,
  session: Session,
): Promise<readonly string[]> {
  await build(from, session);
  await seedRows(session, from);
  const [catalogue, rows] = [await readCatalogue(session, from.name), await readRows(from, session)];
  // Rows that are made up may be those that the file's header warns of.
  const [header = '', ...steps] = sql.split(/^(?=-- step \d+)/m);
  if ((await tryRun([header, ...steps.slice(0, back.steps)].join(''), from, session)) !== undefined) return [];
  const failure = await tryRun(back.sql, from, session);
  if (failure !== undefined) return [failure];
  const differences = compareCatalogues(catalogue, await readCatalogue(session, from.name));
  const after = await readRows(from, session);
  return [
    // An extension lasts.
    ...differences.filter(({ kind }) => kind !== 'extension').map(describeDifference),
    ...[...rows.keys()].filter((table) => rows.get(table) !== after.get(table)).map((table) => `rows of ${table}`),
  ];
}

async function tryRun(sql: string, { name }: DatabaseSchema, session: Session): Promise<string | undefined> {
  try {
    await runMigration(session, name, sql);
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await session.script('rollback');
    return error.report().message;
  }
}

async function readRows(from: DatabaseSchema, session: Session): ReturnType<typeof readKept> {
  const kept = keptColumns(from, []).map((table): KeptColumns => {
    return { ...table, columns: table.columns.filter(({ name }) => !OF_UPDATES.includes(name)) };
  });
  return readKept(session, from.name, kept, 'before');
}

async function build(schema: DatabaseSchema, session: Session): Promise<void> {
  const { operations } = diffSchemas(emptySchema(schema.name), schema);
  await session.script(
    [
      ...['public', schema.name].map((name) => `drop schema if exists "${name}" cascade;`),
      ...schema.extensions.map(({ name }) => `drop extension if exists "${name}" cascade;`),
      'create schema public;',
      `create schema if not exists "${schema.name}";`,
      `select pg_catalog.set_config('search_path', '"${schema.name}"', true);`,
      ...operations.map((operation) => operationSql(schema.name, operation)),
    ].join('\n'),
  );
}
