import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { compile, CompileResult } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { inFolder } from './in-folder.ts';
import { createFileSet } from '../emit/file.ts';
import type { FileSet } from '../emit/file.ts';
import type { FileSystem } from '../output/disk/file-system.ts';
import { readOutput } from '../output/disk/read-output.ts';
import { OutputBusy, withOutputLock } from '../output/disk/output-lock.ts';
import { writeFiles } from '../output/disk/write-files.ts';
import { MANIFEST_PATH, emitManifest, parseManifest, sha256 } from '../output/manifest.ts';
import type { Manifest } from '../output/manifest.ts';
import type { MigrationClaim } from '../plan/migration/plan-migration.ts';
import { planWrites } from '../output/plan-writes.ts';
import type { DiskState, WritePlan } from '../output/plan-writes.ts';
import { reportRefusals } from '../output/report-refusals.ts';
import { diskFailure } from '../../runtime/environment/disk-failure.ts';
import { checkDrift } from './check-drift.ts';
import { readVersion } from './package-root.ts';
import { mergedOutput } from './merged-output.ts';
import { proveBeforeWrite, unprovenIds, type Verification } from './prove-before-write.ts';
import { readDependencies } from './read-dependencies.ts';
import { readHistory } from './read-history.ts';
import { readRuntime } from './read-runtime.ts';
import { readTicks } from './read-ticks.ts';

/** One run of `build`. */
export interface BuildRequest extends Verification {
  readonly spec: { readonly file: string; readonly text: string };
  /** The output folder. */
  readonly root: string;
  /** Only compare. */
  readonly check: boolean;
  readonly force: boolean;
  readonly compile: typeof compile;
  /** The disk to write to; the real one unless told. */
  readonly disk?: FileSystem;
}

/** What a build did, or found. */
export interface BuildOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Files of the backend, once there are no errors. */
  readonly files: number;
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  /** The new migration, where it was written. */
  readonly migration?: MigrationClaim;
  /** With `check`: from what is on disk to what the spec compiles to. */
  readonly diff: string;
}

/** What the disk holds and what it should hold. */
interface Comparison {
  readonly files: FileSet;
  readonly disk: DiskState;
  readonly plan: WritePlan;
  /** The new migration, where there is one. */
  readonly migration?: MigrationClaim;
  readonly manifest: Manifest | undefined;
}

/** Compiles a spec and brings its output folder up to date, or says what stands in the way. */
export async function buildProject(request: BuildRequest): Promise<BuildOutcome> {
  if (request.check) return checkProject(request);
  try {
    return await withOutputLock(request.root, () => writeProject(request), request.disk);
  } catch (error) {
    return failed([explainFailure(error, request)]);
  }
}

async function writeProject(request: BuildRequest): Promise<BuildOutcome> {
  const { diagnostics, comparison } = await compareProject(request, request.force);
  if (comparison === undefined) return failed(diagnostics);
  const { plan, files, disk } = comparison;
  const refused = reportRefusals(plan.refusals, folderName(request.root));
  if (refused.length > 0) return failed([...diagnostics, ...refused]);
  await proveBeforeWrite(request, comparison);
  writeFiles(request.root, plan, disk, request.disk);
  const written = plan.writes.map((file) => file.path).toSorted();
  const { migration } = comparison;
  const isNew = migration !== undefined && written.includes(`migrations/${migration.id}.sql`);
  return {
    diagnostics,
    files: files.length,
    written,
    deleted: plan.deletes,
    ...(isNew && { migration }),
    diff: '',
  };
}

async function checkProject(request: BuildRequest): Promise<BuildOutcome> {
  const { diagnostics, comparison } = await compareProject(request, true);
  if (comparison === undefined) return failed(diagnostics);
  const drift = checkDrift(request.root, folderName(request.root), comparison);
  const found = [...diagnostics, ...drift.diagnostics];
  return { diagnostics: found, files: comparison.files.length, written: [], deleted: [], diff: drift.diff };
}

