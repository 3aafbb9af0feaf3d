/** What is to be done with compiled backends on one database. */
export interface Trial {
  /** Each is migrated. */
  readonly folders: readonly string[];
  /** Of the Postgres server; empty for the embedded database. */
  readonly url: string;
  /** Places of the folders that are toured from end to end. */
  readonly whole: readonly number[];
  /** Places of those that are toured without what must be refused. */
  readonly written: readonly number[];
}

/** How it went with one of them. */
export interface Tried {
  readonly index: number;
  readonly failures: readonly string[];
}
