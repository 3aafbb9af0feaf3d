import { byName } from '../../database/canonical-schema.ts';
import type { DatabaseFunction } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import type { Draft } from './draft.ts';
import { isReplacedLate, renamedBody } from './late-functions.ts';
import { sameFunction } from './same-object.ts';
import type { Comparison } from './table-pair.ts';
import { warnOfUnmetRows } from './unmet-rows.ts';

/** Functions that come, go and change. */
export function diffFunctions(comparison: Comparison, draft: Draft): void {
  const { from, to } = comparison;
  for (const item of byName(to.functions)) {
    const old = find(from.functions, item.name);
    if (old === undefined) {
      draft.add(isBoundNow(comparison, item) ? 'resume' : 'functions', { kind: 'createFunction', function: item });
      warnOfUnmetRows(comparison, item, draft);
    } else if (!sameFunction(old, item)) changeFunction(comparison, old, item, draft);
  }
  for (const { name } of byName(from.functions)) {
    if (find(to.functions, name) !== undefined) continue;
    draft.add('dropFunctions', { kind: 'dropFunction', name });
    const isCalled = from.tables.some(({ triggers }) => triggers.some((trigger) => trigger.function === name));
    if (!isCalled) draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: name });
  }
}

/** Bodies in SQL are checked when they are made, so that what they read must be there. */
function isBoundNow({ pairs, from, to }: Comparison, { language, body }: DatabaseFunction): boolean {
  if (language !== 'sql') return false;
  const names = sqlNames(body.join('\n'));
  const tables = to.tables.filter(({ name }) => find(from.tables, name) === undefined).map(({ name }) => name);
  return [...tables, ...pairs.flatMap(({ fresh }) => [...fresh])].some((name) => names.has(name));
}

function changeFunction(comparison: Comparison, old: DatabaseFunction, next: DatabaseFunction, draft: Draft): void {
  const isSameCall = old.parameters === next.parameters && old.returns === next.returns;
  if (isSameCall) {
    const phase = isReplacedLate(comparison, old, next) ? 'triggers' : 'resume';
    draft.add(phase, { kind: 'replaceFunction', function: next });
  } else {
    draft.add('suspend', { kind: 'dropFunction', name: old.name });
    draft.add('resume', { kind: 'createFunction', function: next });
  }
  if (sameFunction({ ...old, body: renamedBody(comparison, old) }, next)) return;
  if (!warnOfUnmetRows(comparison, next, draft)) draft.warn({ kind: 'BEHAVIOUR_CHANGE', object: next.name });
}
