import {
  InsertQueryNode,
  sql,
  ValuesNode,
  ValueNode,
  type Expression,
  type Kysely,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type SqlBool,
  type UnknownRow,
} from 'kysely';
import type { Statement, Text } from '../database/database.ts';
import { COLUMNS, lockName, TRY_LOCK } from '../idempotency/key-table.ts';
import type { KeyedRequest } from '../idempotency/keyed-request.ts';
import { VERSION, type Column } from './columns.ts';
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

/** Turns an insert of values into one of the same values under a condition. */
class InsertWhere implements KyselyPlugin {
  readonly #condition: Expression<SqlBool>;

  constructor(condition: Expression<SqlBool>) {
    this.#condition = condition;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (!InsertQueryNode.is(node) || node.values === undefined || !ValuesNode.is(node.values)) throw noInsert();
    const [list, ...more] = node.values.values;
    if (list === undefined || more.length > 0) throw noInsert();
    const values = sql.join(list.values.map(asExpression));
    const select = sql`select ${values} where ${this.#condition}`;
    return { ...node, values: select.toOperationNode() };
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

/** Values stand in a list as they are, or as nodes where they are not all plain. */
function asExpression(value: unknown): Expression<unknown> {
  const node = isNode(value) ? value : ValueNode.create(value);
  return { expressionType: undefined, toOperationNode: () => node };
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function noInsert(): TypeError {
  return new TypeError('A statement that creates a row must insert the values of one.');
}
