import { createHash } from 'node:crypto';

/** Name of a prepared statement: by its text, so that no two texts share one, and short, however long the names in it. */
export function preparedName(text: string): string {
  return `s_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
}
