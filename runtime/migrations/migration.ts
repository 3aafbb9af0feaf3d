/** One migration as the runner needs it: read from its two files by `readMigrations`. */
export interface Migration {
  /** `0001_create_leads_1a2b3c4d`. */
  readonly id: string;
  /** Absent for the first. */
  readonly parent: string | undefined;
  /** The app's schema; the ledger lives in it. */
  readonly schema: string;
  /** Of `sql`, in hexadecimal. */
  readonly sha256: string;
  /** Text of the `.sql` file, with line feeds alone. */
  readonly sql: string;
  /** Ids that it stands for after a rebase: a database that ran one of them is not given it again. */
  readonly replaces?: readonly string[];
  /** Text of the `.down.sql` file, which takes it back. */
  readonly down?: string;
  /** Without one: what would be lost. */
  readonly lost?: readonly string[];
}

/** Where a database stands. */
export interface MigrationStatus {
  /** Finished, in their order. */
  readonly applied: readonly string[];
  /** Still to run, in their order; one that stopped half-way comes first. */
  readonly pending: readonly string[];
  /** How far the first pending migration got, where it has begun. */
  readonly partial?: {
    readonly id: string;
    readonly finishedSteps: number;
    readonly steps: number;
    /** Rows that the batches of the step after those have changed so far. */
    readonly rows: number;
  };
}

/** What a run of migrations did. */
export interface MigrateResult {
  /** Ids finished by this run, in their order; those that a database had run under an older name are not among them. */
  readonly applied: readonly string[];
}

/** Told as a run goes on, for logs. */
export type MigrateEvent =
  | { readonly kind: 'waiting-for-lock' }
  | { readonly kind: 'step'; readonly id: string; readonly step: number; readonly steps: number }
  | { readonly kind: 'retry'; readonly id: string; readonly step: number; readonly attempt: number }
  /** Rows that a batched step has changed so far, those of earlier runs included. */
  | { readonly kind: 'rows'; readonly id: string; readonly step: number; readonly rows: number }
  | ({ readonly kind: 'index'; readonly id: string; readonly step: number } & IndexProgress)
  /** Noted as done, because the database ran it before a rebase, as `replaces`. */
  | { readonly kind: 'adopted'; readonly id: string; readonly replaces: string }
  | { readonly kind: 'applied'; readonly id: string };

/** How far a concurrent index build is, in Postgres' words and units. */
export interface IndexProgress {
  /** `building index: scanning table`. */
  readonly phase: string;
  /** Blocks or tuples, whichever the phase counts; `total` is 0 while it is not known. */
  readonly done: number;
  readonly total: number;
}

export interface MigrateOptions {
  readonly onEvent?: (event: MigrateEvent) => void;
  /** How long to wait for another runner, in milliseconds (default 60,000). */
  readonly lockWait?: number;
  /** How often a step that could not get its locks in time is tried (default 10). */
  readonly attempts?: number;
  /** What someone else keeps on the migrated tables, as `leads.legacy_code`: no drift. */
  readonly unmanaged?: readonly string[];
}
