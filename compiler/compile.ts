import { analyze } from './analyze.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { createDiagnostic } from './diagnostics/reporter.ts';
import { sortDiagnostics } from './diagnostics/sort-diagnostics.ts';
import { unlocated } from './diagnostics/span.ts';
import { emitters } from './emit/emitters.ts';
import { createFileSet, type FileSet, type OutputFile } from './emit/file.ts';
import { serialiseModel } from './model/serialise-model.ts';
import type { CustomDependency } from './plan/custom-dependencies.ts';
import { findUnknownTicks, planChecklist, type Tick } from './plan/checklist.ts';
import type { History } from './plan/migration/history.ts';
import { planMigration, type MigrationClaim, type MigrationPlan } from './plan/migration/plan-migration.ts';
import { planResources } from './plan/resource.ts';

/** Everything a compilation depends on: same request, same bytes. */
export interface CompileRequest {
  readonly spec: { readonly file: string; readonly text: string };
  /** What `migrations/` holds. */
  readonly history: History;
  /** `custom/todos.yaml`. */
  readonly ticks: readonly Tick[];
  /** `custom/dependencies.json`. */
  readonly dependencies: readonly CustomDependency[];
  /** The runtime's sources below runtime/, copied into the backend as they are. */
  readonly runtime: FileSet;
}

export interface CompileResult {
  /** Empty when there is an error. */
  readonly files: FileSet;
  readonly diagnostics: readonly Diagnostic[];
  /** What the new migration claims; absent where there is none, or an error. */
  readonly migration?: MigrationClaim;
}

/** Compiles a spec into the files of a backend; pure: no file system, environment, clock or network. */
export async function compile({ spec, history, ticks, dependencies, runtime }: CompileRequest): Promise<CompileResult> {
  const { app, document, diagnostics } = analyze(spec.text, spec.file);
  if (app === undefined) return { files: [], diagnostics };
  const plan = planMigration({ app, document, history });
  const all = sortDiagnostics([...diagnostics, ...plan.diagnostics]);
  if (all.some(({ severity }) => severity === 'error')) return { files: [], diagnostics: all };
  const resources = planResources(app);
  const notes = Object.fromEntries(ticks.map(({ id, note }) => [id, note]));
  const input = { app, resources, schema: plan.schema, migrations: plan.migrations, ticks: notes, dependencies };
  const emitted = emitters.flatMap((emit) => emit(input));
  const model: OutputFile = { path: 'model.json', text: serialiseModel(app), owner: 'compiler' };
  const unknown = findUnknownTicks(planChecklist(app, resources, plan.migrations), ticks).map(reportTick);
  return {
    files: createFileSet([...emitted, model, ...migrationFiles(plan), ...runtime]),
    diagnostics: [...all, ...unknown],
    ...(plan.migration !== undefined && { migration: plan.migration.claim }),
  };
}

function migrationFiles({ migration, snapshot }: MigrationPlan): readonly OutputFile[] {
  const draft =
    migration === undefined ? [] : [migration.sql, migration.json, ...(migration.down ? [migration.down] : [])];
  return [...draft.map((file): OutputFile => ({ ...file, owner: 'history' })), { ...snapshot, owner: 'compiler' }];
}

function reportTick({ id, file, span }: Tick): Diagnostic {
  return createDiagnostic(unlocated(file), 'unknown-tick', '', { id }, { span });
}
