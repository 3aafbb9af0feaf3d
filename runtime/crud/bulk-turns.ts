import { assume } from '../assume.ts';
import type { Executor, Statement } from '../database/database.ts';
import type { Repository } from './repository.ts';
import type { Body } from './repository-definition.ts';

/**
 * Bulk requests go beside each other, but one that Postgres ended because it and another one waited for each other goes
 * alone when it is tried again: those that write the same rows in other orders would meet again and again.
 */
export async function takeTurn(on: Executor, schema: string, isAlone: boolean): Promise<void> {
  await on.query(
    isAlone ? statement('pg_advisory_xact_lock', schema) : statement('pg_advisory_xact_lock_shared', schema),
  );
}

function statement(lock: string, schema: string): Statement {
  return { text: `select ${lock}(hashtextextended('bulk ' || $1, 0))`, values: [schema] };
}

/** Holds, in one order, all rows in whose lists the rows of a request are and will be, and the parts that they bring. */
export async function holdLists(
  on: Executor,
  repository: Repository,
  ids: readonly string[],
  bodies: readonly Body[],
): Promise<void> {
  await repository.holdOwners(on, ids, bodies);
  for (const [key, part] of Object.entries(repository.parts)) {
    // The schema of the body has made them lists of bodies.
    const items = bodies.flatMap((body) => assume<readonly Body[] | undefined>(body[key]) ?? []);
    if (items.length > 0) await holdLists(on, part.repository(), [], items);
  }
}