/** Compiles, and compares with the disk; without a comparison when something is wrong. */
async function compareProject(
  request: BuildRequest,
  overwrite: boolean,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly comparison?: Comparison }> {
  const { root, spec } = request;
  const folder = folderName(root);
  const { history, sealed, isReplaced, diagnostics: historyProblems } = readHistory(root, folder, request.force);
  const { ticks, diagnostics: tickProblems } = readTicks(root, folder);
  const { dependencies, diagnostics: dependencyProblems } = readDependencies(root, folder);
  const problems = [...historyProblems, ...tickProblems, ...dependencyProblems];
  if (problems.length > 0) return { diagnostics: problems };
  const result = await request.compile({ spec, history, ticks, dependencies, runtime: readRuntime() });
  if (result.diagnostics.some(({ severity }) => severity === 'error'))
    return { diagnostics: inFolder(result.diagnostics, folder) };
  const manifest = parseManifest(readText(join(root, MANIFEST_PATH)));
  const kept = request.keepMigrations === true ? keptMigrations(manifest) : undefined;
  const unproven = unprovenIds(request, manifest, result, sealed);
  const files = completeFiles(result, sealed, spec.text, { kept, unproven });
  const disk = readOutput(root, [...files.map(({ path }) => path), ...(manifest?.files.keys() ?? [])]);
  const paths = new Set(kept === undefined ? sealed.map(({ path }) => path) : [...disk.keys()].filter(isHistoryPath));
  const plan = planWrites({
    desired: files,
    manifest,
    disk,
    sealed: paths,
    isReplaced,
    isMerged: mergedOutput(root),
    force: overwrite,
  });
  const { migration } = result;
  return {
    diagnostics: result.diagnostics,
    comparison: { files, disk, plan, manifest, ...(migration !== undefined && { migration }) },
  };
}

/** Adds what the compiler hands through, and the manifest over all of it. */
function completeFiles(
  result: CompileResult,
  sealed: FileSet,
  spec: string,
  { kept, unproven }: { readonly kept: ReadonlyMap<string, string> | undefined; readonly unproven: readonly string[] },
): FileSet {
  const compiled = new Set(result.files.map(({ path }) => path));
  const history = sealed.filter(({ path }) => !compiled.has(path) && !/\.(seal|rebased)$/.test(path));
  const all = createFileSet([...result.files, ...history]);
  const files = kept === undefined ? all : all.filter(({ path }) => !isHistoryPath(path));
  const identity = { compilerVersion: readVersion(), specHash: hashSpec(spec), unproven };
  return createFileSet([...files, emitManifest(files, identity, kept)]);
}

/** The same for a checkout with Windows' line ends, which mean nothing in a spec. */
function hashSpec(text: string): string {
  return sha256(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}

/** What the last build wrote to `migrations/`, as its manifest has it. */
function keptMigrations(manifest: Manifest | undefined): ReadonlyMap<string, string> {
  const listed = [...(manifest?.files ?? [])].filter(([path]) => isHistoryPath(path));
  return new Map(listed.map(([path, [hash = '']]) => [path, hash]));
}

function isHistoryPath(path: string): boolean {
  return path.startsWith('migrations/');
}

/** A failure that is the disk's or another build's; any other is thrown on. */
function explainFailure(error: unknown, { root }: BuildRequest): Diagnostic {
  const folder = folderName(root);
  if (error instanceof OutputBusy) {
    return createDiagnostic(unlocated(folder), 'output-busy', '', {
      folder: relative(process.cwd(), error.folder),
      owner: error.owner,
    });
  }
  const failure = diskFailure(error);
  if (failure === undefined) throw error;
  return createDiagnostic(unlocated(folder), 'output-unwritable', '', { path: folder, reason: failure.reason });
}

function failed(diagnostics: readonly Diagnostic[]): BuildOutcome {
  return { diagnostics, files: 0, written: [], deleted: [], diff: '' };
}

/** The output folder as a user would name it from here. */
function folderName(root: string): string {
  return relative(process.cwd(), root);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Absent, or no file: either way it says nothing.
    return '';
  }
}
