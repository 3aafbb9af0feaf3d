import type { Session } from '../../runtime/database/database.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import type { Catalogue } from '../../runtime/migrations/catalogue/catalogue.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { notNullCheckOf } from '../plan/migration/diff/diff-columns.ts';
import { emptySchema, type DatabaseSchema } from '../plan/database/database-schema.ts';
import { diffSchemas } from '../plan/migration/diff/diff-schemas.ts';
import { foldOperations } from '../plan/migration/fold-operations.ts';
import type { HazardKind } from '../plan/migration/hazards.ts';
import { operationSql } from '../plan/migration/operation-sql.ts';
import { withExtensionsOf } from '../plan/migration/lasting-extensions.ts';
import type { MigrationClaim } from '../plan/migration/plan-migration.ts';
import { quoteIdentifier } from '../plan/sql/sql-text.ts';
import { keptColumns, readKept } from './kept-values.ts';
import { runMigration } from './run-migration.ts';
import { seedRows } from './seed-rows.ts';
import { namesIn, sliceSchemas } from './slice-schema.ts';
import { rewrittenTables, tableFiles } from './table-files.ts';

/**
 * Runs a migration on a database of its own and compares what came of it with all that it claims: the catalogue of a
 * fresh build, nothing left to plan, values kept, no table written anew and no writer blocked unannounced.
 *
 * @returns what is otherwise, one finding a line; none: proven
 */
export async function proveMigration(claim: MigrationClaim, session: Session): Promise<readonly string[]> {
  const names = namesIn(claim.operations);
  const [from, to] = sliceSchemas(claim.from, claim.to, names);
  const extensions = [...from.extensions, ...to.extensions].map(
    ({ name }) => `drop extension if exists ${quoteIdentifier(name)} cascade;`,
  );
  const build = (schema: DatabaseSchema): Promise<void> => buildSchema(session, schema, extensions);
  await session.script('begin');
  await build(to);
  const fresh = await readCatalogue(session, to.name);
  // To drop it takes ten times as long, and only the way back begins with it.
  await session.script(claim.down === undefined ? 'rollback' : 'commit');
  const gone = claim.down === undefined ? undefined : await goBack(claim.down, from.name, session);
  const before = gone === undefined ? from : withExtensionsOf(to, from);
  await build(before);
  const back = gone === undefined ? [] : await compareBack(gone, from.name, session);
  if (before !== from) await build(from);
  const rest = diffSchemas(foldOperations(from, claim.operations), to);
  const again = rest.operations.map(({ kind }) => `planning again finds something to do: ${kind}`);
  const findings = [...again, ...back];
  const withRows = await tryRun(claim, { from, fresh, isSeeded: true }, session);
  if (withRows.kind === 'ran') return [...findings, ...withRows.findings];
  // Rows that are made up may be those that the file's header warns of.
  if (!withRows.isClaimed) return [...findings, `it does not run: ${withRows.message}`];
  await build(from);
  const without = await tryRun(claim, { from, fresh, isSeeded: false }, session);
  return without.kind === 'ran'
    ? [...findings, ...without.findings]
    : [...findings, `it does not run: ${without.message}`];
}

/** What the way back came to, on the database that a fresh build made; a text: why it does not run. */
async function goBack(down: string, schema: string, session: Session): Promise<Catalogue | string> {
  try {
    await runMigration(session, schema, down);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await session.script('rollback');
    return error.report().message;
  }
  return readCatalogue(session, schema);
}

/** What was before, which was just built, is what the way back came to. */
async function compareBack(gone: Catalogue | string, schema: string, session: Session): Promise<readonly string[]> {
  if (typeof gone === 'string') return [`the way back does not run: ${gone}`];
  const differences = compareCatalogues(await readCatalogue(session, schema), gone);
  return differences.map((difference) => `the way back: ${describeDifference(difference)}`);
}

function claims({ hazards }: MigrationClaim, kind: HazardKind, object?: string): boolean {
  return hazards.some((hazard) => hazard.kind === kind && (object === undefined || hazard.object === object));
}

/** A database with this schema in it and nothing else, extensions of an earlier one least of all. */
async function buildSchema(session: Session, schema: DatabaseSchema, extensions: readonly string[]): Promise<void> {
  const name = quoteIdentifier(schema.name);
  const { operations } = diffSchemas(emptySchema(schema.name), schema);
  const statements = operations.map((operation) => operationSql(schema.name, operation));
  const clean = [`drop schema if exists ${name} cascade;`, ...extensions, `create schema ${name};`];
  // As an operator class of an extension is named.
  const path = `select pg_catalog.set_config('search_path', '${name}', true);`;
  await session.script([...clean, path, ...statements].join('\n'));
}

/** A database that `from` was just built on. */
interface Setting {
  readonly from: DatabaseSchema;
  readonly fresh: Catalogue;
  readonly isSeeded: boolean;
}

type Outcome =
  | { readonly kind: 'ran'; readonly findings: readonly string[] }
  /** `isClaimed`: a row was in the way, of which the header warns. */
  | { readonly kind: 'failed'; readonly message: string; readonly isClaimed: boolean };

async function tryRun(claim: MigrationClaim, setting: Setting, session: Session): Promise<Outcome> {
  try {
    return { kind: 'ran', findings: await run(claim, setting, session) };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await session.script('rollback');
    return { kind: 'failed', message: error.report().message, isClaimed: isClaimed(claim, error) };
  }
}

/** A rule is named by the error, and by the header; a value that does not fit its new type is not. */
function isClaimed({ hazards }: MigrationClaim, error: DatabaseError): boolean {
  const { sqlState, constraint = '' } = error;
  const objects = hazards.flatMap(({ kind, object }) => (kind === 'MAY_FAIL_ON_DATA' ? [object] : []));
  if (sqlState === '23502' && constraint === '') return objects.includes(`${error.table}.${error.column}`);
  if (sqlState.startsWith('22')) return objects.some((object) => object.includes('.'));
  return objects.some((object) => object === constraint || notNullCheckOf(object) === constraint);
}

async function run(
  claim: MigrationClaim,
  { from, fresh, isSeeded }: Setting,
  session: Session,
): Promise<readonly string[]> {
  const schema = from.name;
  if (isSeeded) await seedRows(session, from);
  const kept = keptColumns(from, claim.operations);
  const before = await readKept(session, schema, kept, 'before');
  const files = await tableFiles(session, schema);
  const seen = await runMigration(session, schema, claim.sql);
  const differences = compareCatalogues(fresh, await readCatalogue(session, schema));
  if (differences.length > 0) return [...seen, ...differences.map(describeDifference)];
  const after = await readKept(session, schema, kept, 'after');
  const changed = kept.filter(({ table }) => before.get(table) !== after.get(table));
  const rewritten = await rewrittenTables(session, schema, files);
  const unannounced = rewritten.filter((table) => !claims(claim, 'TABLE_REWRITE', table));
  return [
    ...seen,
    ...changed.map(({ table }) => `rows of ${table} are no longer what they were`),
    ...unannounced.map((table) => `${table} is written anew, and the header does not say so`),
  ];
}
