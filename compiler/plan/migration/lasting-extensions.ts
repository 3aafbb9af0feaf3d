import type { DatabaseSchema } from '../database/database-schema.ts';
import { find } from './named-list.ts';

/**
 * A schema with the extensions of another one too. A database has an extension once, for all that use it: so it stays
 * when the last of our objects that needs it goes, in either direction of a migration, and nobody is asked.
 */
export function withExtensionsOf(other: DatabaseSchema, schema: DatabaseSchema): DatabaseSchema {
  const lasting = other.extensions.filter(({ name }) => find(schema.extensions, name) === undefined);
  return lasting.length === 0 ? schema : { ...schema, extensions: [...schema.extensions, ...lasting] };
}
