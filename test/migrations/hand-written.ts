import { createHash } from 'node:crypto';
import type { Migration } from '../../runtime/migrations/migration.ts';

/** A migration of the schema `public` whose text is given, for what no plan makes yet. */
export function handWritten(
  id: string,
  parent: Pick<Migration, 'id'> | undefined,
  sql: string,
  more: Partial<Migration> = {},
): Migration {
  const sha256 = createHash('sha256').update(sql).digest('hex');
  return { id, parent: parent?.id, schema: 'public', sha256, sql, ...more };
}
