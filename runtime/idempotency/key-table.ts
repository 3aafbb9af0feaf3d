import type { Executor, Statement, Text } from '../database/database.ts';
import { preparedName } from '../database/prepared-name.ts';
import type { KeyedRequest } from './keyed-request.ts';
import type { KeptResult } from './kept-result.ts';

/** Name of the table in the app's schema. */
const TABLE = 'supercompile_idempotency_keys';

/** Of the rule that a caller has each key once. */
export const KEY_CONSTRAINT = `${TABLE}_pkey`;

/** How long results are kept. */
const LIFETIME = `interval '24 hours'`;

/** Most expired rows that one sweep removes. */
const SWEEP = 200;

/** The statements over the table of kept results. */
export interface KeyTable {
  /** As SQL names it. */
  readonly name: string;
  /** Takes the key for this transaction; false when it is in use or its result is kept. */
  claim(on: Executor, request: KeyedRequest): Promise<boolean>;
  keep(on: Executor, request: KeyedRequest, result: KeptResult): Promise<void>;
  find(on: Executor, request: KeyedRequest): Promise<FoundResult | undefined>;
  /** Removes the result of a key, if it has expired. */
  forget(on: Executor, request: KeyedRequest): Promise<void>;
  /** Removes some results that have expired. */
  sweep(on: Executor): Promise<void>;
}

export interface FoundResult extends KeptResult {
  readonly fingerprint: string;
  readonly hasExpired: boolean;
}

/** @param schema SQL schema of the app's tables */
export function keyTable(schema: string): KeyTable {
  const name = `"${schema.replaceAll('"', '""')}".${TABLE}`;
  const own = `${name} where caller = $1 and key = $2`;
  const expired = `created_at <= now() - ${LIFETIME}`;
  const lock = statement(`select ${TRY_LOCK.join('$1')}`);
  const look = statement(`select 1 from ${own}`);
  const find = statement(`select fingerprint, status, headers, columns, body, ${expired} from ${own}`);
  const keep = statement(`insert into ${name} (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)`);
  const forget = statement(`delete from ${own} and ${expired}`);
  const sweep = statement(
    `delete from ${name} where (caller, key) in (select caller, key from ${name} where ${expired} order by created_at limit ${SWEEP} for update skip locked)`,
  );
  return {
    name,
    claim: async (on, { caller, key }) => {
      // The look comes after the lock and so sees what its last holder has kept.
      const [locked, kept] = await on.batch([lock(lockName(name, caller, key)), look(caller, key)]);
      return locked?.rows[0]?.[0] === 't' && kept?.rows.length === 0;
    },
    keep: async (on, { caller, key, fingerprint }, { status, headers, columns, body }) => {
      await on.query(keep(caller, key, fingerprint, String(status), JSON.stringify(headers), columns, body));
    },
    find: async (on, { caller, key }) => foundResult((await on.query(find(caller, key))).rows[0]),
    forget: async (on, { caller, key }) => {
      await on.query(forget(caller, key));
    },
    sweep: async (on) => {
      await on.query(sweep());
    },
  };
}

function statement(text: string): (...values: readonly Text[]) => Statement {
  const name = preparedName(text);
  return (...values) => ({ name, text, values });
}

/** Columns that a result is kept in, in the order of `keep`. */
export const COLUMNS = 'caller, key, fingerprint, status, headers, columns, body';

/**
 * Tries to take the lock of a key until the transaction ends; its name comes between the two. It does not wait: two
 * requests with one key are not queued.
 */
export const TRY_LOCK = ['pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended(', ', 0))'] as const;

/** What the lock of a key is called, among all locks of the database. */
export function lockName(table: string, caller: string, key: string): string {
  return JSON.stringify([table, caller, key]);
}

function foundResult(row: readonly Text[] | undefined): FoundResult | undefined {
  if (row === undefined) return undefined;
  const [fingerprint, status, headers, columns, body, hasExpired] = row;
  return {
    fingerprint: fingerprint ?? '',
    status: Number(status),
    headers: JSON.parse(headers ?? '{}'),
    columns: columns ?? null,
    body: body ?? '',
    hasExpired: hasExpired === 't',
  };
}
