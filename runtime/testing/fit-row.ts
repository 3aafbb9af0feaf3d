import { candidates, distinctCandidates, type Candidates } from './candidates.ts';
import type { FieldCase, JsonObject, ResourceCase, WishCase } from './resource-case.ts';
import { meetsCondition } from './row-checks.ts';

/** What a row is made for. */
interface Purpose {
  readonly isFrozen: boolean;
  /** The link that is to lead to it. */
  readonly by?: string | undefined;
}

/** What a row is to be, and the fields that decide whether it is. */
interface Goal {
  readonly keys: readonly string[];
  /** How bad it is not to be met. */
  readonly weight: number;
  readonly isMet: (row: JsonObject) => boolean;
}

/** A row that breaks a check is none; all else about it is a wish. */
const MUST = 1000;
/** What the row is made for. */
const MEANT = 100;
/** Rows that link to one that is not as their rules ask are none either. */
const ASKED = 2;

/**
 * The values, some of them replaced so that the row meets its checks and is not frozen, if that can be. Where a link is
 * to lead to it (`by`), it had better be as rules ask of rows that links lead to, and of that one above all.
 * Only values of `open` fields are replaced.
 */
export function fitToChecks(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  index: number,
  by?: string,
): JsonObject {
  return fit(resource, { isFrozen: false, by }, values, open, index);
}

/** The values, but frozen if that can be. */
export function fitToFrozen(
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
  index: number,
): JsonObject {
  return fit(resource, { isFrozen: true }, values, open, index);
}

function goalsOf(
  { checks = [], alone = [], wishes = [], frozen, frozenKeys = [] }: ResourceCase,
  { isFrozen, by }: Purpose,
): readonly Goal[] {
  const asked = by === undefined ? [] : wishes.map((wish) => goalOf(wish, wish.by === by ? MEANT : ASKED));
  const goals = [...checks.map((check) => goalOf(check, MUST)), ...alone.map((wish) => goalOf(wish, ASKED)), ...asked];
  if (frozen === undefined) return goals;
  const isMet = (row: JsonObject): boolean => meetsCondition(frozen, row) === isFrozen;
  return [...goals, { keys: frozenKeys, weight: isFrozen ? MEANT : 1, isMet }];
}

function goalOf({ keys, holds }: WishCase, weight: number): Goal {
  return { keys, weight, isMet: (row) => meetsCondition(holds, row) };
}

function fit(
  resource: ResourceCase,
  purpose: Purpose,
  values: JsonObject,
  open: readonly FieldCase[],
  index: number,
): JsonObject {
  const goals = goalsOf(resource, purpose);
  if (badness(goals, values) === 0) return values;
  const keys = [...new Set(goals.flatMap((goal) => goal.keys))];
  const turned = open.filter(({ key, computed, to, links }) => keys.includes(key) && !computed && !(to ?? links));
  const known = memoOf(resource);
  const mark = JSON.stringify([
    index,
    purpose,
    turned.map(({ key }) => key),
    [...keys, 'createdAt', 'updatedAt'].map((key) => values[key]),
  ]);
  const found = known.get(mark) ?? mend(resource, goals, values, turned, index);
  known.set(mark, found);
  return { ...values, ...found };
}

const MEMOS = new WeakMap<ResourceCase, Map<string, JsonObject>>();

/** What was found before, so that what cannot be is looked for once. */
function memoOf(resource: ResourceCase): Map<string, JsonObject> {
  const memo = MEMOS.get(resource) ?? new Map<string, JsonObject>();
  MEMOS.set(resource, memo);
  return memo;
}

function badness(goals: readonly Goal[], row: JsonObject): number {
  return goals.reduce((sum, { weight, isMet }) => sum + (isMet(row) ? 0 : weight), 0);
}

/** What to replace: by values that keep the rows of all indexes apart, if that does, else by any. Nothing where no row is found. */
function mend(
  resource: ResourceCase,
  goals: readonly Goal[],
  values: JsonObject,
  turned: readonly FieldCase[],
  index: number,
): JsonObject {
  const tries = [distinctCandidates, candidates].map(
    (from) => () => search(resource, goals, values, turned, index, from),
  );
  let best: Changed = { row: values, badness: badness(goals, values) };
  for (const attempt of tries) {
    const found = attempt();
    if (found.badness < best.badness) best = found;
    if (best.badness === 0) break;
  }
  if (best.badness >= MUST) return {};
  return Object.fromEntries(turned.map(({ key }) => [key, best.row[key] ?? null]));
}

interface Changed {
  readonly row: JsonObject;
  readonly badness: number;
}

/** Steps that may come no nearer before the search ends, and rows that each step goes on from. */
const PATIENCE = 3;
const MOST_ROWS = 24;

/** Replaces what unmet goals read, and goes on from the rows that come nearest. */
function search(
  resource: ResourceCase,
  goals: readonly Goal[],
  values: JsonObject,
  turned: readonly FieldCase[],
  index: number,
  candidatesOf: Candidates,
): Changed {
  const seen = new Set<string>();
  let best: Changed = { row: values, badness: badness(goals, values) };
  let rows: readonly Changed[] = [best];
  for (let idle = 0; idle < PATIENCE && best.badness > 0; idle += 1) {
    const next: Changed[] = [];
    for (const changed of rows.flatMap(({ row }) => neighbours(resource, goals, row, turned, index, candidatesOf))) {
      const mark = JSON.stringify(turned.map(({ key }) => changed[key]));
      if (seen.has(mark)) continue;
      seen.add(mark);
      next.push({ row: changed, badness: badness(goals, changed) });
    }
    rows = next.toSorted((one, other) => one.badness - other.badness).slice(0, MOST_ROWS);
    const [first] = rows;
    if (first === undefined) break;
    if (first.badness < best.badness) [best, idle] = [first, -1];
  }
  return best;
}

/** The row with each other value of each field that an unmet goal reads. */
function neighbours(
  resource: ResourceCase,
  goals: readonly Goal[],
  row: JsonObject,
  turned: readonly FieldCase[],
  index: number,
  candidatesOf: Candidates,
): readonly JsonObject[] {
  const unmet = new Set(goals.filter(({ isMet }) => !isMet(row)).flatMap(({ keys }) => keys));
  return turned
    .filter(({ key }) => unmet.has(key))
    .flatMap((field) => candidatesOf(resource, field, row, index).map((value) => ({ ...row, [field.key]: value })));
}
