import { sql } from 'kysely';
import { InPlaceOfId } from './in-place-of-id.ts';
import { param } from './statements.ts';

/** Name of the hole for the ids, as an array. */
export const IDS = 'ids';

/** Turns the statement that reads one row into the one that reads several. */
export function manyIds(): InPlaceOfId {
  return new InPlaceOfId(sql.ref('id'), sql`any(${param(IDS)})`);
}
