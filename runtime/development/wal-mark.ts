import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A text that differs once an embedded database has committed a change: every commit writes to its log. */
export function readWalMark(data: string): string {
  const folder = join(data, 'postgres', 'pg_wal');
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const { mtimeNs, size } = statSync(join(folder, name), { bigint: true });
      return `${name} ${size} ${mtimeNs}`;
    })
    .join('\n');
}
