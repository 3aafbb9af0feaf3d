import type { Compilable, Expression, Kysely, SqlBool } from 'kysely';
import type { Executor, Statement, Text } from '../database/database.ts';
import { encode, type Codec } from './codecs.ts';
import { columnsOf, type Column, type ColumnSpec } from './columns.ts';
import type { FilterColumn } from './filters.ts';
import { listStatements, type ListPage, type SortColumn } from './list-statements.ts';
import type { ListRequest } from './list-query.ts';
import { compileStatement, PreparedNames, statementBuilder, type CompiledStatement } from './statements.ts';
import { updateStatements, type Transitions, type UpdateParts } from './update-statements.ts';

/** What a list fills in for each request. */
export interface ListParts {
  readonly where: Expression<SqlBool>;
  readonly order: Expression<unknown>;
  readonly limit: Expression<number>;
}

/** What a conflict or a broken reference means to the caller, by the name of the constraint. */
export type ConstraintMeaning = readonly [kind: 'unique' | 'reference' | 'transition', ...keys: readonly string[]];

/** The SQL of one entity, as compiled text spells it: Kysely expressions with `param()` holes. */
export interface RepositoryDefinition<Schema> {
  /** SQL schema of the tables. */
  readonly schema: string;
  /** Columns of a response row, in its order. */
  readonly columns: readonly ColumnSpec[];
  /** Columns that are written and never read back. */
  readonly writeOnly?: readonly ColumnSpec[];
  readonly get: (db: Kysely<Schema>) => Compilable;
  readonly list: (db: Kysely<Schema>, parts: ListParts) => Compilable;
  readonly create: (db: Kysely<Schema>) => Compilable;
  readonly update: (db: Kysely<Schema>, parts: UpdateParts) => Compilable;
  readonly delete: (db: Kysely<Schema>, parts: { readonly guard: Expression<SqlBool> }) => Compilable;
  readonly filters: Readonly<Record<string, FilterColumn>>;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  /** State machines by key: which values may follow which. */
  readonly transitions?: Readonly<Record<string, Transitions>>;
  readonly constraints?: Readonly<Record<string, ConstraintMeaning>>;
}

/** A row as it comes from the database: its version, then the columns in their order. */
export type StoredRow = readonly Text[];

/** Versions that an `If-Match` accepts; `undefined` for any. */
export type Versions = readonly string[] | undefined;

/** A JSON body whose keys are those of the entity. */
export type Body = Readonly<Record<string, unknown>>;

/** The statements of one entity, compiled once at start. */
export interface Repository {
  readonly columns: readonly Column[];
  readonly transitions: Readonly<Record<string, Transitions>>;
  readonly constraints: Readonly<Record<string, ConstraintMeaning>>;
  get(on: Executor, id: string): Promise<StoredRow | undefined>;
  list(on: Executor, request: ListRequest, cursor: readonly Text[] | undefined): Promise<ListPage>;
  create(on: Executor, id: string, body: Body): Promise<StoredRow>;
  /** `undefined` when no row has the id, an accepted version and a state that the change may follow. */
  update(on: Executor, id: string, patch: Body, versions: Versions): Promise<StoredRow | undefined>;
  /** Whether a row with the id and an accepted version was there. */
  delete(on: Executor, id: string, versions: Versions): Promise<boolean>;
}

/** Most request shapes of one entity that are kept compiled, and that get a prepared statement's name. */
export const MAX_VARIANTS = 256;

/** Compiles the statements of an entity. */
export function repository<Schema>(definition: RepositoryDefinition<Schema>): Repository {
  const db = statementBuilder<Schema>(definition.schema);
  const names = new PreparedNames(MAX_VARIANTS);
  const columns = columnsOf(definition.columns);
  const codecs = new Map([...columns, ...columnsOf(definition.writeOnly ?? [])].map(({ key, codec }) => [key, codec]));
  const compiled = {
    get: compileStatement(definition.get(db), names),
    create: compileStatement(definition.create(db), names),
  };
  const lists = listStatements(definition, db, names, columns);
  const updates = updateStatements(definition, db, names, codecs);
  return {
    columns,
    transitions: definition.transitions ?? {},
    constraints: definition.constraints ?? {},
    get: async (on, id) => firstRow(on, compiled.get.bind({ id })),
    list: (on, request, cursor) => lists.page(on, request, cursor),
    create: async (on, id, body) => createRow(on, compiled.create, { ...encodeBody(codecs, body), id }),
    update: (on, id, patch, versions) => firstRow(on, updates.update(id, patch, versions)),
    delete: async (on, id, versions) => (await on.query(updates.delete(id, versions))).rowCount > 0,
  };
}

async function firstRow(on: Executor, statement: Statement): Promise<StoredRow | undefined> {
  return (await on.query(statement)).rows[0];
}

async function createRow(on: Executor, statement: CompiledStatement, values: Readonly<Record<string, Text>>): Promise<StoredRow> {
  const row = await firstRow(on, statement.bind(values));
  if (row === undefined) throw new TypeError('An insert returned no row.');
  return row;
}

function encodeBody(codecs: ReadonlyMap<string, Codec>, body: Body): Readonly<Record<string, Text>> {
  return Object.fromEntries([...codecs].map(([key, codec]) => [key, encode(codec, body[key])]));
}
