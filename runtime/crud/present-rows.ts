import { sql, type Kysely } from 'kysely';
import type { Executor, Statement } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import { InPlaceOfId } from './in-place-of-id.ts';
import { IDS, manyIds } from './many-ids.ts';
import type { PatchParts } from './patch-parts.ts';
import { MAX_VARIANTS, type Body, type RepositoryDefinition } from './repository-definition.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** What is known of rows before a create: ids of those that are there, or were. */
export interface PresentRows {
  /** Those of the ids whose rows have every value of the body. */
  alike(on: Executor, ids: readonly string[], body: Body): Promise<readonly string[]>;
  /** Of rows whose field holds the id, at most `most`. */
  holding(on: Executor, key: string, id: string, most: number): Promise<readonly string[]>;
  /** Whether a deleted row of the id is kept. */
  isDeleted(on: Executor, id: string): Promise<boolean>;
}

/** The lookups of an entity, each compiled when first needed. */
export function presentRows<Schema>(
  { schema, columns, get, archive }: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  parts: PatchParts,
): PresentRows {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  const columnOf = new Map<string, string>(columns.map(([key, column]) => [key, column]));
  const compile = (query: ReturnType<typeof sql>): CompiledStatement =>
    compileStatement({ compile: () => query.compile(db) }, names);
  const compileAlike = (keys: readonly string[]): CompiledStatement => {
    const same = keys.map((key) => sql`${sql.ref(columnOf.get(key) ?? '')} is not distinct from ${param(key)}`);
    const rows = get(db.withPlugin(manyIds()));
    return compile(sql`select id from (${rows}) as present where ${sql.join([sql`true`, ...same], sql` and `)}`);
  };
  const compileHolding = (key: string): CompiledStatement => {
    const rows = get(db.withPlugin(new InPlaceOfId(sql.ref(columnOf.get(key) ?? ''), param('id'))));
    return compile(sql`select id from (${rows}) as present limit ${param('most')}`);
  };
  return {
    alike: (on, ids, body) => {
      const given = Object.keys(body).filter((key) => key !== 'id' && columnOf.has(key) && body[key] !== undefined);
      const keys = parts.sortedKeys(given);
      const statement = variants.get(`alike ${keys.join(' ')}`, () => compileAlike(keys));
      return idsIn(on, statement.bind({ ...parts.values(keys, body), [IDS]: arrayLiteral(ids) }));
    },
    holding: (on, key, id, most) => {
      const statement = variants.get(`holding ${key}`, () => compileHolding(key));
      return idsIn(on, statement.bind({ id, most: String(most) }));
    },
    isDeleted: async (on, id) => {
      if (archive === undefined) return false;
      const find = (): CompiledStatement =>
        compile(sql`select id from ${sql.id(schema, archive.archive)} where id = ${param('id')}`);
      return (await idsIn(on, variants.get('deleted', find).bind({ id }))).length > 0;
    },
  };
}

async function idsIn(on: Executor, statement: Statement): Promise<readonly string[]> {
  return (await on.query(statement)).rows.flatMap(([id]) => id ?? []);
}
