import { Command } from 'commander';
import type { Finish } from './command-result.ts';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addCompletion } from './commands/completion.ts';
import { addDev } from './commands/dev.ts';
import { addExplain } from './commands/explain.ts';
import { addFix } from './commands/fix.ts';
import { addInit } from './commands/init.ts';
import { addMigrate } from './commands/migrate.ts';
import { addSchema } from './commands/schema.ts';
import { readVersion } from './package-root.ts';

/** In the order that help lists them. */
const COMMANDS = [addInit, addDev, addBuild, addCheck, addFix, addMigrate, addExplain, addSchema, addCompletion];

/** The whole command line. */
export function createProgram(finish: Finish): Command {
  const program = new Command('supercompile')
    .description('Compile one YAML spec into a backend that you can read, review and own.')
    .version(readVersion(), '--version')
    .showHelpAfterError('Run supercompile --help for the commands.')
    .configureHelp({ showGlobalOptions: false })
    .exitOverride();
  // Subcommands take over these settings when they are added, hence afterwards.
  for (const add of COMMANDS) add(program, finish);
  return program;
}
