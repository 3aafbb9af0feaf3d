import type { Session } from '../../../runtime/database/database.ts';
import { DatabaseError } from '../../../runtime/database/errors.ts';
import { diffSchemas, type SchemaDiff } from '../../../compiler/plan/migration/diff/diff-schemas.ts';
import { foldOperations } from '../../../compiler/plan/migration/fold-operations.ts';
import { consentText, type Consent } from '../../../compiler/plan/migration/intent/consent.ts';
import type { Hazard } from '../../../compiler/plan/migration/hazards.ts';
import { migrationSql } from '../../../compiler/plan/migration/migration-sql.ts';
import { parse as parseArray } from 'postgres-array';
import { readCounts } from '../judge-counts.ts';
import { readCatalogue } from '../read-catalogue.ts';
import { errorName } from './error-names.ts';
import type { NeutralCase } from './neutral-case.ts';
import { neutralDdl } from './neutral-ddl.ts';
import { runSteps } from './run-steps.ts';
import { toDatabaseSchema } from './to-database-schema.ts';
import { isRename, toConsents, toIntents } from './to-intents.ts';

/**
 * What is not as the case expects it, one finding a line; none: passed. A hazard that needs no consent
 * may be told beyond those that are expected: a notice too many hides nothing.
 */
export async function runCase(item: NeutralCase, session: Session): Promise<readonly string[]> {
  const findings: string[] = [];
  const diff = judgeOutcome(item, findings);
  if (diff === undefined || item.expect.outcome === 'noop') return findings;
  const sql = migrationSql('public', diff.operations, diff.hazards);
  judgeText(item, sql, findings);
  await judgeDatabase(item, { sql, hazards: diff.hazards }, session, findings);
  return findings;
}

/** The plan to run, all consents given; undefined where there is none to run. */
function judgeOutcome(item: NeutralCase, findings: string[]): SchemaDiff | undefined {
  const [from, to] = [toDatabaseSchema(item.before), toDatabaseSchema(item.after)];
  const intents = toIntents(item.hints);
  const plan = (allowed: readonly Consent[] = []): SchemaDiff => {
    const texts = new Set(allowed.map(consentText));
    return diffSchemas(from, to, { ...intents, isAllowed: (consent) => texts.has(consentText(consent)) });
  };
  const silent = plan();
  const { outcome, error, approve = [] } = item.expect;
  const errors = silent.refusals.map(errorName);
  if (outcome === 'refuse') {
    if (errors.length === 0) findings.push(`not refused, expected ${error}`);
    else if (error !== undefined && !errors.includes(error))
      findings.push(`refused as ${errors.join(', ')}, expected ${error}`);
    return undefined;
  }
  const consent = approve.filter((line) => !isRename(line));
  const first = plan(consent.flatMap((line) => toConsents(line, [])));
  const allow = (lines: readonly string[]): SchemaDiff =>
    plan(lines.flatMap((line) => toConsents(line, first.hazards)));
  const full = allow(consent);
  if (full.refusals.length > 0) {
    findings.push(`refused: ${full.refusals.map(errorName).join(', ')}`);
    return undefined;
  }
  for (const { kind, object } of full.unconsented) findings.push(`asks for more consent: ${kind} ${object}`);
  for (const line of consent) {
    const { refusals, unconsented } = allow(consent.filter((other) => other !== line));
    if (refusals.length + unconsented.length === 0) findings.push(`planned without "${line}"`);
  }
  if (outcome === 'noop' && full.operations.length > 0) {
    findings.push(`not a no-op: ${full.operations.map(({ kind }) => kind).join(', ')}`);
  }
  if (outcome !== 'noop' && full.operations.length === 0) findings.push('nothing planned');
  const [kinds, expected] = [new Set(full.hazards.map(({ kind }) => kind)), new Set(item.expect.hazards ?? [])];
  const less = [...expected].filter((kind) => !kinds.has(kind));
  const more = full.hazards.filter(({ kind, consents }) => !expected.has(kind) && consents !== undefined);
  if (more.length > 0) findings.push(`hazards not expected: ${more.map(({ kind }) => kind).join(', ')}`);
  if (less.length > 0) findings.push(`hazards missing: ${less.join(', ')}`);
  const rest = diffSchemas(foldOperations(from, full.operations), to);
  if (rest.operations.length + rest.refusals.length > 0) findings.push('planning again is not empty');
  return full;
}

