import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a compiled backend keeps what its processes read and write. */
export interface BackendFolder {
  /** The embedded database and the secret made for it. */
  readonly data: string;
  readonly migrations: string;
  readonly readOpenapi: () => string;
}

/**
 * @param root URL of the backend's folder, ending with `/`
 * @param data `DATA_DIR`, absolute or relative to the backend's folder
 */
export function backendFolder(root: URL, data: string): BackendFolder {
  const path = fileURLToPath(root);
  return {
    data: resolve(path, data),
    migrations: join(path, 'migrations'),
    readOpenapi: () => readFileSync(join(path, 'app', 'docs', 'openapi.json'), 'utf8'),
  };
}
