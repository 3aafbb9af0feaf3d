import type { Executor, Text } from '../database/database.ts';
import { encodeValue } from './encode-value.ts';
import type { JsonObject, ResourceCase } from './resource-case.ts';
import { timesOf } from './seeded-row.ts';
import { startOf } from './state-steps.ts';

/** A row that is to be put into its table. */
export interface NewRow {
  readonly resource: ResourceCase;
  readonly id: string;
  readonly values: JsonObject;
  /** Says when it was made and changed; now, where it has none. */
  readonly index?: number;
}

/** Puts a row into a table, in the states where rows begin; `table` is quoted. */
export async function insertRow(on: Executor, table: string, { resource, id, values, index }: NewRow): Promise<void> {
  const times = index === undefined ? undefined : timesOf(index);
  const fields = resource.fields.filter(({ computed }) => !computed);
  const cells: readonly (readonly [column: string, value: Text])[] = [
    ['id', id],
    ...(times === undefined
      ? []
      : ([
          ['created_at', times.createdAt],
          ['updated_at', times.updatedAt],
        ] as const)),
    ...fields.map(
      (field) => [field.column, encodeValue(field, startOf(resource, field, values[field.key] ?? null))] as const,
    ),
  ];
  const names = cells.map(([column]) => `"${column}"`);
  const holes = cells.map((_, position) => `$${position + 1}`);
  const text = `insert into ${table} (${names.join(', ')}) overriding system value values (${holes.join(', ')})`;
  await on.query({ text, values: cells.map(([, value]) => value) });
}
