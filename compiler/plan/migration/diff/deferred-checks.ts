import type { DatabaseFunction, Trigger, TriggerEvent } from '../../database/database-schema.ts';
import { qualify } from '../../sql/sql-text.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import { isNarrower } from './diff-triggers.ts';
import type { Draft } from './draft.ts';
import { functionMeanwhile } from './late-functions.ts';
import { written, type Comparison, type TablePair } from './table-pair.ts';
import { countOfUnmet } from './unmet-rows.ts';

/**
 * Checks over other rows are asked of each row in which a column that they read is written: values that change take a
 * consent. One of an earlier compiler is asked of every row that is written.
 */
export function warnOfDeferredChecks(comparison: Comparison, pair: TablePair, draft: Draft): void {
  const columns = written(pair);
  if (columns.size === 0 || pair.live !== undefined) return;
  const table = pair.next.name;
  for (const trigger of pair.old.triggers.filter((item) => isAsked(meanwhile(pair, item), columns))) {
    const check = checkOf(comparison, pair, trigger);
    if (check === undefined) continue;
    const names = sqlNames(check.body.join('\n'));
    const column = [...columns].find((name) => names.has(name));
    const query = countOfUnmet(comparison, check);
    draft.warn({
      kind: 'MAY_FAIL_ON_DATA',
      object: check.name,
      ...(query !== undefined && { query }),
      ...(column !== undefined && { consents: [{ kind: 'validate', table, name: check.name, column }] }),
    });
  }
}

/** One that is asked of fewer rows from now on is so before any row is filled. */
function meanwhile({ next }: TablePair, trigger: Trigger): Trigger {
  const other = find(next.triggers, trigger.name);
  return other !== undefined && isNarrower(other, trigger) ? other : trigger;
}

function isAsked({ deferrable, events }: Trigger, columns: ReadonlySet<string>): boolean {
  const isOfThese = (event: TriggerEvent): boolean =>
    event.on === 'update' && (event.columns === undefined || event.columns.some((name) => columns.has(name)));
  return deferrable !== undefined && events.some(isOfThese);
}

/** How the function of a trigger asks the function that holds the check. */
const ASKS = /\bperform (?<check>\S+)\((?:new|concerned)\.id\)/;

/** The function that a trigger has look at a row, as it is meanwhile, where both stay. */
function checkOf(comparison: Comparison, { next }: TablePair, { name }: Trigger): DatabaseFunction | undefined {
  const { to } = comparison;
  const trigger = find(next.triggers, name);
  const body = trigger === undefined ? undefined : find(to.functions, trigger.function)?.body;
  const asked = body?.map((line) => ASKS.exec(line)?.groups?.['check']).find((found) => found !== undefined);
  const check = to.functions.find((item) => qualify(to.name, item.name) === asked);
  return check === undefined ? undefined : functionMeanwhile(comparison, check);
}
