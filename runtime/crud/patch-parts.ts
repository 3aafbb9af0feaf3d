import { sql, type Expression, type SqlBool } from 'kysely';
import type { Text } from '../database/database.ts';
import { arrayLiteral, encode, type Codec } from './codecs.ts';
import { VERSION } from './columns.ts';
import type { Body, RepositoryDefinition, Transitions, UpdateParts, Versions } from './repository-definition.ts';
import { param } from './statements.ts';

/** What the statements that change rows of one entity are made of. */
export interface PatchParts {
  /** Keys that are fields of the entity, in one order whatever the body's is. */
  sortedKeys(keys: readonly string[]): readonly string[];
  pick(keys: readonly string[]): UpdateParts['pick'];
  /** The states that a change of these fields may follow. */
  states(keys: readonly string[]): readonly Expression<SqlBool>[];
  /** For the holes of all of that. */
  values(keys: readonly string[], body: Body): Readonly<Record<string, Text>>;
}

/** Parts of the statements of an entity; `codecs` by key. */
export function patchParts<Schema>(
  definition: RepositoryDefinition<Schema>,
  codecs: ReadonlyMap<string, Codec>,
): PatchParts {
  const transitions = new Map(Object.entries(definition.transitions ?? {}));
  const columns = new Map(
    [...definition.columns, ...(definition.writeOnly ?? [])].map(([key, column]) => [key, column]),
  );
  return {
    sortedKeys: (keys) => keys.filter((key) => columns.has(key)).toSorted(),
    pick: (keys) => {
      const kept = new Set(keys.map((key) => columns.get(key)));
      return (values) => pickColumns(values, kept);
    },
    states: (keys) => keys.flatMap((key) => statesGuard(key, transitions.get(key))),
    values: (keys, body) => {
      const values: Record<string, Text> = {};
      for (const key of keys) {
        const codec = codecs.get(key);
        if (codec !== undefined) values[key] = encode(codec, body[key]);
        const machine = transitions.get(key);
        if (machine !== undefined)
          values[statesParameter(key)] = arrayLiteral(statesBefore(machine, String(body[key])));
      }
      return values;
    },
  };
}

function pickColumns<Values extends object>(values: Values, kept: ReadonlySet<string | undefined>): Partial<Values> {
  const picked: Partial<Values> = { ...values };
  for (const column of Object.keys(values)) if (!kept.has(column)) Reflect.deleteProperty(picked, column);
  return picked;
}

/** All of the conditions. */
export function guardOf(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** That the version is among those that are accepted, where there is such a condition. */
export function versionGuard(versioned: boolean): readonly Expression<SqlBool>[] {
  return versioned ? [sql<SqlBool>`${sql.ref(VERSION)} = any(${param('versions')})`] : [];
}

/** For the hole of `versionGuard`. */
export function versionValues(versions: Versions): Readonly<Record<string, Text>> {
  return versions === undefined ? {} : { versions: arrayLiteral(versions) };
}

function statesGuard(key: string, transitions: Transitions | undefined): readonly Expression<SqlBool>[] {
  if (transitions === undefined) return [];
  return [sql<SqlBool>`${sql.ref(transitions.column)} = any(${param(statesParameter(key))})`];
}

function statesParameter(key: string): string {
  return `states before ${key}`;
}

/** The states a value may follow, itself among them: setting the present value is no transition. */
export function statesBefore({ next }: Transitions, value: string): readonly string[] {
  const before = Object.entries(next)
    .filter(([, targets]) => targets.includes(value))
    .map(([state]) => state);
  return [...new Set([value, ...before])];
}
