import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationRefused } from './errors.ts';
import type { Migration } from './migration.ts';
import { orderMigrations } from './order-migrations.ts';

/** Version of the files' form that this runner knows. */
const FORMAT = 1;

/**
 * Reads all pairs of a `migrations/` folder, in the order of the parent chain.
 *
 * @throws MigrationRefused where a file is missing, damaged or edited, or the chain is broken; the system's error where the folder cannot be read
 */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder);
  const ids = new Set(names.flatMap((name) => /^(\d{4,}_[^.]+)\.(?:sql|json)$/.exec(name)?.[1] ?? []));
  return orderMigrations([...ids].toSorted().map((id) => readMigration(folder, id)));
}

function readMigration(folder: string, id: string): Migration {
  const sql = readText(folder, id, 'sql');
  const { downSha256, ...record } = parseRecord(id, readText(folder, id, 'json'));
  if (record.sha256 !== sha256(sql)) throw edited(id, 'sql');
  if (downSha256 === undefined || !existsSync(join(folder, `${id}.down.sql`))) return { ...record, sql };
  const down = readText(folder, id, 'down.sql');
  if (downSha256 !== sha256(down)) throw edited(id, 'down.sql');
  return { ...record, sql, down };
}

function edited(id: string, ending: string): MigrationRefused {
  return new MigrationRefused(
    'edited',
    id,
    `${id}.${ending} was edited: its SHA-256 is not the one that ${id}.json has; restore the file`,
  );
}

/** Nothing of that name, or a folder. */
const NO_FILE: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR']);

function readText(folder: string, id: string, ending: string): string {
  try {
    return readFileSync(join(folder, `${id}.${ending}`), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NO_FILE.has(String(error.code)))) throw error;
    throw new MigrationRefused(
      'damaged',
      id,
      `${id}.${ending} is missing from the migrations; restore it from version control`,
    );
  }
}

interface Parsed extends Omit<Migration, 'sql' | 'down'> {
  readonly downSha256: string | undefined;
}

function parseRecord(id: string, text: string): Parsed {
  const record = parseJson(text);
  if (record === undefined || record['id'] !== id) throw damaged(id);
  if (record['format'] !== FORMAT) {
    const found = String(record['format']);
    throw new MigrationRefused(
      'damaged',
      id,
      `${id}.json has the format ${found}; this runner knows ${FORMAT}; build again with the compiler that wrote it`,
    );
  }
  const { parent, schema, sha256: hash } = record;
  if (typeof schema !== 'string' || typeof hash !== 'string') throw damaged(id);
  if (parent !== null && typeof parent !== 'string') throw damaged(id);
  const older = [record['replaces'], record['alsoReplaces']].flat().filter((item) => typeof item === 'string');
  const replaces = older.length === 0 ? {} : { replaces: older };
  const downSha256 = typeof record['down'] === 'string' ? record['down'] : undefined;
  const lost = [record['lost'] ?? []].flat().filter((item) => typeof item === 'string');
  const losses = lost.length === 0 ? {} : { lost };
  return { id, parent: parent ?? undefined, schema, sha256: hash, ...replaces, ...losses, downSha256 };
}

function damaged(id: string): MigrationRefused {
  return new MigrationRefused(
    'damaged',
    id,
    `${id}.json cannot be read as a migration; restore it from version control`,
  );
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
