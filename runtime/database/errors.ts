/** What a refused statement means to a caller; `other` is a fault of the program. */
export type DatabaseErrorKind =
  | 'unique'
  | 'foreignKey'
  | 'check'
  | 'notNull'
  | 'exclusion'
  | 'invalidValue'
  | 'serialization'
  | 'stalePlan'
  | 'other';

/** The fields of Postgres' error message that this runtime reads. */
export interface ServerReport {
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: string | undefined;
  readonly where?: string | undefined;
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly schema?: string | undefined;
  /** Function of Postgres' source that reported it. */
  readonly routine?: string | undefined;
}

/**
 * A statement that the database refused. Its own properties and message hold names only, never a
 * value of a row, so that it may be logged; `report` has Postgres' words, which quote values.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly sqlState: string;
  readonly kind: DatabaseErrorKind;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly schema: string | undefined;
  readonly #report: ServerReport;

  constructor(report: ServerReport) {
    super(describe(report));
    this.sqlState = report.code;
    this.kind = kindOfReport(report);
    this.constraint = report.constraint;
    this.table = report.table;
    this.column = report.column;
    this.schema = report.schema;
    this.#report = report;
  }

  /** Postgres' own words, for whoever runs migrations: not for logs, not for callers. */
  report(): ServerReport {
    return this.#report;
  }
}

/** Why no answer could be had. */
export type UnavailableReason = 'connection' | 'capacity' | 'timeout' | 'closed';

/** The database gave no answer: nothing is known about the statement but, for `capacity`, that it never ran. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly reason: UnavailableReason;
  /** SQLSTATE or the system's error code: `57P01`, `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(reason: UnavailableReason, code?: string) {
    super(`the database is unavailable: ${reason}${code === undefined ? '' : ` (${code})`}`);
    this.reason = reason;
    this.code = code;
  }
}

/** The error of a statement that Postgres answered with an error message. */
export function errorFromReport(report: ServerReport): DatabaseError | DatabaseUnavailable {
  const reason = unavailableSqlState(report.code);
  return reason === undefined ? new DatabaseError(report) : new DatabaseUnavailable(reason, report.code);
}

const KINDS: ReadonlyMap<string, DatabaseErrorKind> = new Map([
  ['23505', 'unique'],
  ['23503', 'foreignKey'],
  // Postgres 18 tells `on delete restrict` apart from other foreign-key violations.
  ['23001', 'foreignKey'],
  ['23514', 'check'],
  ['23502', 'notNull'],
  ['23P01', 'exclusion'],
  ['40001', 'serialization'],
  ['40P01', 'serialization'],
  ['26000', 'stalePlan'],
]);

/** What a prepared statement meets whose parameter is of a type that was made anew since. */
const TYPE_IS_GONE = /^cache lookup failed for type \d+$/;

function kindOfReport({ code, routine, message }: ServerReport): DatabaseErrorKind {
  // `0A000` has many causes; this one is "cached plan must not change result type".
  if (code === '0A000' && routine === 'RevalidateCachedQuery') return 'stalePlan';
  if (code === 'XX000' && TYPE_IS_GONE.test(message)) return 'stalePlan';
  return KINDS.get(code) ?? (code.startsWith('22') ? 'invalidValue' : 'other');
}

function unavailableSqlState(sqlState: string): UnavailableReason | undefined {
  // Statement cancelled: by `statement_timeout`, or by an operator.
  if (sqlState === '57014') return 'timeout';
  // Lock not available in time, idle transaction ended.
  if (sqlState === '55P03' || sqlState === '25P03') return 'timeout';
  if (sqlState.startsWith('53')) return 'capacity';
  // A standby that has not been promoted yet.
  if (sqlState === '25006') return 'connection';
  if (sqlState.startsWith('08') || sqlState.startsWith('57P') || sqlState.startsWith('58')) return 'connection';
  return undefined;
}

/** Missing rights, tables and columns, and columns that cannot be made: Postgres' words name objects and quote no value. */
const NAMES_ONLY: ReadonlySet<string> = new Set(['42501', '42P01', '42703', '42P17']);

/** What an operator can do about it. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['42P05', ': behind a pooler in transaction mode the server needs DATABASE_PREPARE=off'],
  ['42501', ': app/docs/server_login.sql gives the login all that compiled code needs'],
]);

function describe(report: ServerReport): string {
  const place = [report.schema, report.table, report.column].filter((part) => part !== undefined).join('.');
  const constraint = report.constraint === undefined ? '' : `, constraint ${report.constraint}`;
  const names = NAMES_ONLY.has(report.code) ? `: ${report.message}` : '';
  return `SQLSTATE ${report.code} (${kindOfReport(report)})${place === '' ? '' : ` on ${place}`}${constraint}${names}${HINTS.get(report.code) ?? ''}`;
}
