import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  ValueNode,
  type Compilable,
  type Expression,
  type OperationNode,
} from 'kysely';
import type { Statement, Text } from '../database/database.ts';
import { preparedName } from '../database/prepared-name.ts';

/** A hole of a statement, filled by name for each request. */
class Parameter implements Expression<never> {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Expressions carry their type here; nothing reads it. */
  get expressionType(): undefined {
    return undefined;
  }

  toOperationNode(): OperationNode {
    return ValueNode.create(this);
  }
}

/** A named hole in a Kysely expression, fit for any column: it becomes `$1`, `$2`... when the statement is compiled. */
export function param(name: string): Expression<never> {
  return new Parameter(name);
}

/** A value that a request may leave out: what the database then works out. */
export function preset(key: string, expression: string): Expression<never> {
  return sql<never>`case when ${param(givenParameter(key))} then ${param(key)} else ${sql.raw(expression)} end`;
}

/** Name of the hole that says whether a request gives a value. */
export function givenParameter(key: string): string {
  return `given ${key}`;
}

/** Whether a value of a compiled expression is the hole of that name. */
export function isParam(value: unknown, name: string): boolean {
  return value instanceof Parameter && value.name === name;
}

/** A Kysely that builds and never runs: statements are compiled once and run by the runtime's own interface. */
export function statementBuilder<Schema>(schemaName: string): Kysely<Schema> {
  const kysely = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return kysely.withSchema(schemaName);
}

/** A statement compiled once; bound per request. */
export interface CompiledStatement {
  readonly text: string;
  bind(values: Readonly<Record<string, Text>>): Statement;
}

/**
 * Names of prepared statements. Only the first `limit` texts get one: a server keeps a prepared statement as long
 * as the connection lives, and clients choose the shapes.
 */
export class PreparedNames {
  readonly #limit: number;
  readonly #names = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  nameOf(sql: string): string | undefined {
    const name = preparedName(sql);
    if (this.#names.has(name)) return name;
    if (this.#names.size >= this.#limit) return undefined;
    this.#names.add(name);
    return name;
  }
}

/**
 * Compiles a Kysely expression whose only values are `param()` holes.
 * @throws TypeError for a value that is no hole: such a value would be frozen into every request.
 */
export function compileStatement(query: Compilable, names: PreparedNames): CompiledStatement {
  const { sql, parameters } = query.compile();
  const holes = parameters.map((parameter) => {
    if (!(parameter instanceof Parameter))
      throw new TypeError(`A compiled statement holds a value that is no parameter: ${sql}`);
    return String(parameter.name);
  });
  const name = names.nameOf(sql);
  return {
    text: sql,
    bind: (values) => ({
      ...(name !== undefined && { name }),
      text: sql,
      values: holes.map((hole) => valueOf(values, hole)),
    }),
  };
}

function valueOf(values: Readonly<Record<string, Text>>, hole: string): Text {
  const value = values[hole];
  if (value === undefined) throw new TypeError(`No value for the parameter "${hole}".`);
  return value;
}
