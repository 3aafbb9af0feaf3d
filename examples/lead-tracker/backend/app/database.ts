// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

export type ArrayType<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S[], I[], U[]> : T[];

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export type Json = JsonValue;

export type JsonValue = boolean | number | string | null | JsonValue[] | { [key: string]: JsonValue | undefined };

export type LeadStatusValue =
  | 'new'
  | 'contacted'
  | 'qualified'
  | 'won'
  | 'lost';

/** Table accounts. */
export interface AccountTable {
  id: Generated<string>;
  name: string;
  website: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

/** Table leads. */
export interface LeadTable {
  id: Generated<string>;
  name: string;
  phone: string;
  sms_consent: Generated<boolean>;
  email: string | null;
  status: Generated<LeadStatusValue>;
  score: Generated<number>;
  budget: Numeric | null;
  tags: Generated<string[]>;
  notes: string | null;
  account_id: string | null;
  contacted_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

/** Table lead_notes. */
export interface LeadNoteTable {
  id: Generated<string>;
  lead_id: string;
  body: string;
  occurred_on: Timestamp | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

/** Tables of the schema, as Kysely sees them. */
export interface DB {
  accounts: AccountTable;
  leads: LeadTable;
  lead_notes: LeadNoteTable;
}
