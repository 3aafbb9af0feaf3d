import type { JsonObject, ResourceCase } from './resource-case.ts';

/** A row that was put into the database by SQL, past the code under test. */
export interface SeededRow {
  readonly id: string;
  readonly index: number;
  /** By key, write-only fields too. */
  readonly values: JsonObject;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: string;
}

/** All that a condition may read of a row. */
export function wholeRow({ id, createdAt, updatedAt, values }: SeededRow): JsonObject {
  return { id, createdAt, updatedAt, ...values };
}

/** A row and the one that it points to. */
export interface SeededChild extends SeededRow {
  readonly parentId: string;
}

const EPOCH = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** When the row of an index was made and changed: no two orders of rows are the same. */
export function timesOf(index: number): Pick<SeededRow, 'createdAt' | 'updatedAt'> {
  return {
    createdAt: new Date(EPOCH + index * HOUR).toISOString(),
    updatedAt: new Date(EPOCH + YEAR - index * HOUR).toISOString(),
  };
}

/** The row of an index among all rows. */
export function keyOf({ name }: ResourceCase, index: number): string {
  return `${name} ${index}`;
}
