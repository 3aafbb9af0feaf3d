import type { DatabaseFunction, Trigger } from './database-schema.ts';

/** Functions, and the triggers that call them with the table they stand on. */
export interface Guards {
  readonly functions: readonly DatabaseFunction[];
  readonly triggers: readonly { readonly table: string; readonly trigger: Trigger }[];
}
