/** The folder, inside the output, that a build writes to before anything is moved into place. */
export const STAGING_FOLDER = '.supercompile';

const SEGMENT = /^[^\\/:*?"<>|\u0000-\u001f\u007f]+$/;
const RESERVED = new Set(['.', '..', '.git', 'node_modules', '.data', STAGING_FOLDER]);

/** Whether a path stays inside the output folder and clear of what is not the compiler's. */
export function isOutputPath(path: string): boolean {
  return path.split('/').every((segment) => SEGMENT.test(segment) && !RESERVED.has(segment));
}

/** Whether a path is the user's: scaffolded if absent, never changed or deleted. */
export function isUserPath(path: string): boolean {
  return path.startsWith('custom/');
}

/** Whether a path is a file of a migration, by its name. */
export function isMigrationPath(path: string): boolean {
  return /^migrations\/\d{4,}_[^/]+\.(down\.sql|sql|json|seal|rebased)$/.test(path);
}
