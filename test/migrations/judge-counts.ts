import { DatabaseError } from '../../runtime/database/errors.ts';
import type { Session } from '../../runtime/database/database.ts';
import type { Hazard } from '../../compiler/plan/migration/hazards.ts';

/** What the counts of a header said before the migration ran. */
export interface Counts {
  readonly findings: readonly string[];
  /** What is wrong with them once it is known whether it failed. */
  readonly judge: (failed: boolean) => readonly string[];
}

/** Runs every ready-made count on the database that the migration has yet to run on. */
export async function readCounts(hazards: readonly Hazard[], session: Session): Promise<Counts> {
  const findings: string[] = [];
  const counts: { readonly hazard: Hazard; readonly count: number }[] = [];
  for (const hazard of hazards.filter(({ query }) => query !== undefined)) {
    try {
      const { rows } = await session.query({ text: hazard.query ?? '', values: [] });
      counts.push({ hazard, count: Number(rows[0]?.[0]) });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      findings.push(`a count does not run: ${error.report().message}: ${hazard.query}`);
    }
  }
  const mayFail = hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA');
  const isUncounted = mayFail.some(({ query }) => query === undefined);
  const met = counts.filter(({ hazard, count }) => hazard.kind === 'MAY_FAIL_ON_DATA' && count > 0);
  return {
    findings,
    judge: (failed) => {
      if (failed) return isUncounted || met.length > 0 ? [] : ['it fails, and no count said so'];
      return met.map(({ hazard, count }) => `it runs, though ${count} rows are in its way: ${hazard.query}`);
    },
  };
}
