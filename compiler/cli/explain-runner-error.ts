import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { DataDirectoryLocked } from '../../runtime/database/directory-lock.ts';
import { DatabaseError, DatabaseUnavailable } from '../../runtime/database/errors.ts';
import { describeDifference } from '../../runtime/migrations/catalogue/describe-difference.ts';
import { NO_HISTORY, type History } from '../plan/migration/history.ts';
import { explainFailedStep } from './explain-failed-step.ts';
import { describeDiskFailure } from '../../runtime/environment/disk-failure.ts';
import { EnvironmentError } from '../../runtime/environment/read-environment.ts';
import {
  MigrationFailed,
  MigrationLocked,
  MigrationRefused,
  SchemaDrifted,
  TransactionPooler,
} from '../../runtime/migrations/errors.ts';

/** What a failure of the runtime means to a user; one that is nobody's fault but ours is thrown on. */
export function explainRunnerError(
  error: unknown,
  folder: string,
  history: History = NO_HISTORY,
): readonly Diagnostic[] {
  const place = unlocated(folder);
  if (error instanceof EnvironmentError) {
    return error.problems.map((problem) => createDiagnostic(place, 'environment-invalid', '', { problem }));
  }
  if (error instanceof MigrationRefused) {
    const params = { id: error.id, reason: error.message };
    if (error.reason !== 'no-way-back') return [createDiagnostic(place, 'migration-refused', '', params)];
    return [createDiagnostic(place, 'down-refused', '', { ...params, reason: whyNoWayBack(error) })];
  }
  if (error instanceof TransactionPooler) {
    return [createDiagnostic(place, 'environment-invalid', '', { problem: error.message })];
  }
  if (error instanceof SchemaDrifted) {
    const lines = error.differences.map(describeDifference);
    return lines.map((difference) => createDiagnostic(place, 'database-drifted', '', { difference }));
  }
  if (error instanceof MigrationFailed && isUnavailable(error.cause)) {
    const { reason, held } = explainUnavailable(error.cause);
    return [createDiagnostic(place, 'database-unavailable', '', { reason: `${error.message}: ${reason}`, held })];
  }
  if (error instanceof MigrationFailed) {
    const words = error.cause instanceof Error ? error.cause.message : error.message;
    const reason = `step ${error.step}: ${words}${explainFailedStep(error, history)}`;
    return [createDiagnostic(place, 'migration-failed', '', { id: error.id, reason, leftNothing: error.leftNothing })];
  }
  if (isUnavailable(error)) return [createDiagnostic(place, 'database-unavailable', '', explainUnavailable(error))];
  if (error instanceof DatabaseError) {
    return [
      createDiagnostic(place, 'database-refusal', '', { reason: error.message, isRights: error.sqlState === '42501' }),
    ];
  }
  const problem = describeDiskFailure(error);
  if (problem === undefined) throw error;
  return [createDiagnostic(place, 'environment-invalid', '', { problem })];
}

/** The runner's words less what the diagnostic says before them. */
function whyNoWayBack({ id, message }: MigrationRefused): string {
  const words = message.replace(`${id} `, '');
  const reason = words.replace(/^(?:cannot be|was not) taken back: /, '');
  return reason === words ? `it ${words}` : reason;
}

/** A lock is waited for; an address is mended. */
function explainUnavailable(error: Error): { readonly reason: string; readonly held: boolean } {
  if (error instanceof MigrationLocked) return { reason: `${error.message}; wait for it to end`, held: true };
  return { reason: error.message, held: error instanceof DataDirectoryLocked };
}

function isUnavailable(error: unknown): error is Error {
  return (
    error instanceof DatabaseUnavailable || error instanceof DataDirectoryLocked || error instanceof MigrationLocked
  );
}
