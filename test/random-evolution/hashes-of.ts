import { sha256 } from '../../compiler/plan/migration/canonical-json.ts';
import type { Step } from './evolve.ts';

/** Of every file that the steps of a chain emit, with its path. */
export function hashesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ plan }) => {
    const files = plan.migration === undefined ? [] : [plan.migration.sql, plan.migration.json];
    return [...files, plan.snapshot].map(({ path, text }) => `${sha256(text)} ${path}`);
  });
}
