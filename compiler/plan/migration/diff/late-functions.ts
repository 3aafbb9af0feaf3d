import type { DatabaseFunction, DatabaseSchema } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import { sameValue } from '../same-value.ts';
import { rebuiltEnums } from './rebuilt-enums.ts';
import { renameLiterals, renameWords } from './rename-words.ts';
import type { Comparison } from './table-pair.ts';

/**
 * Whether a function that changes is what it was until all rows are filled: one of a check over other rows, which
 * would else be asked of rows that were there before it. One that reads what changes on the way cannot stay so long.
 */
export function isReplacedLate(comparison: Comparison, old: DatabaseFunction, next: DatabaseFunction): boolean {
  const { from, to, pairs, intents } = comparison;
  const isSameCall = old.parameters === next.parameters && old.returns === next.returns;
  if (!isSameCall || (intents.leaving ?? []).length > 0 || !isOfCheck(to, next)) return false;
  if (readsRenamed(comparison, old)) return false;
  const names = sqlNames(old.body.join('\n'));
  const changed = [
    ...pairs.flatMap(({ retyped, replaced }) => [...retyped.keys(), ...replaced]),
    ...rebuiltEnums(from, to).map((pair) => pair.next.name),
  ];
  return !changed.some((name) => names.has(name));
}

/** Whether a function, or one that it calls, names what has another name now: Postgres writes no body again. */
export function readsRenamed(comparison: Comparison, item: DatabaseFunction): boolean {
  const names = sqlNames(item.body.join('\n'));
  const bodies = [item, ...comparison.from.functions.filter(({ name }) => names.has(name))];
  return bodies.some((one) => !sameValue(renamedBody(comparison, one), one.body));
}

/** The body of a function under the new names of what it reads. */
export function renamedBody({ words, renames }: Comparison, { body }: DatabaseFunction): readonly string[] {
  return body.map((line) => renameLiterals(renameWords(line, words), renames));
}

/** The function as it is while rows are filled. */
export function functionMeanwhile(comparison: Comparison, next: DatabaseFunction): DatabaseFunction {
  const old = find(comparison.from.functions, next.name);
  return old !== undefined && isReplacedLate(comparison, old, next) ? old : next;
}

/** Whether a trigger that waits for the end of the transaction runs it, or it is what such a one asks. */
function isOfCheck({ tables, functions }: DatabaseSchema, { name }: DatabaseFunction): boolean {
  const run = new Set(
    tables.flatMap(({ triggers }) => triggers.flatMap((item) => (item.deferrable === undefined ? [] : item.function))),
  );
  return run.has(name) || functions.some((item) => run.has(item.name) && sqlNames(item.body.join('\n')).has(name));
}
