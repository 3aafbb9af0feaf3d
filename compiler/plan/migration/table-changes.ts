import type { Operation } from './operations.ts';
import type { SchemaRefusal } from './schema-refusal.ts';

/** Operations on tables by phase. */
export interface TableChanges {
  /** Each new table with its indexes and triggers. */
  readonly created: readonly Operation[];
  readonly columns: readonly Operation[];
  readonly constraints: readonly Operation[];
  readonly triggers: readonly Operation[];
  /** Indexes on tables that may hold rows. */
  readonly built: readonly Operation[];
  /** Unique indexes that become constraints. */
  readonly swapped: readonly Operation[];
  readonly validated: readonly Operation[];
  readonly dropped: readonly Operation[];
  readonly refusals: readonly SchemaRefusal[];
}
