import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';

interface MigrateCommandOptions {
  readonly out: string;
  readonly format: OutputFormat;
}

interface RebaseCommandOptions extends MigrateCommandOptions {
  readonly spec: string;
  readonly onto?: string;
  readonly replan?: boolean;
}

interface ExportCommandOptions extends MigrateCommandOptions {
  readonly supabase: string;
  readonly after?: string;
}

/** The verbs that take a compiled backend and nothing else, in the order that help lists them. */
const VERBS: readonly (readonly [
  name: string,
  description: string,
  run: (folder: string) => Promise<CommandResult>,
])[] = [
  [
    'up',
    'bring the database to the last migration',
    async (folder) => (await import('../migrate-up.ts')).migrateUp(folder, tell),
  ],
  [
    'down',
    'take back the last migration of the database, be it half done, where nothing is lost by it',
    async (folder) => (await import('../migrate-down.ts')).migrateDown(folder, tell),
  ],
  [
    'status',
    'show which migrations are drafts, sealed, applied or pending',
    async (folder) => (await import('../migrate-status.ts')).migrateStatus(folder),
  ],
  [
    'verify',
    'check every file of the migrations, their chain, and what the database ran of them',
    async (folder) => (await import('../migrate-verify.ts')).migrateVerify(folder),
  ],
  [
    'drift',
    'show how the tables of the database differ from what its migrations make',
    async (folder) => (await import('../migrate-drift.ts')).migrateDrift(folder),
  ],
  [
    'baseline',
    'note all migrations as done, where the tables are already what they make',
    async (folder) => (await import('../migrate-baseline.ts')).migrateBaseline(folder, tell),
  ],
  [
    'seal',
    'keep the drafts for good, as a commit would',
    async (folder) => (await import('../migrate-seal.ts')).migrateSeal(folder),
  ],
];

/** Adds `supercompile migrate` with its verbs. */
export function addMigrate(program: Command, finish: Finish): void {
  const migrate = program
    .command('migrate')
    .description('run, inspect, seal or rebase the migrations of a compiled backend');
  const add = (name: string, description: string): Command =>
    migrate
      .command(name)
      .description(description)
      .option('--out <folder>', 'the compiled backend', 'backend')
      .addOption(formatOption());
  for (const [name, description, run] of VERBS) {
    add(name, description).action(async ({ out, format }: MigrateCommandOptions) => finish(format, await run(out)));
  }
  add('rebase', 'after a merge, put the migrations of one branch on top of those of the other')
    .option('--spec <file>', 'the merged spec', 'app.yaml')
    .option('--onto <commit>', 'whose migrations stay as they are (default: the main branch, or the other parent)')
    .option('--replan', 'leave out what cannot be put on top as it is, for the next build to plan anew')
    .action(async ({ format, ...options }: RebaseCommandOptions) =>
      finish(format, await (await import('../migrate-rebase.ts')).migrateRebase(options)),
    );
  add('export', "write the migrations as files of Supabase's own tool")
    .requiredOption('--supabase <folder>', 'where to write: supabase/migrations')
    .option('--after <version>', 'a version that all files come after', version)
    .action(async ({ format, ...options }: ExportCommandOptions) =>
      finish(format, await (await import('../migrate-export.ts')).migrateExport(options)),
    );
}

/** `--after 20260101000000`. */
function version(text: string): string {
  if (/^\d{1,14}$/.test(text)) return text;
  throw new InvalidArgumentError('It is a version of supabase/migrations: up to fourteen digits.');
}

/** How a run goes on is told on standard error. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
