import { readRecord, type MigrationRecord } from './migration-record.ts';

/** Everything of `migrations/` that `compile` takes: one entry per id found on disk, in any order. */
export interface History {
  readonly migrations: readonly MigrationOnDisk[];
}

/** The files of one migration. A missing text is a missing file. */
export interface MigrationOnDisk {
  /** `0001_create_leads_1a2b3c4d`: the name of its files, without their endings. */
  readonly id: string;
  readonly sql: string | undefined;
  readonly json: string | undefined;
  /** The way back, where nothing is lost by it. */
  readonly down?: string | undefined;
  /** In git's HEAD, ended by `migrate seal`, or the heir of one that was: never replaced. A draft is dropped unread. */
  readonly sealed: boolean;
}

/** A history without migrations. */
export const NO_HISTORY: History = { migrations: [] };

const ENDING = /^(\d{4,}_[a-z0-9_]+)\.(down\.sql|sql|json|seal)$/;

/** Groups the files of `migrations/` by migration; `isSealed` asks git, a `.seal` file says so without. Other names are skipped. */
export function historyFromFiles(
  files: ReadonlyMap<string, string>,
  isSealed: (id: string) => boolean = () => false,
): History {
  const ids = new Set([...files.keys()].flatMap((name) => migrationIdOf(name) ?? []));
  const migrations = [...ids].toSorted().map((id) => ({
    id,
    sql: files.get(`${id}.sql`),
    json: files.get(`${id}.json`),
    down: files.get(`${id}.down.sql`),
    sealed: files.has(`${id}.seal`) || isSealed(id) || replacedBy(files.get(`${id}.json`)).length > 0,
  }));
  return { migrations };
}

/** The id in a file name of `migrations/`; undefined for `snapshot.json` and what is none of ours. */
export function migrationIdOf(fileName: string): string | undefined {
  const match = ENDING.exec(fileName);
  return match?.[1];
}

/** Ids of migrations that are gone from the history for a reason: another stands for them, or a rebase left them out. */
export function replacedIds(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const left = [...files.keys()].flatMap((name) => /^(\d{4,}_[a-z0-9_]+)\.rebased$/.exec(name)?.[1] ?? []);
  const heirs = [...files].filter(([name]) => name.endsWith('.json') && migrationIdOf(name) !== undefined);
  return new Set([...left, ...heirs.flatMap(([, text]) => replacedBy(text))]);
}

/** What a rebase left out, as the files that it left instead keep it. */
export function leftOutRecords(files: ReadonlyMap<string, string>): readonly MigrationRecord[] {
  return [...files].flatMap(([name, text]) => {
    if (!name.endsWith('.rebased')) return [];
    const read = readRecord(text);
    return read.kind === 'record' ? [read.record] : [];
  });
}

function replacedBy(json = ''): readonly string[] {
  // Most have none, and need not be read for that.
  if (!json.includes('"replaces"')) return [];
  const read = readRecord(json);
  if (read.kind !== 'record' || read.record.replaces === undefined) return [];
  return [read.record.replaces, ...(read.record.alsoReplaces ?? [])];
}
