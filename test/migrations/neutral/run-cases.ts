import type { Session } from '../../../runtime/database/database.ts';
import type { NeutralCase } from './neutral-case.ts';
import { runCase } from './run-case.ts';

export interface CaseResult {
  readonly item: NeutralCase;
  readonly findings: readonly string[];
}

/** Runs cases one after the other in the schema `public` of a database that holds nothing else. */
export async function runCases(cases: readonly NeutralCase[], session: Session): Promise<readonly CaseResult[]> {
  await session.script('set client_min_messages = warning');
  const results: CaseResult[] = [];
  for (const item of cases) results.push({ item, findings: await findingsOf(() => runCase(item, session)) });
  return results;
}

async function findingsOf(run: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await run();
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** Passed of all by group, then each failure with what was found. */
export function reportCases(results: readonly CaseResult[]): string {
  const groups = Map.groupBy(results, ({ item }) => item.group);
  const count = (list: readonly CaseResult[]): string =>
    `${list.filter(({ findings }) => findings.length === 0).length}/${list.length}`;
  return [
    ...[...groups].map(([group, list]) => `  ${group.padEnd(12)} ${count(list)}`),
    `  ${'total'.padEnd(12)} ${count(results)}`,
    ...results
      .filter(({ findings }) => findings.length > 0)
      .flatMap(({ item, findings }) => [`FAILED ${item.id}: ${item.title}`, ...findings.map((line) => `    ${line}`)]),
  ].join('\n');
}
