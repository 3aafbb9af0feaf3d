import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { BuildOutcome } from '../build-project.ts';
import type { MigrationClaim } from '../../plan/migration/plan-migration.ts';
import { countProblems, refusal } from '../command-result.ts';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';
import { readSpecFile, STDIN } from '../spec-file.ts';

interface BuildOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly verify: boolean;
  readonly format: OutputFormat;
}

/** Adds `supercompile build`. */
export function addBuild(program: Command, finish: Finish): void {
  program
    .command('build')
    .description('compile a spec into a backend (the default command)')
    .argument('[spec]', 'the spec', 'app.yaml')
    .option('--out <folder>', 'where to write (default: backend/ beside the spec)')
    .option('--check', 'write nothing; show how the output differs from what the spec compiles to')
    .option('--force', 'overwrite compiled files that were edited by hand')
    .option('--no-verify', 'write a new migration without running it first; the manifest records it')
    .addOption(formatOption())
    .action(async (spec: string, options: BuildOptions) => finish(options.format, await runBuild(spec, options)));
}

async function runBuild(
  name: string,
  { out, check = false, force = false, verify }: BuildOptions,
): Promise<CommandResult> {
  const spec = readSpecFile(name);
  if ('diagnostics' in spec) return refusal(spec.diagnostics);
  const [{ compile }, { buildProject }] = await Promise.all([
    import('../../compile.ts'),
    import('../build-project.ts'),
  ]);
  const folder = out ?? join(dirname(name), 'backend');
  const outcome = await buildProject({
    spec,
    root: resolve(folder),
    check,
    force,
    compile,
    ...(verify && { prove: proveWhenNeeded }),
  });
  return {
    diagnostics: outcome.diagnostics,
    sources: new Map([[spec.file, spec.text]]),
    text: outcome.diff,
    data: check ? { diff: outcome.diff } : { written: outcome.written, deleted: outcome.deleted },
    summary: summarize(outcome, name, folder, check),
  };
}

/** The embedded database is loaded for this alone. */
async function proveWhenNeeded(claim: MigrationClaim): Promise<readonly string[]> {
  const { proveOnEmbedded } = await import('../../verify/prove-on-embedded.ts');
  return proveOnEmbedded(claim);
}

function summarize(
  { diagnostics, files, written, deleted, migration }: BuildOutcome,
  file: string,
  folder: string,
  check: boolean,
): string {
  const spec = file === STDIN ? 'standard input' : file;
  const problems = countProblems(diagnostics);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    return check ? `${folder} is not what ${spec} compiles to: ${problems}` : `${problems}; nothing was written`;
  }
  const warned = problems === '' ? '' : ` (${problems})`;
  if (check) return `${folder} is what ${spec} compiles to${warned}`;
  const changes = [`${written.length} written`, ...(deleted.length === 0 ? [] : [`${deleted.length} deleted`])];
  const told = migration === undefined ? '' : describeMigration(migration);
  return `compiled ${spec} into ${folder}: ${files} files, ${changes.join(', ')}${warned}${told}`;
}

/** What its file says in the header, for those who look at no file. */
function describeMigration({ id, hazards }: MigrationClaim): string {
  const kinds = Map.groupBy(hazards, ({ kind }) => kind);
  const effects = [...kinds].map(([kind, all]) => {
    const objects = [...new Set(all.map(({ object }) => object))];
    const more = objects.length > MOST_OBJECTS ? ` and ${objects.length - MOST_OBJECTS} more` : '';
    return `\n  ${kind}: ${objects.slice(0, MOST_OBJECTS).join(', ')}${more}`;
  });
  return `\nnew migration ${id}${effects.length === 0 ? '' : ':'}${effects.join('')}`;
}

const MOST_OBJECTS = 5;
