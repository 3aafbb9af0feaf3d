import { sql, type Kysely } from 'kysely';
import type { Executor, Text } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';

/** Where deleted rows of a table are kept, as compiled text declares it. */
export interface ArchiveSpec {
  readonly table: string;
  readonly archive: string;
  /** Columns that are kept, without those that the restore sets. */
  readonly columns: readonly string[];
  /** Values of required columns that are younger than a kept row, as SQL. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Links that come back empty where the row they led to is gone. */
  readonly emptied?: Readonly<Record<string, string>>;
  /** Lists of links that come back without those that lead to no row any more. */
  readonly unlinked?: Readonly<Record<string, string>>;
  /** Rows that were deleted because this one was: their column that holds the id, and where they are kept. */
  readonly below?: readonly (readonly [by: string, archive: () => ArchiveSpec])[];
}

/** Brings a deleted row back, with those that went with it; false where none of the id is kept. */
export type RestoreRow = (on: Executor, id: string) => Promise<boolean>;

interface Statements {
  readonly insert: CompiledStatement;
  readonly forget: CompiledStatement;
  readonly below: readonly (readonly [find: CompiledStatement, archive: ArchiveSpec])[];
}

/** Compiles the restores of an entity; those of rows below are compiled when first needed. */
export function restores<Schema>(
  schema: string,
  archive: ArchiveSpec | undefined,
  db: Kysely<Schema>,
  names: PreparedNames,
): RestoreRow {
  if (archive === undefined) return async () => false;
  const compiled = new Map<string, Statements>();
  const compile = (query: ReturnType<typeof sql>): CompiledStatement =>
    compileStatement({ compile: () => query.compile(db) }, names);
  const statementsOf = (spec: ArchiveSpec): Statements => {
    const known = compiled.get(spec.table) ?? {
      insert: compile(insertion(schema, spec)),
      forget: compile(
        sql`delete from ${sql.id(schema, spec.archive)} where id = any(${param('ids')}) returning deleted_at`,
      ),
      below: (spec.below ?? []).map(([by, of]) => [compile(rowsBelow(schema, by, of())), of()] as const),
    };
    compiled.set(spec.table, known);
    return known;
  };
  const restoreAll = async (on: Executor, spec: ArchiveSpec, ids: readonly string[]): Promise<number> => {
    const { insert, forget, below } = statementsOf(spec);
    const holes = { ids: arrayLiteral(ids) };
    const { rowCount } = await on.query(insert.bind(holes));
    const { rows } = await on.query(forget.bind(holes));
    const moment = rows[0]?.[0];
    if (moment === undefined) return rowCount;
    for (const [find, archiveBelow] of below) {
      const found = idsIn((await on.query(find.bind({ ...holes, moment }))).rows);
      if (found.length > 0) await restoreAll(on, archiveBelow, found);
    }
    return rowCount;
  };
  return async (on, id) => (await restoreAll(on, archive, [id])) > 0;
}

function idsIn(rows: readonly (readonly Text[])[]): readonly string[] {
  return rows.flatMap(([id]) => id ?? []);
}

/** The version goes on, so that no tag from before the delete fits. */
function insertion(schema: string, spec: ArchiveSpec) {
  const { table, archive, columns, defaults, emptied = {}, unlinked = {} } = spec;
  const values = columns.map((column) => {
    const list = Object.hasOwn(unlinked, column) ? unlinked[column] : undefined;
    if (list !== undefined) return idsThatAreThere(schema, column, list, list === table);
    const target = Object.hasOwn(emptied, column) ? emptied[column] : undefined;
    const fallback = Object.hasOwn(defaults, column) ? defaults[column] : undefined;
    if (fallback !== undefined) return sql`coalesce(${sql.id('kept', column)}, ${sql.raw(fallback)})`;
    if (target === undefined) return sql.id('kept', column);
    const isThere = sql`exists (select from ${sql.id(schema, target)} linked where linked.id = ${sql.id('kept', column)})`;
    // Those that come back by the same statement are there at its end.
    const isBack = target === table ? sql` or ${sql.id('kept', column)} = any(${param('ids')})` : sql``;
    return sql`case when ${isThere}${isBack} then ${sql.id('kept', column)} end`;
  });
  const names = sql.join([...columns, 'version'].map((column) => sql.id(column)));
  const source = sql`${sql.id(schema, archive)} kept where kept.id = any(${param('ids')})`;
  return sql`insert into ${sql.id(schema, table)} (${names}) overriding system value select ${sql.join(values)}, kept.version + 1 from ${source}`;
}

function idsThatAreThere(schema: string, column: string, target: string, isOwn: boolean) {
  const ids = sql`unnest(${sql.id('kept', column)}) with ordinality named(id, place)`;
  const isThere = sql`exists (select from ${sql.id(schema, target)} linked where linked.id = named.id)`;
  const isBack = isOwn ? sql` or named.id = any(${param('ids')})` : sql``;
  return sql`array(select named.id from ${ids} where ${isThere}${isBack} order by named.place)`;
}

/** Rows that were deleted in the same transaction. */
function rowsBelow(schema: string, by: string, { archive }: ArchiveSpec) {
  return sql`select id from ${sql.id(schema, archive)} where ${sql.id(by)} = any(${param('ids')}) and deleted_at = ${param('moment')}`;
}
