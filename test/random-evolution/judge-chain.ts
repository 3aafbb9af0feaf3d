import { parse } from 'libpg-query';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import { emptySchema } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { operationSql } from '../../compiler/plan/migration/operation-sql.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import { runMigration } from '../../compiler/verify/run-migration.ts';
import { seedRows } from '../../compiler/verify/seed-rows.ts';
import { DatabaseError } from '../../runtime/database/errors.ts';
import type { Database } from '../../runtime/database/database.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrationsOf, planSpec, planSpecs, sealed } from '../migrations/plan-spec.ts';
import { readCounts } from '../migrations/judge-counts.ts';
import { readCatalogue } from '../migrations/read-catalogue.ts';
import type { Step } from './evolve.ts';

/** What is wrong with the steps of a chain: each must be proven, parsed, and leave nothing to plan. */
export async function judgeSteps(steps: readonly Step[], database: Database): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const [index, { text, plan, history, edits }] of steps.entries()) {
    if (plan.migration === undefined) continue;
    const { claim, sql } = plan.migration;
    const proof = index === 0 ? [] : await database.session((session) => proveMigration(claim, session));
    const counted = index === 0 ? [] : await judgeCounts(plan.migration.claim, database);
    const again = planSpec(text, sealed(history, plan)).migration;
    const found = [
      ...proof,
      ...counted,
      ...(await unparsed(sql.text)),
      ...(again === undefined ? [] : ['it is planned again']),
    ];
    findings.push(...found.map((finding) => `step ${index} (${edits.join(', ')}): ${finding}\n${sql.text}`));
  }
  return findings;
}

/** Every ready-made count must run on what was before, with rows in it, and say so where the migration then fails. */
async function judgeCounts({ from, hazards, sql }: MigrationClaim, database: Database): Promise<readonly string[]> {
  await reset(database, from.name);
  return database.session(async (session) => {
    const schema = from.name === 'public' ? '' : `create schema if not exists "${from.name}";`;
    const statements = diffSchemas(emptySchema(from.name), from).operations.map((item) =>
      operationSql(from.name, item),
    );
    const path = `select pg_catalog.set_config('search_path', '"${from.name}"', true);`;
    await session.script([schema, path, ...statements].join('\n'));
    await seedRows(session, from);
    const counts = await readCounts(hazards, session);
    try {
      await runMigration(session, from.name, sql);
      return counts.findings;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      await session.script('rollback');
      return [...counts.findings, ...counts.judge(true)];
    }
  });
}

async function unparsed(sql: string): Promise<readonly string[]> {
  try {
    await parse(sql);
    return [];
  } catch (error) {
    return [`it does not parse: ${String(error)}`];
  }
}

/** What all steps of a chain leave behind that a first build of the last spec would not, or the other way round. */
export async function judgeReplay(steps: readonly Step[], database: Database): Promise<readonly string[]> {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const schema = last.plan.schema.name;
  const [migrated, fresh] = [sealed(last.history, last.plan), planSpecs(withoutMigration(last.text)).history];
  const catalogues: (readonly string[])[] = [];
  for (const history of [migrated, fresh]) {
    await reset(database, schema);
    await migrate(database, migrationsOf(history));
    catalogues.push(await readCatalogue(database, schema));
  }
  const [one = [], other = []] = catalogues;
  return [
    ...other.filter((line) => !one.includes(line)).map((line) => `the replay lacks: ${line}`),
    // An extension stays when the last that needs it goes.
    ...one
      .filter((line) => !other.includes(line) && !line.startsWith('extension '))
      .map((line) => `the replay has: ${line}`),
  ];
}

/** A first build has nothing to allow, and would warn of it. */
function withoutMigration(text: string): string {
  return text.replace(/^migration:\n(?: +.*\n)+/m, '');
}

function reset(database: Database, schema: string): Promise<void> {
  const names = [...new Set(['public', schema])];
  const drops = names.map((name) => `drop schema if exists "${name}" cascade;`).join('');
  return database.session((session) => session.script(`${drops}create schema public`));
}
