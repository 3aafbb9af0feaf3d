import { sql, type Kysely } from 'kysely';
import type { Statement } from '../database/database.ts';
import type { RepositoryDefinition } from './repository-definition.ts';
import { compileStatement, type PreparedNames } from './statements.ts';

/** What is sent before a delete, so that foreign keys between rows that go with each other are looked at once all are gone. */
export function lateHolds<Schema>(
  { schema, lateHolds: keys = [] }: RepositoryDefinition<Schema>,
  db: Kysely<Schema>,
  names: PreparedNames,
): readonly Statement[] {
  if (keys.length === 0) return [];
  const query = sql`set constraints ${sql.join(keys.map((key) => sql.id(schema, key)))} deferred`;
  return [compileStatement({ compile: () => query.compile(db) }, names).bind({})];
}
