import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a compiled backend keeps what its processes read and write. */
export interface BackendFolder {
  /** The embedded database and the secret made for it. */
  readonly data: string;
  readonly migrations: string;
  readonly readOpenapi: () => string;
}

/** @param root URL of the backend's folder, ending with `/` */
export function backendFolder(root: URL): BackendFolder {
  const path = fileURLToPath(root);
  return {
    data: join(path, '.data'),
    migrations: join(path, 'migrations'),
    readOpenapi: () => readFileSync(join(path, 'app', 'docs', 'openapi.json'), 'utf8'),
  };
}
