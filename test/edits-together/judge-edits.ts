import { maintainedValues, OF_UPDATES } from '../../compiler/verify/maintained-values.ts';
import { keptColumns, readKept, type KeptColumns } from '../../compiler/verify/kept-values.ts';
import { emptySchema, type DatabaseSchema } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { operationSql } from '../../compiler/plan/migration/operation-sql.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import type { MigrationPlan } from '../../compiler/plan/migration/plan-migration.ts';
import { enclose } from '../../compiler/plan/expression/sql-writer.ts';
import { qualify, quoteIdentifier } from '../../compiler/plan/sql/sql-text.ts';
import type { Database, Session } from '../../runtime/database/database.ts';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { readCounts } from '../migrations/judge-counts.ts';
import { migrationsOf, planSpec, sealed } from '../migrations/plan-spec.ts';

const SCHEMA = 'public';

/** What is judged: a plan on what was sealed. */
export interface Judged {
  readonly text: string;
  readonly plan: MigrationPlan;
  readonly history: History;
}

/**
 * Migrates a database that has the base and its rows, and takes that back.
 *
 * @param empty - where a fresh build is made to compare with
 * @returns what is wrong
 */
export async function judgeEdits(judged: Judged, database: Database, empty: Database): Promise<readonly string[]> {
  const { plan, history, text } = judged;
  if (plan.migration === undefined) return [];
  const { claim, down } = plan.migration;
  const migrations = migrationsOf(sealed(history, plan));
  const again = planSpec(text, sealed(history, plan)).migration;
  const findings = again === undefined ? [] : ['it is planned again'];
  const kept = keptColumns(claim.from, claim.operations);
  const all = allColumns(claim.from);
  const before = await database.session(async (session) => ({
    catalogue: await readCatalogue(session, SCHEMA),
    counts: await readCounts(claim.hazards, session),
    kept: await readKept(session, SCHEMA, kept, 'before'),
    all: await readKept(session, SCHEMA, all, 'before'),
  }));
  findings.push(...before.counts.findings);
  const stop = await messageOf(() => migrate(database, migrations));
  if (stop !== undefined) return [...findings, ...before.counts.judge(true).map((finding) => `${finding}: ${stop}`)];
  findings.push(...before.counts.judge(false));
  const fresh = await empty.session((session) => buildFresh(session, claim.to));
  findings.push(
    ...(await database.session(async (session) => [
      ...differences('drift', fresh, await readCatalogue(session, SCHEMA)),
      ...changedRows('changed', before.kept, await readKept(session, SCHEMA, kept, 'after')),
      ...(await staleValues(session, plan.schema)),
    ])),
  );
  if (down === undefined) return findings;
  const refusal = await messageOf(() => migrateDown(database, migrations));
  // What came has values by then, which it must not drop.
  if (refusal?.includes('would be lost') === true) return findings;
  if (refusal !== undefined) return [...findings, `down: ${refusal}`];
  const back = await database.session(async (session) => [
    ...differences('after down', before.catalogue, await readCatalogue(session, SCHEMA)),
    ...changedRows('changed by down', before.all, await readKept(session, SCHEMA, all, 'before')),
  ]);
  return [...findings, ...back];
}

async function messageOf(run: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  }
}

/** What the migration says that it comes to, made from nothing. */
async function buildFresh(session: Session, schema: DatabaseSchema): Promise<Catalogue> {
  const { operations } = diffSchemas(emptySchema(SCHEMA), schema);
  const statements = operations.map((operation) => operationSql(SCHEMA, operation));
  const clean = `drop schema if exists ${SCHEMA} cascade; create schema ${SCHEMA}; set search_path = ${SCHEMA};`;
  await session.script([clean, ...statements].join('\n'));
  return readCatalogue(session, SCHEMA);
}

/** An extension stays when the last that needs it goes. */
function differences(what: string, one: Catalogue, other: Catalogue): readonly string[] {
  const all = compareCatalogues(one, other).map(describeDifference);
  return all.filter((text) => !text.startsWith('extension ')).map((text) => `${what}: ${text}`);
}

function allColumns({ tables }: DatabaseSchema): readonly KeptColumns[] {
  return tables.map(({ name: table, columns }) => ({
    table,
    to: table,
    columns: columns.filter(({ name }) => !OF_UPDATES.includes(name)).map(({ name }) => ({ name, to: name })),
  }));
}

type Rows = ReadonlyMap<string, string>;

function changedRows(what: string, before: Rows, after: Rows): readonly string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table) ?? '';
    if (now === rows) return [];
    const [then, later] = [rows.split('\n'), now.split('\n')];
    const gone = then.filter((row) => !later.includes(row)).slice(0, 2);
    const come = later.filter((row) => !then.includes(row)).slice(0, 2);
    return [`${what}: rows of ${table}: ${gone.join(' ')} -> ${come.join(' ')}`];
  });
}

/** Stored values that are not what their formula makes of the rows. */
async function staleValues(session: Session, schema: DatabaseSchema): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const table of schema.tables)
    for (const { column, value } of maintainedValues(schema, table)) {
      const name = quoteIdentifier(column);
      const text = `select count(*) from ${qualify(schema.name, table.name)} where ${name} is distinct from ${enclose(value)}`;
      const { rows } = await session.query({ text, values: [] });
      if (rows[0]?.[0] !== '0') findings.push(`stale: ${rows[0]?.[0]} of ${table.name}.${column}`);
    }
  return findings;
}
