import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Executor, Statement, Text } from '../database/database.ts';
import { InPlaceOfId } from './in-place-of-id.ts';
import { InsertWhere } from './insert-where.ts';
import { LockedRow } from './locked-row.ts';
import { guardOf, versionGuard, versionValues, type PatchParts } from './patch-parts.ts';
import {
  MAX_VARIANTS,
  type Body,
  type RepositoryDefinition,
  type StoredRow,
  type Versions,
} from './repository-definition.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import type { KeyColumn, UpsertSpec } from './upsert-spec.ts';
import { Variants } from './variants.ts';

/** What a caller expects of the row: that there is none, that there is one (of some version), or nothing. */
export type Expected =
  { readonly kind: 'any' } | { readonly kind: 'new' } | { readonly kind: 'present'; readonly versions: Versions };

/** A body, and which of its keys the request has: defaults are for new rows alone. */
export interface UpsertRequest {
  readonly body: Body;
  readonly given: readonly string[];
  readonly expected: Expected;
}

export interface UpsertedRow {
  readonly row: StoredRow;
  readonly isNew: boolean;
}

export interface Upserts {
  /** The row that has the key of the body, held until the transaction ends if it is `locked`. */
  find(on: Executor, body: Body, locked: boolean): Promise<StoredRow | undefined>;
  /** What the request changes of a row that is there. */
  patchOf(request: Omit<UpsertRequest, 'expected'>): Body;
  /** Keys of fields that never change, and for which the request has another value than the row. */
  otherwise(on: Executor, request: UpsertRequest): Promise<readonly string[]>;
  /**
   * Changes the row or creates it, in one statement, and looks at it after that where rows are recomputed; `undefined` where a condition stands against it, or another
   * request was faster.
   *
   * @param values for the holes of a create, the new id among them
   */
  write(
    on: Executor,
    request: UpsertRequest,
    values: Readonly<Record<string, Text>>,
    holds: readonly Statement[],
  ): Promise<UpsertedRow | undefined>;
}

/**
 * The statements of upserts. What is there is updated as any update would, and else inserted as any create would, so
 * that rules see the row that will be: `on conflict do update` would first hold the row that is never inserted to them.
 */
export function upsertStatements<Schema>(
  definition: RepositoryDefinition<Schema>,
  { by, fixed }: UpsertSpec,
  db: Kysely<Schema>,
  names: PreparedNames,
  parts: PatchParts,
): Upserts {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  const compared = sql.join(Object.values(by).map(({ column, lower }) => fold(sql.ref(column), lower)));
  const wanted = sql.join(Object.entries(by).map(([key, { lower }]) => fold(param(key), lower)));
  const byKey = db.withPlugin(new InPlaceOfId(sql`(${compared})`, sql`(${wanted})`));
  const find = (): CompiledStatement => compileStatement(definition.get(byKey), names);
  const lock = (): CompiledStatement => compileStatement(definition.get(byKey.withPlugin(new LockedRow())), names);

  const stays = (key: string): boolean =>
    Object.hasOwn(fixed, key) || Object.entries(by).some(([name, part]) => name === key && staysInKey(part));
  const changedKeys = (given: readonly string[]): readonly string[] =>
    parts.sortedKeys(given).filter((key) => !stays(key));
  const fixedKeys = (given: readonly string[]): readonly string[] =>
    parts.sortedKeys(given).filter((key) => Object.hasOwn(fixed, key));

  const change = (given: readonly string[], versioned: boolean): Expression<unknown> => {
    const keys = changedKeys(given);
    const same = fixedKeys(given).map((key) => isUnchanged(fixed[key]?.column ?? '', key));
    const guard = guardOf([...versionGuard(versioned), ...parts.states(keys), ...same]);
    if (keys.length === 0) return sql`select * from (${definition.get(byKey)}) as present where ${guard}`;
    return sql`${definition.update(byKey, { pick: parts.pick(keys), guard })}`;
  };
  const make = (): Expression<unknown> => {
    const isMissing = sql<SqlBool>`not exists (${definition.get(byKey)})`;
    return sql`${definition.create(db.withPlugin(new InsertWhere(isMissing, compared)))}`;
  };
  const compileWrite = (given: readonly string[], expected: Expected): CompiledStatement => {
    const steps = {
      ...(expected.kind !== 'new' && {
        changed: change(given, expected.kind === 'present' && expected.versions !== undefined),
      }),
      ...(expected.kind !== 'present' && { made: make() }),
    };
    const heads = Object.entries(steps).map(([name, step]) => sql`${sql.ref(name)} as (${step})`);
    const tails = Object.keys(steps).map((name) => sql`select *, ${sql.lit(name)} from ${sql.ref(name)}`);
    const whole = sql`with ${sql.join(heads)} ${sql.join(tails, sql` union all `)}`;
    return compileStatement({ compile: () => whole.compile(db) }, names);
  };
  const compileOtherwise = (keys: readonly string[]): CompiledStatement => {
    const columns = keys.map((key) => isUnchanged(fixed[key]?.column ?? '', key));
    const look = sql`select ${sql.join(columns)} from (${definition.get(byKey)}) as present`;
    return compileStatement({ compile: () => look.compile(db) }, names);
  };
  const keyValues = (body: Body): Readonly<Record<string, Text>> => parts.values(Object.keys(by), body);

  return {
    find: async (on, body, locked) => {
      const statement = locked ? variants.get('lock', lock) : variants.get('find', find);
      return (await on.query(statement.bind(keyValues(body)))).rows[0];
    },
    patchOf: ({ body, given }) => Object.fromEntries(changedKeys(given).map((key) => [key, body[key]])),
    otherwise: async (on, { body, given }) => {
      const keys = fixedKeys(given);
      if (keys.length === 0) return [];
      const statement = variants.get(`otherwise ${keys.join(' ')}`, () => compileOtherwise(keys));
      const values = { ...keyValues(body), ...parts.values(keys, body) };
      const [row] = (await on.query(statement.bind(values))).rows;
      return row === undefined ? [] : keys.filter((_, index) => row[index] !== 't');
    },
    write: async (on, { body, given, expected }, values, holds) => {
      const keys = parts.sortedKeys(given);
      const versions = expected.kind === 'present' ? expected.versions : undefined;
      const name = `write ${expected.kind}${versions ? ' versioned' : ''} ${keys.join(' ')}`;
      const statement = variants.get(name, () => compileWrite(keys, expected));
      const holes = { ...values, ...keyValues(body), ...parts.values(keys, body), ...versionValues(versions) };
      const look = definition.recomputed && variants.get('find', find).bind(keyValues(body));
      const results = await on.batch([...holds, statement.bind(holes), ...(look ? [look] : [])]);
      const [written, seen] = results.slice(holds.length);
      const [row] = written?.rows ?? [];
      return row && { row: seen?.rows[0] ?? row.slice(0, -1), isNew: row.at(-1) === 'made' };
    },
  };
}

/** What is compared in any case of letters may be spelled anew; the rest of a key is what it is. */
function staysInKey({ lower, fixed }: KeyColumn): boolean {
  return !lower || fixed === true;
}

/** As the unique rule compares it. */
function fold(value: Expression<unknown>, lower: boolean | undefined): Expression<unknown> {
  return lower ? sql`lower(${value})` : value;
}

function isUnchanged(column: string, key: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} is not distinct from ${param(key)}`;
}
