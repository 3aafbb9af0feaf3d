import type { CatalogueDifference } from './catalogue/compare-catalogues.ts';
import { describeDifference } from './catalogue/describe-difference.ts';

/** Why the runner will not touch a database. */
export type MigrationRefusalReason =
  /** A file of `migrations/` is missing, or cannot be read. */
  | 'damaged'
  /** A `.sql` file differs from what its `.json` says. */
  | 'edited'
  /** Two migrations have one parent, or a parent is missing. */
  | 'broken-chain'
  /** The database ran another text under this id. */
  | 'changed-since-applied'
  /** The database ran a migration that is not in the folder. */
  | 'unknown-applied'
  /** The database stopped half-way through a migration that a rebase has replaced. */
  | 'half-replaced'
  /** The ledger is not as a runner made it. */
  | 'damaged-ledger'
  /** It cannot be taken back, or not while there are rows that would be lost. */
  | 'no-way-back';

/** The migrations and the database do not fit together; nothing was changed. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
  readonly reason: MigrationRefusalReason;
  /** The migration at fault. */
  readonly id: string;

  constructor(reason: MigrationRefusalReason, id: string, message: string) {
    super(message);
    this.reason = reason;
    this.id = id;
  }
}

/** Objects of the migrated tables were changed by a hand since the last migration; nothing was changed. */
export class SchemaDrifted extends Error {
  override readonly name = 'SchemaDrifted';
  readonly differences: readonly CatalogueDifference[];

  constructor(differences: readonly CatalogueDifference[]) {
    const list = differences.map(describeDifference).join('; ');
    super(
      `the database is not as the last migration left it: ${list}; undo that, or declare what someone else keeps there under database.unmanaged`,
    );
    this.differences = differences;
  }
}

/** The connection goes through a pooler that changes servers between transactions: the runner's lock would leak. */
export class TransactionPooler extends Error {
  override readonly name = 'TransactionPooler';

  constructor() {
    super(
      'MIGRATION_DATABASE_URL leads to a transaction pooler, and migrations need one connection from begin to end: take the direct connection, or a session pooler (Supabase: port 5432, not 6543)',
    );
  }
}

/** A step failed; those before it are done, and the next run resumes at it. `cause` is the database's error. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly id: string;
  readonly step: number;
  /** Nothing of the migration is done. */
  readonly leftNothing: boolean;

  constructor(id: string, step: number, cause: unknown, leftNothing = false) {
    const left = leftNothing
      ? 'nothing of it is done, the next run begins it again'
      : 'the steps before it are done, the next run resumes at it; supercompile migrate down takes them back where nothing is lost by that';
    super(`migration ${id} failed at step ${step}; ${left}`, { cause });
    this.id = id;
    this.step = step;
    this.leftNothing = leftNothing;
  }
}

/** Another runner held the lock for the whole wait. */
export class MigrationLocked extends Error {
  override readonly name = 'MigrationLocked';

  constructor() {
    super('another process is migrating this database; it still holds the lock');
  }
}

/** The database lacks migrations that the code needs. */
export class MigrationsPending extends Error {
  override readonly name = 'MigrationsPending';

  constructor(ids: readonly string[]) {
    super(`the database lacks ${ids.join(', ')}; apply what is pending with: node app/migrate.ts`);
  }
}