function judgeText(item: NeutralCase, sql: string, findings: string[]): void {
  const code = sql.replace(/^--.*$/gm, '');
  for (const pattern of item.expect.sql_must_match ?? []) {
    if (!new RegExp(pattern, 'i').test(code)) findings.push(`SQL lacks ${pattern}`);
  }
  for (const pattern of item.expect.sql_must_not_match ?? []) {
    if (new RegExp(pattern, 'i').test(code)) findings.push(`SQL has ${pattern}`);
  }
}

const RESET =
  'drop schema public cascade; create schema public; grant usage on schema public to public; drop extension if exists pg_trgm;';

async function judgeDatabase(
  item: NeutralCase,
  { sql, hazards }: { readonly sql: string; readonly hazards: readonly Hazard[] },
  session: Session,
  findings: string[],
): Promise<void> {
  const build = async (schema: NeutralCase['before']): Promise<void> => {
    await session.script(RESET);
    for (const statement of neutralDdl(schema)) await session.script(statement);
  };
  await build(item.after);
  const fresh = await readCatalogue(session, 'public');
  for (const seeds of seedings(item)) {
    await build(item.before);
    for (const seed of seeds) await session.script(seed);
    const files = await fileNodes(session);
    const counts = await readCounts(hazards, session);
    const failure = await failureOf(() => runSteps(session, sql));
    findings.push(...counts.findings, ...counts.judge(failure !== undefined));
    const mustFail = seeds.length > 0 && item.fails_with_seed === true;
    if (failure !== undefined) {
      await session.script('rollback');
      if (!mustFail) findings.push(`does not run: ${failure.message}`);
      const { fails_sqlstate: expected } = item.expect;
      if (mustFail && expected !== undefined && failure.code !== expected)
        findings.push(`fails with ${failure.code} ${failure.message}`);
      continue;
    }
    if (mustFail) findings.push('runs, and should fail on these rows');
    compare(fresh, await readCatalogue(session, 'public'), findings);
    await judgeRows(item, seeds, session, findings);
    const rewritten = await rewrittenTables(session, files);
    const { rewrite, hazards: expected = [] } = item.expect;
    if (rewrite !== undefined && rewrite !== rewritten.length > 0)
      findings.push(`rewritten: ${rewritten.join(', ') || 'nothing'}`);
    if (rewritten.length > 0 && !expected.includes('TABLE_REWRITE'))
      findings.push(`rewritten unannounced: ${rewritten.join(', ')}`);
  }
}

/** Rows that make it fail are tried beside none; any others say all that an empty table would. */
function seedings({ seed, fails_with_seed: fails }: NeutralCase): readonly (readonly string[])[] {
  if (seed === undefined) return [[]];
  return fails === true ? [[], seed] : [seed];
}

async function failureOf(
  run: () => Promise<void>,
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return { code: error.sqlState, message: error.report().message };
    throw error;
  }
}

function compare(fresh: readonly string[], migrated: readonly string[], findings: string[]): void {
  for (const line of fresh.filter((item) => !migrated.includes(item))) findings.push(`catalogue lacks: ${line}`);
  for (const line of migrated.filter((item) => !fresh.includes(item))) findings.push(`catalogue has: ${line}`);
}

async function judgeRows(
  item: NeutralCase,
  seeds: readonly string[],
  session: Session,
  findings: string[],
): Promise<void> {
  if (seeds.length === 0) return;
  for (const { sql, rows } of item.check_after ?? []) {
    const result = await session.query({ text: sql, values: [] });
    const actual = JSON.stringify(result.rows);
    const expected = JSON.stringify(
      rows.map((row, at) => row.map((value, column) => toText(value, result.rows[at]?.[column] ?? null))),
    );
    if (actual !== expected) findings.push(`${sql}: ${actual}, expected ${expected}`);
  }
}

/** An expected value as Postgres writes it; arrays and truth values have two spellings. */
function toText(value: unknown, actual: string | null): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && actual !== null) {
    return JSON.stringify(parseArray(actual, String)) === JSON.stringify(value.map(String))
      ? actual
      : JSON.stringify(value);
  }
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function fileNodes(session: Session): Promise<ReadonlyMap<string, string>> {
  const text = `select oid, relfilenode from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  const { rows } = await session.query({ text, values: [] });
  return new Map(rows.map(([oid, node]) => [oid ?? '', node ?? '']));
}

async function rewrittenTables(session: Session, before: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const after = await fileNodes(session);
  return [...before].filter(([oid, node]) => after.has(oid) && after.get(oid) !== node).map(([oid]) => oid);
}
