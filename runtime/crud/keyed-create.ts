import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Statement, Text } from '../database/database.ts';
import { COLUMNS, lockName, TRY_LOCK } from '../idempotency/key-table.ts';
import type { KeyedRequest } from '../idempotency/keyed-request.ts';
import { VERSION, type Column } from './columns.ts';
import { InsertWhere } from './insert-where.ts';
import type { RepositoryDefinition } from './repository-definition.ts';
import { compileStatement, param, type PreparedNames } from './statements.ts';

/** The two statements of a create with a key, to be sent together: there are a row and its kept result, or neither. */
export interface KeyedCreate {
  /** @param values of the row; @param kept what is kept beside it */
  bind(request: KeyedRequest, values: Readonly<Record<string, Text>>, kept: KeptBeside): readonly Statement[];
}

/** What is known of the result before there is a row. */
export interface KeptBeside {
  readonly status: number;
  readonly headers: string;
  /** How the row is written. */
  readonly columns: string;
}

/**
 * Inserts a row if its key is free, and keeps the row as the result. Both in one round trip, since the row is kept
 * as the database has it and not as it is answered.
 *
 * @param table of the kept results, as SQL names it
 */
export function keyedCreate<Schema>(
  { create, get }: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  columns: readonly Column[],
  table: string,
): KeyedCreate {
  const insert = compileStatement(create(db.withPlugin(new InsertWhere(isFree(table)))), names);
  const cells = [VERSION, ...columns.map(({ column }) => column)].map((column) => sql`${sql.ref(column)}::text`);
  const beside = sql.join(BESIDE.map((name) => param(holeOf(name))));
  const row = sql`array[${sql.join(cells)}]::text`;
  const keep = sql`insert into ${sql.raw(table)} (${sql.raw(COLUMNS)}) select ${beside}, ${row} from (${get(db)}) as kept`;
  const keepRow = compileStatement({ compile: () => keep.compile(db) }, names);
  return {
    bind: (request, values, kept) => {
      const lock = lockName(table, request.caller, request.key);
      const holes = { ...request, ...kept, status: String(kept.status), lock };
      const all = {
        ...values,
        ...Object.fromEntries(Object.entries(holes).map(([name, value]) => [holeOf(name), value])),
      };
      return [insert.bind(all), keepRow.bind(all)];
    },
  };
}

/** What is kept before the row, in the order of `COLUMNS`. */
const BESIDE = ['caller', 'key', 'fingerprint', 'status', 'headers', 'columns'] as const;

/** A field may be called `status` too; its hole has no space in its name. */
function holeOf(name: string): string {
  return `kept ${name}`;
}

function isFree(table: string): Expression<SqlBool> {
  const [before, after] = TRY_LOCK;
  const lock = sql`${sql.raw(before)}${param(holeOf('lock'))}${sql.raw(after)}`;
  const own = sql`caller = ${param(holeOf('caller'))} and key = ${param(holeOf('key'))}`;
  return sql<SqlBool>`${lock} and not exists (select from ${sql.raw(table)} where ${own})`;
}
