import type { CompileResult } from '../compile.ts';
import type { FileSet } from '../emit/file.ts';
import type { Manifest } from '../output/manifest.ts';
import type { WritePlan } from '../output/plan-writes.ts';
import type { MigrationClaim } from '../plan/migration/plan-migration.ts';

/** How a build treats a new migration. */
export interface Verification {
  /** Proves it before anything is written; absent: it is recorded as unproven. */
  readonly prove?: (claim: MigrationClaim) => Promise<readonly string[]>;
  /** Leave `migrations/` as it stands, and what the manifest says of it. */
  readonly keepMigrations?: boolean;
}

/**
 * Runs what is new, or was written unproven, before it is written. What was proven then is on the disk as it was; a
 * migration that begins a history has nothing to be compared with.
 *
 * @throws Error where the plan is not what it claims: a bug of the compiler
 */
export async function proveBeforeWrite(
  { prove, keepMigrations }: Verification,
  {
    migration,
    plan,
    manifest,
  }: { readonly migration?: MigrationClaim; readonly plan: WritePlan; readonly manifest: Manifest | undefined },
): Promise<void> {
  if (prove === undefined || keepMigrations === true || migration === undefined) return;
  const isNew = plan.writes.some(({ path }) => path === `migrations/${migration.id}.sql`);
  const isDue = isNew || manifest?.unproven.includes(migration.id) === true;
  if (!isDue || migration.from.tables.length === 0) return;
  const findings = await prove(migration);
  if (findings.length === 0) return;
  throw new Error(
    `the migration ${migration.id} is not what it claims, and nothing was written: ${findings.join('; ')}`,
  );
}

/** Migrations that were written without proof, those of earlier builds too until they are proven or gone. */
export function unprovenIds(
  { prove, check, keepMigrations }: Verification & { readonly check: boolean },
  manifest: Manifest | undefined,
  { migration, files }: CompileResult,
  sealed: FileSet,
): readonly string[] {
  const known = manifest?.unproven ?? [];
  if (keepMigrations === true) return known;
  const paths = new Set([...files, ...sealed].map(({ path }) => path));
  const here = known.filter((id) => paths.has(`migrations/${id}.sql`));
  if (check || migration === undefined) return here;
  const others = here.filter((id) => id !== migration.id);
  if (prove !== undefined) return others;
  const isNew = manifest?.files.has(`migrations/${migration.id}.sql`) !== true && migration.from.tables.length > 0;
  return isNew || here.includes(migration.id) ? [...others, migration.id].toSorted() : others;
}
