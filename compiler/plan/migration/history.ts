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
  /** In git's HEAD, or ended by `migrate seal`: never replaced. A draft is dropped unread. */
  readonly sealed: boolean;
}

/** A history without migrations. */
export const NO_HISTORY: History = { migrations: [] };

const ENDING = /^(\d{4,}_[a-z0-9_]+)\.(sql|json|seal)$/;

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
    sealed: files.has(`${id}.seal`) || isSealed(id),
  }));
  return { migrations };
}

/** The id in a file name of `migrations/`; undefined for `snapshot.json` and what is none of ours. */
export function migrationIdOf(fileName: string): string | undefined {
  const match = ENDING.exec(fileName);
  return match?.[1];
}
