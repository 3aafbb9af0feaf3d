import { sql, type Kysely } from 'kysely';
import type { Statement } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import type { Column } from './columns.ts';
import type { OwnerSpec } from './owner-spec.ts';
import { MAX_VARIANTS, type Body, type RepositoryDefinition } from './repository-definition.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';
import { Variants } from './variants.ts';

/** Statements that hold the rows in whose lists rows are (by their ids), and will be (by bodies or patches). */
export type HoldOwners = (ids: readonly string[], bodies: readonly Body[]) => readonly Statement[];

/**
 * Holds the rows in whose lists rows are, and will be, before they are themselves held. Whoever writes one of a list waits
 * for its owner; where that writes the others of the list again, one that held its row while it waited would wait in a
 * circle, and so would two who write rows of the same lists in another order.
 * Of rows whose ids are not known, those that they will be in are held.
 */
export function heldOwners<Schema>(
  { schema, owners = [] }: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
  columns: readonly Column[],
): HoldOwners {
  const variants = new Variants<CompiledStatement>(MAX_VARIANTS);
  return (ids, bodies) =>
    owners.map((owner) => {
      const key = columns.find(({ column }) => column === owner.column)?.key ?? '';
      const named = bodies.flatMap((body) => (Object.hasOwn(body, key) ? body[key] : [])).flatMap(textOf);
      const statement = variants.get(`${owner.table} ${owner.column}`, () => {
        const query = holding(schema, owner);
        return compileStatement({ compile: () => query.compile(db) }, names);
      });
      return statement.bind({ ids: arrayLiteral(ids), named: arrayLiteral([...new Set(named)]) });
    });
}

/** Links are texts, whatever their kind. */
function textOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

function holding(schema: string, { table, of, column, many }: OwnerSpec) {
  const linked = sql.id('own', column);
  const now = sql`select ${many ? sql`unnest(${linked})` : linked} from ${sql.id(schema, of)} own where own.id = any(${param('ids')})`;
  return sql`select from ${sql.id(schema, table)} held where held.id in (${now}) or held.id = any(${param('named')}) order by held.id for no key update`;
}
