import { derivedName } from '../../model/naming.ts';
import type { Table } from './database-schema.ts';

/** Where the results of requests with an `Idempotency-Key` are kept; the runtime knows it by this name and these columns. */
export const IDEMPOTENCY_TABLE = 'supercompile_idempotency_keys';

const TEXT = { name: 'text' } as const;

/** Keys are compared byte by byte, and found by their caller; the time is for those that have expired. */
export function idempotencyTable(): Table {
  return {
    name: IDEMPOTENCY_TABLE,
    columns: [
      { name: 'caller', type: TEXT, notNull: true, collation: 'C' },
      { name: 'key', type: TEXT, notNull: true, collation: 'C' },
      { name: 'fingerprint', type: { name: 'bytea' }, notNull: true },
      { name: 'status', type: { name: 'integer' }, notNull: true },
      { name: 'headers', type: TEXT, notNull: true },
      { name: 'columns', type: TEXT, notNull: false },
      { name: 'body', type: TEXT, notNull: true },
      { name: 'created_at', type: { name: 'timestamp with time zone' }, notNull: true, default: 'now()' },
    ],
    constraints: [
      { kind: 'primaryKey', name: derivedName(IDEMPOTENCY_TABLE, [], 'pkey'), columns: ['caller', 'key'] },
      {
        kind: 'check',
        name: derivedName(IDEMPOTENCY_TABLE, ['key'], 'max_length'),
        columns: ['key'],
        expression: 'char_length(key) <= 255',
      },
    ],
    indexes: [{ name: derivedName(IDEMPOTENCY_TABLE, ['created_at'], 'idx'), keys: [{ column: 'created_at' }] }],
    triggers: [],
    policies: [],
    internal: true,
  };
}
