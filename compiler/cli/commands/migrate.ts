import type { Command } from 'commander';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';

interface MigrateCommandOptions {
  readonly out: string;
  readonly format: OutputFormat;
}

/** Adds `supercompile migrate up`, `status` and `seal`. */
export function addMigrate(program: Command, finish: Finish): void {
  const migrate = program.command('migrate').description('run, inspect or seal the migrations of a compiled backend');
  const add = (name: string, description: string, run: (folder: string) => Promise<CommandResult>): void => {
    migrate
      .command(name)
      .description(description)
      .option('--out <folder>', 'the compiled backend', 'backend')
      .addOption(formatOption())
      .action(async ({ out, format }: MigrateCommandOptions) => finish(format, await run(out)));
  };
  add('up', 'bring the database to the last migration', async (folder) =>
    (await import('../migrate-up.ts')).migrateUp(folder, (line) => void process.stderr.write(`${line}\n`)),
  );
  add('status', 'show which migrations are drafts, sealed, applied or pending', async (folder) =>
    (await import('../migrate-status.ts')).migrateStatus(folder),
  );
  add('seal', 'keep the drafts for good, as a commit would', async (folder) =>
    (await import('../migrate-seal.ts')).migrateSeal(folder),
  );
}
