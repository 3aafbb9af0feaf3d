import { prettyJson } from './canonical-json.ts';
import { HAZARD_KINDS, type Hazard } from './hazards.ts';
import type { Operation } from './operations.ts';

/** Version of the form of a migration's files. A newer one is refused, never guessed at. */
export const MIGRATION_FORMAT = 1;

/** The `.json` of a migration. */
export interface MigrationRecord {
  readonly format: typeof MIGRATION_FORMAT;
  readonly id: string;
  readonly parent: string | undefined;
  /** A migration that this one stands for after a rebase: where it ran, this one is not run again. */
  readonly replaces: string | undefined;
  /** What that one stood for already. */
  readonly alsoReplaces?: readonly string[];
  /** The app's schema. */
  readonly schema: string;
  /** Hashes of the schema before and after. */
  readonly from: string;
  readonly to: string;
  /** Of the `.sql` beside it. */
  readonly sha256: string;
  readonly operations: readonly Operation[];
  /** SHA-256 of the `.down.sql` beside it. */
  readonly down?: string;
  /** Without a way back: what would be lost by one. */
  readonly lost?: readonly string[];
  /** What it may do, and what let it pass: for readers, no part of the name. */
  readonly hazards?: readonly RecordedHazard[];
}

/** A hazard as a file keeps it. */
export type RecordedHazard = Pick<Hazard, 'kind' | 'object' | 'query' | 'allowed'>;

/** What a file keeps of a hazard. */
export function recordedHazard({ kind, object, query, allowed }: Hazard): RecordedHazard {
  return { kind, object, ...(query !== undefined && { query }), ...(allowed !== undefined && { allowed }) };
}

/** The text of a migration's `.json`. */
export function recordJson(record: MigrationRecord): string {
  return prettyJson({ ...record, parent: record.parent ?? null });
}

/** What could be read of a `.json`; `newer` where another compiler wrote it, `damaged` where none did. */
export type ReadRecord =
  | { readonly kind: 'record'; readonly record: MigrationRecord }
  | { readonly kind: 'newer'; readonly format: number }
  | { readonly kind: 'damaged' };

/** Reads a migration's `.json`. */
export function readRecord(text: string): ReadRecord {
  const value = parseJson(text);
  if (!isObject(value)) return { kind: 'damaged' };
  const { format, id, schema, from, to, sha256, operations } = value;
  if (typeof format === 'number' && format !== MIGRATION_FORMAT) return { kind: 'newer', format };
  const links = readLinks(value);
  if (
    format !== MIGRATION_FORMAT ||
    !isText(id) ||
    !isText(schema) ||
    !isText(from) ||
    !isText(to) ||
    !isText(sha256) ||
    links === undefined ||
    !isOperations(operations)
  ) {
    return { kind: 'damaged' };
  }
  const hazards = readHazards(value['hazards']);
  const back = readWayBack(value);
  if (hazards === undefined || back === undefined) return { kind: 'damaged' };
  const facts: MigrationRecord = { format, id, ...links, schema, from, to, sha256, ...back, operations };
  return { kind: 'record', record: hazards.length === 0 ? facts : { ...facts, hazards } };
}

/** The ids of other migrations; undefined where one is no text. */
function readLinks({
  parent,
  replaces,
  alsoReplaces = [],
}: Readonly<Record<string, unknown>>): Pick<MigrationRecord, 'parent' | 'replaces' | 'alsoReplaces'> | undefined {
  if (!isOptionalText(parent) || !isOptionalText(replaces) || !isTexts(alsoReplaces)) return undefined;
  const earlier = alsoReplaces.length === 0 ? {} : { alsoReplaces };
  return { parent: parent ?? undefined, replaces: replaces ?? undefined, ...earlier };
}

function readWayBack({
  down,
  lost,
}: Readonly<Record<string, unknown>>): Pick<MigrationRecord, 'down' | 'lost'> | undefined {
  if (!(down === undefined || isText(down)) || !(lost === undefined || isTexts(lost))) return undefined;
  return { ...(down !== undefined && { down }), ...(lost !== undefined && { lost }) };
}

/** Undefined where something is no hazard. */
function readHazards(value: unknown = []): readonly RecordedHazard[] | undefined {
  return Array.isArray(value) && value.every(isHazard) ? value : undefined;
}

function isHazard(value: unknown): value is RecordedHazard {
  if (!isObject(value)) return false;
  const { kind, object, query = '', allowed = '' } = value;
  return HAZARD_KINDS.some((item) => item === kind) && isText(object) && isText(query) && isText(allowed);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isOptionalText(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || isText(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

/** The kinds are checked here, the rest by the hash in the migration's name. */
function isOperations(value: unknown): value is readonly Operation[] {
  return (
    Array.isArray(value) && value.every((item) => isObject(item) && isText(item['kind']) && KINDS.has(item['kind']))
  );
}

const KIND_TABLE: Readonly<Record<Operation['kind'], true>> = {
  createSchema: true,
  createExtension: true,
  dropExtension: true,
  createFunction: true,
  replaceFunction: true,
  renameFunction: true,
  dropFunction: true,
  createEnum: true,
  renameEnum: true,
  addEnumValue: true,
  renameEnumValue: true,
  setExchangedValues: true,
  dropEnum: true,
  createTable: true,
  renameTable: true,
  setOrigin: true,
  dropTable: true,
  addColumn: true,
  renameColumn: true,
  setColumnType: true,
  setDefault: true,
  setNotNull: true,
  setIdentity: true,
  dropExpression: true,
  dropColumn: true,
  addConstraint: true,
  validateConstraint: true,
  addConstraintUsingIndex: true,
  alterConstraint: true,
  renameConstraint: true,
  dropConstraint: true,
  createIndex: true,
  renameIndex: true,
  dropIndex: true,
  createTrigger: true,
  renameTrigger: true,
  dropTrigger: true,
  setRowSecurity: true,
  createPolicy: true,
  renamePolicy: true,
  dropPolicy: true,
  createView: true,
  replaceView: true,
  renameView: true,
  dropView: true,
  backfill: true,
};

const KINDS: ReadonlySet<string> = new Set(Object.keys(KIND_TABLE));
