import { DataDirectoryLocked } from '../database/directory-lock.ts';
import { DatabaseError, DatabaseUnavailable } from '../database/errors.ts';
import { describeDiskFailure } from '../environment/disk-failure.ts';
import { EnvironmentError } from '../environment/read-environment.ts';
import {
  MigrationFailed,
  MigrationLocked,
  MigrationRefused,
  MigrationsPending,
  SchemaDrifted,
  TransactionPooler,
} from '../migrations/errors.ts';
import { ListenError } from './listen.ts';

/** Exit codes of the compiled programs; the command line of the compiler has the same. */
export const EXIT = { migration: 4, unavailable: 69, internal: 70, environment: 78 } as const;

/** Runs a whole program: what stops it is one line on stderr for each problem, and an exit code. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    const { code, lines } = describeFailure(error);
    for (const line of lines) process.stderr.write(`${line}\n`);
    process.exit(code);
  }
}

interface Failure {
  readonly code: number;
  readonly lines: readonly string[];
}

function describeFailure(error: unknown): Failure {
  if (error instanceof EnvironmentError) return { code: EXIT.environment, lines: error.problems };
  if (!(error instanceof Error)) return { code: EXIT.internal, lines: ['failed for an unknown reason'] };
  const disk = describeDiskFailure(error);
  if (disk !== undefined) return { code: EXIT.environment, lines: [disk] };
  return { code: exitCodeOf(error), lines: [error.message, ...causeOf(error)] };
}

/** Why a step failed: the state and the names that Postgres gave, never a value. */
function causeOf({ cause }: Error): readonly string[] {
  return cause instanceof DatabaseError || cause instanceof DatabaseUnavailable ? [cause.message] : [];
}

function exitCodeOf(error: Error): number {
  if (error instanceof ListenError || error instanceof TransactionPooler) return EXIT.environment;
  if (error instanceof DataDirectoryLocked || error instanceof DatabaseUnavailable) return EXIT.unavailable;
  if (error instanceof MigrationLocked) return EXIT.unavailable;
  if (error instanceof MigrationFailed && error.cause instanceof DatabaseUnavailable) return EXIT.unavailable;
  if (error instanceof MigrationRefused || error instanceof MigrationFailed) return EXIT.migration;
  if (error instanceof MigrationsPending || error instanceof SchemaDrifted) return EXIT.migration;
  return EXIT.internal;
}
