import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Statement, Text } from '../database/database.ts';
import { arrayLiteral, encode, type Codec } from './codecs.ts';
import { VERSION } from './columns.ts';
import {
  MAX_VARIANTS,
  type Body,
  type RepositoryDefinition,
  type Transitions,
  type UpdateParts,
  type Versions,
} from './repository-definition.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

export interface UpdateStatements {
  update(id: string, patch: Body, versions: Versions): Statement;
  delete(id: string, versions: Versions): Statement;
}

/** Updates and deletes of one entity, guarded in the statement itself; compiled once for each set of columns. */
export function updateStatements<Schema>(
  definition: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  codecs: ReadonlyMap<string, Codec>,
): UpdateStatements {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  const transitions = new Map(Object.entries(definition.transitions ?? {}));
  const columns = new Map(
    [...definition.columns, ...(definition.writeOnly ?? [])].map(([key, column]) => [key, column]),
  );
  const compileUpdate = (keys: readonly string[], versioned: boolean): CompiledStatement => {
    const kept = new Set(keys.map((key) => columns.get(key)));
    const parts: UpdateParts = {
      pick: (values) => pickColumns(values, kept),
      guard: guardOf(
        keys.flatMap((key) => statesGuard(key, transitions.get(key))),
        versioned,
      ),
    };
    return compileStatement(definition.update(db, parts), names);
  };
  return {
    update: (id, patch, versions) => {
      const keys = Object.keys(patch)
        .filter((key) => columns.has(key))
        .toSorted();
      const statement = variants.get(`update ${keys.join(' ')}${versions ? ' versioned' : ''}`, () =>
        compileUpdate(keys, versions !== undefined),
      );
      return statement.bind({ id, ...versionValues(versions), ...patchValues(keys, patch, codecs, transitions) });
    },
    delete: (id, versions) => {
      const statement = variants.get(`delete${versions ? ' versioned' : ''}`, () =>
        compileStatement(definition.delete(db, { guard: guardOf([], versions !== undefined) }), names),
      );
      return statement.bind({ id, ...versionValues(versions) });
    },
  };
}

function pickColumns<Values extends object>(values: Values, kept: ReadonlySet<string | undefined>): Partial<Values> {
  const picked: Partial<Values> = { ...values };
  for (const column of Object.keys(values)) if (!kept.has(column)) Reflect.deleteProperty(picked, column);
  return picked;
}

function guardOf(conditions: readonly Expression<SqlBool>[], versioned: boolean): Expression<SqlBool> {
  const version = versioned ? [sql<SqlBool>`${sql.ref(VERSION)} = any(${param('versions')})`] : [];
  const all = [...version, ...conditions];
  return all.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

function statesGuard(key: string, transitions: Transitions | undefined): readonly Expression<SqlBool>[] {
  if (transitions === undefined) return [];
  return [sql<SqlBool>`${sql.ref(transitions.column)} = any(${param(statesParameter(key))})`];
}

function statesParameter(key: string): string {
  return `states before ${key}`;
}

function versionValues(versions: Versions): Readonly<Record<string, Text>> {
  return versions === undefined ? {} : { versions: arrayLiteral(versions) };
}

function patchValues(
  keys: readonly string[],
  patch: Body,
  codecs: ReadonlyMap<string, Codec>,
  transitions: ReadonlyMap<string, Transitions>,
): Readonly<Record<string, Text>> {
  const values: Record<string, Text> = {};
  for (const key of keys) {
    const codec = codecs.get(key);
    if (codec !== undefined) values[key] = encode(codec, patch[key]);
    const machine = transitions.get(key);
    if (machine !== undefined) values[statesParameter(key)] = arrayLiteral(statesBefore(machine, String(patch[key])));
  }
  return values;
}

/** The states a value may follow, itself among them: setting the present value is no transition. */
export function statesBefore({ next }: Transitions, value: string): readonly string[] {
  const before = Object.entries(next)
    .filter(([, targets]) => targets.includes(value))
    .map(([state]) => state);
  return [...new Set([value, ...before])];
}
