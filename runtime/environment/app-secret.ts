import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { secretBytes } from './parsers.ts';
import type { Environment } from './environment-variables.ts';
import { EnvironmentError } from './read-environment.ts';

type SecretEnvironment = Pick<Environment, 'APP_ENV' | 'APP_SECRET' | 'DATABASE_URL'>;

/**
 * The secret of this app: `APP_SECRET`, or one made once into the data directory. Production on
 * Postgres has to name it, because there many processes share it and disks come and go; with the
 * embedded database the data directory is there as long as the data.
 *
 * @throws EnvironmentError
 */
export function appSecret(environment: SecretEnvironment, dataDirectory: string): Uint8Array {
  if (environment.APP_SECRET !== undefined) return environment.APP_SECRET;
  if (environment.APP_ENV === 'production' && environment.DATABASE_URL !== undefined) {
    throw new EnvironmentError([
      'APP_SECRET must be set in production with DATABASE_URL: 32 bytes; make some with: openssl rand -hex 32',
    ]);
  }
  return keptSecret(dataDirectory);
}

function keptSecret(dataDirectory: string): Uint8Array {
  const path = join(dataDirectory, 'secret');
  const kept = readText(path) ?? makeSecret(dataDirectory, path);
  try {
    return secretBytes(kept.trim());
  } catch {
    throw new EnvironmentError([
      `${path} must be 32 bytes in hexadecimal; remove it to have a new one made, or set APP_SECRET`,
    ]);
  }
}

/** Written aside and linked into place, which fails if another process was faster: then that one's counts. */
function makeSecret(dataDirectory: string, path: string): string {
  makeFolder(dataDirectory, 0o700);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (readText(path) === undefined) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
