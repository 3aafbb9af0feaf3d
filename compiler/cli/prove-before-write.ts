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
 * Runs what is new before it is written. A migration that is on the disk already was proven then; one that begins a
 * history has nothing to be compared with.
 *
 * @throws Error where the plan is not what it claims: a bug of the compiler
 */
export async function proveBeforeWrite(
  { prove, keepMigrations }: Verification,
  { migration, plan }: { readonly migration?: MigrationClaim; readonly plan: WritePlan },
): Promise<void> {
  if (prove === undefined || keepMigrations === true || migration === undefined) return;
  const isNew = plan.writes.some(({ path }) => path === `migrations/${migration.id}.sql`);
  if (!isNew || migration.from.tables.length === 0) return;
  const findings = await prove(migration);
  if (findings.length === 0) return;
  throw new Error(
    `the migration ${migration.id} is not what it claims, and nothing was written: ${findings.join('; ')}`,
  );
}

/** Migrations that were written without proof, those of earlier builds too as long as they are there. */
export function unprovenIds(
  { prove, check, keepMigrations }: Verification & { readonly check: boolean },
  manifest: Manifest | undefined,
  { migration, files }: CompileResult,
  sealed: FileSet,
): readonly string[] {
  const known = manifest?.unproven ?? [];
  const paths = new Set([...files, ...sealed].map(({ path }) => path));
  const isLeft = prove === undefined && !check && keepMigrations !== true && migration !== undefined;
  const isNew =
    isLeft && manifest?.files.has(`migrations/${migration.id}.sql`) !== true && migration.from.tables.length > 0;
  const all = new Set([...known, ...(isNew ? [migration.id] : [])]);
  return [...all].filter((id) => keepMigrations === true || paths.has(`migrations/${id}.sql`)).toSorted();
}
