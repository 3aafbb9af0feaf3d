import { MigrationRefused } from './errors.ts';
import { parseSteps, StepError, type Step } from './parse-steps.ts';

/**
 * The steps of a migration's text.
 *
 * @throws MigrationRefused where it is of a form that this runner does not know
 */
export function stepsOf({ id, sql }: { readonly id: string; readonly sql: string }): readonly Step[] {
  try {
    return parseSteps(sql);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    throw new MigrationRefused('damaged', id, `${id}.sql cannot be read: ${error.message}`);
  }
}
