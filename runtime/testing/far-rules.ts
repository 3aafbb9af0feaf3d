import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import { encodeValue } from './encode-value.ts';
import type { FieldCase, JsonObject, ResourceCase } from './resource-case.ts';
import { variants } from './row-checks.ts';
import { RuleInTheWay } from './test.ts';

/**
 * What the first of these rows comes to that no rule over other rows refuses.
 *
 * @throws RuleInTheWay when all are refused
 */
export async function firstTaken<T>(
  { farRules = [] }: ResourceCase,
  rows: Iterable<JsonObject>,
  work: (row: JsonObject) => Promise<T>,
): Promise<T> {
  let rule = '';
  for (const row of rows) {
    try {
      return await work(row);
    } catch (error) {
      const known = farRules.find(({ constraint }) => isRefusedBy(error, constraint));
      if (known === undefined) throw error;
      rule = known.code;
    }
  }
  throw new RuleInTheWay(rule);
}

/** The values of a row to create, or others like them that rules over other rows allow. */
export async function takenBody(
  database: Database,
  table: string,
  resource: ResourceCase,
  values: JsonObject,
  open: readonly FieldCase[],
): Promise<JsonObject> {
  if (resource.farRules === undefined) return values;
  return firstTaken(resource, variants(resource, values, open), async (row) => {
    await rehearse(database, table, resource, row);
    return row;
  });
}

/** Inserts a row and takes it back; only rules over other rows are asked. */
async function rehearse(database: Database, table: string, resource: ResourceCase, values: JsonObject): Promise<void> {
  const fields = resource.fields.filter(({ computed }) => !computed);
  const columns = fields.map(({ column }) => `"${column}"`);
  const holes = fields.map((_, position) => `$${position + 1}`);
  const texts = fields.map((field) => encodeValue(field, values[field.key] ?? null));
  const text = `insert into ${table} (${columns.join(', ')}) values (${holes.join(', ')})`;
  const taken: unknown = await database
    .transaction(async (on) => {
      await on.query({ text, values: texts });
      await on.query({ text: 'set constraints all immediate', values: [] });
      throw TAKEN_BACK;
    })
    .catch((error: unknown) => error);
  if ((resource.farRules ?? []).some(({ constraint }) => isRefusedBy(taken, constraint))) throw taken;
}

const TAKEN_BACK = new Error('taken back');

function isRefusedBy(error: unknown, constraint: string): boolean {
  return error instanceof DatabaseError && error.constraint === constraint;
}
