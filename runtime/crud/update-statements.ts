import type { Kysely } from 'kysely';
import type { Statement } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import { IDS, manyIds } from './many-ids.ts';
import { guardOf, versionGuard, versionValues, type PatchParts } from './patch-parts.ts';
import { MAX_VARIANTS, type Body, type RepositoryDefinition, type Versions } from './repository-definition.ts';
import { compileStatement, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

export interface UpdateStatements {
  update(id: string, patch: Body, versions: Versions): Statement;
  delete(id: string, versions: Versions): Statement;
  deleteMany(ids: readonly string[]): Statement;
}

/** Updates and deletes of one entity, guarded in the statement itself; compiled once for each set of columns. */
export function updateStatements<Schema>(
  definition: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  parts: PatchParts,
): UpdateStatements {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  const compileUpdate = (keys: readonly string[], versioned: boolean): CompiledStatement => {
    const guard = guardOf([...versionGuard(versioned), ...parts.states(keys)]);
    return compileStatement(definition.update(db, { pick: parts.pick(keys), guard }), names);
  };
  return {
    update: (id, patch, versions) => {
      const keys = parts.sortedKeys(Object.keys(patch));
      const statement = variants.get(`update ${keys.join(' ')}${versions ? ' versioned' : ''}`, () =>
        compileUpdate(keys, versions !== undefined),
      );
      return statement.bind({ id, ...versionValues(versions), ...parts.values(keys, patch) });
    },
    delete: (id, versions) => {
      const statement = variants.get(`delete${versions ? ' versioned' : ''}`, () =>
        compileStatement(definition.delete(db, { guard: guardOf(versionGuard(versions !== undefined)) }), names),
      );
      return statement.bind({ id, ...versionValues(versions) });
    },
    deleteMany: (ids) => {
      const statement = variants.get('delete many', () =>
        compileStatement(definition.delete(db.withPlugin(manyIds()), { guard: guardOf([]) }), names),
      );
      return statement.bind({ [IDS]: arrayLiteral(ids) });
    },
  };
}
