import { sql, type Kysely } from 'kysely';
import type { Statement, Text } from '../database/database.ts';
import type { Column } from './columns.ts';
import type { OwnerSpec } from './owner-spec.ts';
import type { PatchParts } from './patch-parts.ts';
import { MAX_VARIANTS, type Body, type RepositoryDefinition } from './repository-definition.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/**
 * Holds the rows in whose lists a row is, and will be, before it is itself held. Whoever writes one of a list waits for
 * its owner; where that writes the others of the list again, one that held its row while it waited would wait in a circle.
 * Of a row whose id is not known, those that it will be in are held.
 */
export function heldOwners<Schema>(
  { schema, owners = [] }: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  columns: readonly Column[],
  parts: PatchParts,
): (id: Text, patch: Body) => readonly Statement[] {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  return (id, patch) =>
    owners.map((owner) => {
      const key = columns.find(({ column }) => column === owner.column)?.key ?? '';
      const keys = parts.sortedKeys(Object.keys(patch)).filter((patched) => patched === key);
      const name = `${owner.table} ${owner.column} ${keys.length}`;
      const statement = variants.get(name, () => {
        const query = holding(schema, owner, keys);
        return compileStatement({ compile: () => query.compile(db) }, names);
      });
      return statement.bind({ id, ...parts.values(keys, patch) });
    });
}

function holding(schema: string, { table, of, column, many }: OwnerSpec, keys: readonly string[]) {
  const linked = sql.id('own', column);
  const before = sql`held.id in (select ${many ? sql`unnest(${linked})` : linked} from ${sql.id(schema, of)} own where own.id = ${param('id')})`;
  const after = keys.map((key) => (many ? sql`held.id = any(${param(key)})` : sql`held.id = ${param(key)}`));
  return sql`select from ${sql.id(schema, table)} held where ${sql.join([before, ...after], sql` or `)} order by held.id for no key update`;
}
