import { schemaState } from '../database/canonical-schema.ts';
import type { DatabaseSchema, Table } from '../database/database-schema.ts';
import { canonicalJson, canonicalObject, sha256 } from './canonical-json.ts';

/**
 * Identifies a schema, whatever the order of its columns. Schemas and tables are frozen data: what was read of one is
 * remembered, so that of a thousand tables only those that a change touches are read again.
 */
export function schemaHash(schema: DatabaseSchema): string {
  const known = HASHES.get(schema);
  if (known !== undefined) return known;
  const { tables, ...rest } = schemaState(schema);
  const members = Object.entries(rest).map(([key, value]) => [key, canonicalJson(value)] as const);
  const hash = sha256(canonicalObject([...members, ['tables', `[${tables.map(tableText).join(',')}]`]]));
  HASHES.set(schema, hash);
  return hash;
}

const HASHES = new WeakMap<DatabaseSchema, string>();

function tableText(table: Table): string {
  const known = TEXTS.get(table);
  if (known !== undefined) return known;
  const text = canonicalJson(table);
  TEXTS.set(table, text);
  return text;
}

const TEXTS = new WeakMap<Table, string>();
