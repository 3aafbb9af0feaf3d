import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { insertRow, type NewRow } from './insert-row.ts';
import type { ResourceCase } from './resource-case.ts';
import { CannotTell, RuleInTheWay } from './test.ts';
import type { Attempt } from './ways.ts';

/**
 * What the first of these rows comes to that no rule over other rows refuses. A row that brings others may be refused
 * for what those are, too.
 *
 * @throws RuleInTheWay when all are refused
 */
export async function firstTaken<T>(
  resource: ResourceCase,
  rows: Iterable<Attempt>,
  work: (row: Attempt) => Promise<T>,
): Promise<T> {
  const rules: string[] = [];
  for (const row of rows) {
    try {
      return await work(row);
    } catch (error) {
      const rule = farRuleOf(resource, error);
      const isOther = row.way.lists.length > 0 || row.way.links !== 'wished';
      const isRefused = error instanceof CannotTell || error instanceof DatabaseError;
      if (rule === undefined && !(isOther && isRefused)) throw error;
      rules.push(...(rule === undefined ? [] : [rule]));
    }
  }
  throw new RuleInTheWay(rules[0] ?? 'of its parts');
}

/** Code of the rule over other rows that has refused a row. */
function farRuleOf({ farRules = [] }: ResourceCase, error: unknown): string | undefined {
  if (!(error instanceof DatabaseError)) return undefined;
  return farRules.find(({ constraint }) => error.constraint === constraint)?.code;
}

/**
 * Inserts a row and what it brings, and takes all of it back.
 *
 * @throws what refused it; of a row that is alone only rules over other rows are asked, and uniques where rows of its
 * kind have come with others (`isCrowded`)
 */
export async function rehearse(
  database: Database,
  nameOf: (table: string) => string,
  row: NewRow,
  parts: readonly NewRow[],
  isCrowded: boolean,
): Promise<void> {
  const taken: unknown = await database
    .transaction(async (on) => {
      for (const one of [row, ...parts]) await insertRow(on, nameOf(one.resource.table), one);
      await on.query({ text: 'set constraints all immediate', values: [] });
      throw TAKEN_BACK;
    })
    .catch((error: unknown) => error);
  if (taken === TAKEN_BACK) return;
  if (farRuleOf(row.resource, taken) !== undefined || parts.length > 0) throw taken;
  if (isCrowded && taken instanceof DatabaseError && taken.kind === 'unique')
    throw new RuleInTheWay(`${row.resource.name} of uniques`);
}

const TAKEN_BACK = new Error('taken back');
