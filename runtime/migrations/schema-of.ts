import { MigrationRefused } from './errors.ts';
import type { Migration } from './migration.ts';

/**
 * The one schema that migrations are of.
 *
 * @throws MigrationRefused where they are of several
 */
export function schemaOf(migrations: readonly Migration[]): string {
  const schema = migrations[0]?.schema ?? 'public';
  const other = migrations.find((migration) => migration.schema !== schema);
  if (other === undefined) return schema;
  throw new MigrationRefused(
    'damaged',
    other.id,
    `${other.id} is of the schema ${other.schema}, not of ${schema}; restore it from version control`,
  );
}
