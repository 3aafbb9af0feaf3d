import type { Database, Executor, Statement, Text } from '../database/database.ts';
import type { RawRow } from '../database/raw-row.ts';
import { uuidV7 } from '../http/uuid.ts';
import { keyTable } from '../idempotency/key-table.ts';
import type { KeyedRequest } from '../idempotency/keyed-request.ts';
import { assertKeepable } from '../idempotency/once.ts';
import { arrayLiteral, encode, type Codec } from './codecs.ts';
import { columnsOf, type Column } from './columns.ts';
import { expandStatements, type ExpandStatements } from './expand-statements.ts';
import { writtenColumns } from './kept-row.ts';
import { keyedCreate, type KeptBeside } from './keyed-create.ts';
import { listCounts, type CountList } from './list-count.ts';
import type { ListRequest } from './list-query.ts';
import { listStatements, type ListPage } from './list-statements.ts';
import { LockedRow } from './locked-row.ts';
import { heldOwners, type HoldOwners } from './held-owners.ts';
import { lateHolds } from './late-holds.ts';
import { IDS, manyIds } from './many-ids.ts';
import { assertNotDeleted, broughtId } from './brought-ids.ts';
import { patchParts } from './patch-parts.ts';
import { presentRows, type PresentRows } from './present-rows.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import {
  MAX_VARIANTS,
  type Body,
  type RepositoryDefinition,
  type SortColumn,
  type StoredRow,
  type Transitions,
  type Versions,
} from './repository-definition.ts';
import {
  compileStatement,
  givenParameter,
  PreparedNames,
  statementBuilder,
  type CompiledStatement,
} from './statements.ts';
import { comeBackWith, restores, type ComesBack, type RestoreRow } from './restore.ts';
import { throwUnknownLink } from './unknown-link.ts';
import { updateStatements } from './update-statements.ts';
import { upsertStatements, type UpsertedRow, type UpsertRequest, type Upserts } from './upsert-statements.ts';
import { Variants } from './variants.ts';
import { afterHolds, writtenRow } from './written-row.ts';

/** The statements of one entity, compiled once at start. */
export interface Repository {
  /** SQL schema of the tables. */
  readonly schema: string;
  readonly columns: readonly Column[];
  /** How a row is written, as text that is kept beside one. */
  readonly written: string;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  readonly transitions: Readonly<Record<string, Transitions>>;
  readonly constraints: Readonly<Record<string, ConstraintMeaning>>;
  /** Lists of parts that a create may bring, by key. */
  readonly parts: Readonly<Record<string, PartSpec>>;
  /** A write of one row may lead to further writes of any, itself included; it answers the row as it is after them. */
  readonly recomputed: boolean;
  /** A row may take another one with it, or keep it from being deleted. */
  readonly together: boolean;
  /** A delete has several steps: it is done in a transaction, and may be refused when that commits. */
  readonly hasLateHolds: boolean;
  /** The row as a change sees it, in its transaction if there is one. */
  get(on: Executor, id: string): Promise<StoredRow | undefined>;
  /** As `get`, and nobody else changes the row until the transaction ends. */
  lock(on: Executor, id: string): Promise<StoredRow | undefined>;
  /** In a transaction: nobody else changes the lists that rows are in, and will be in, until it ends. */
  holdOwners(on: Executor, ids: readonly string[], bodies: readonly Body[]): Promise<void>;
  /** As `get`, for several rows; those that are there, in any order. */
  getMany(on: Executor, ids: readonly string[]): Promise<readonly StoredRow[]>;
  /** Rows by id; ids are spelled as Postgres spells them. */
  read(on: Database, ids: readonly string[]): Promise<ReadonlyMap<string, RawRow>>;
  /** One row with what the paths expand. */
  getExpanded(on: Database, id: string, paths: readonly string[]): Promise<RawRow | undefined>;
  writer: ExpandStatements['writer'];
  list(on: Database, request: ListRequest, cursor: readonly Text[] | undefined): Promise<ListPage>;
  readonly count: CountList;
  /** What a create whose body brings an id may find. */
  readonly present: PresentRows;
  /** The id of a row that is about to be created; undefined where the database gives it. */
  newId(body: Body): string | undefined;
  /** The id of a row that is there. */
  idOf(row: StoredRow): string;
  /** In a transaction where rows are recomputed and the database gives the id: only that one is known to nobody else. */
  create(on: Executor, id: string | undefined, body: Body): Promise<StoredRow>;
  /** As `create`, with its result kept under the key of the request; `undefined` when the key is taken. */
  createOnce(
    on: Executor,
    id: string,
    body: Body,
    request: KeyedRequest,
    kept: KeptBeside,
  ): Promise<StoredRow | undefined>;
  /** `undefined` when no row has the id, an accepted version and a state that the change may follow. */
  update(on: Executor, id: string, patch: Body, versions: Versions): Promise<StoredRow | undefined>;
  /** Absent where rows are found by their id alone. */
  readonly upsert?: UpsertRow;
  readonly restore: RestoreRow;
  /** Entities whose rows a restore brings back with one. */
  comeBackWith(): readonly ComesBack[];
  /** Whether a row with the id and an accepted version was there; in a transaction where it has late holds. */
  delete(on: Executor, id: string, versions: Versions): Promise<boolean>;
  /** Whether all rows were there; as `delete`, in one statement, so that none of them holds another. */
  deleteMany(on: Executor, ids: readonly string[]): Promise<boolean>;
}

/** Finds a row by its key, and writes it. */
export interface UpsertRow extends Omit<Upserts, 'write'> {
  /** `undefined` where something stands against it; `id` is that of a new row, where the database gives it none. */
  write(on: Executor, id: string | undefined, request: UpsertRequest): Promise<UpsertedRow | undefined>;
}

/** A list of rows of another entity that belong to a row. */
export interface PartSpec {
  /** Key of their field that holds the id of the row. */
  readonly link: string;
  /** Keys of what else they link to. */
  readonly others: readonly string[];
  /** Name of their resource, by which hooks are found. */
  readonly resource: string;
  /** Asked for when first used: files may need each other. */
  readonly repository: () => Repository;
}

interface WithParts {
  readonly parts?: Readonly<Record<string, PartSpec>>;
}

/** Compiles the statements of an entity. */
export function repository<Schema>(definition: RepositoryDefinition<Schema> & WithParts): Repository {
  const db = statementBuilder<Schema>(definition.schema);
  const names = new PreparedNames(MAX_VARIANTS);
  const columns = columnsOf(definition.columns);
  const codecs = new Map([...columns, ...columnsOf(definition.writeOnly ?? [])].map(({ key, codec }) => [key, codec]));
  const compiled = {
    get: compileStatement(definition.get(db), names),
    getMany: compileStatement(definition.get(db.withPlugin(manyIds())), names),
    create: compileStatement(definition.create(db), names),
  };
  const idPosition = columns.findIndex(({ column }) => column === 'id') + 1;
  const idOf = (row: StoredRow): string => row[idPosition] ?? '';
  const expand = expandStatements(definition, db, names, columns);
  const expandedGets = new Variants<CompiledStatement>(MAX_VARIANTS);
  const lists = listStatements(definition, db, names, columns, expand);
  const once = keyedCreate(definition, db, names, columns, keyTable(definition.schema).name);
  const parts = patchParts(definition, codecs);
  const updates = updateStatements(definition, db, names, parts);
  const upserts = definition.upsert && upsertStatements(definition, definition.upsert, db, names, parts);
  const present = presentRows(definition, db, names, parts);
  const encodeCreate = (body: Body): Readonly<Record<string, Text>> => ({
    ...encodeBody(codecs, body),
    ...givenValues(definition.presets, body),
  });
  const locks = new Variants<CompiledStatement>(1);
  const locked = (): CompiledStatement =>
    locks.get('', () => compileStatement(definition.get(db.withPlugin(new LockedRow())), names));
  /** Sent after a write, where what that returns may be no longer right. */
  const lookAt = (id: string | undefined): Statement | undefined =>
    definition.recomputed && id !== undefined ? compiled.get.bind({ id }) : undefined;
  const holdAll = heldOwners(definition, db, names, columns);
  // Of others, no row of the list is written again while its owner is held.
  const holdsOf: HoldOwners = definition.recomputed === true ? holdAll : () => [];
  const late = lateHolds(definition, db, names);
  const locate = (body: Body) => (error: unknown) => throwUnknownLink(error, body, definition.constraints ?? {});
  return {
    schema: definition.schema,
    columns,
    written: writtenColumns(definition.columns),
    sorts: definition.sorts,
    transitions: definition.transitions ?? {},
    constraints: definition.constraints ?? {},
    parts: definition.parts ?? {},
    recomputed: definition.recomputed === true,
    together: definition.together === true,
    hasLateHolds: late.length > 0,
    get: async (on, id) => firstRow(on, compiled.get.bind({ id })),
    lock: async (on, id) => (await afterHolds(on, holdsOf([id], []), locked().bind({ id }))).rows[0],
    holdOwners: async (on, ids, bodies) => {
      const holds = holdAll(ids, bodies);
      if (holds.length > 0) await on.batch(holds);
    },
    getMany: async (on, ids) => (await on.query(compiled.getMany.bind({ [IDS]: arrayLiteral(ids) }))).rows,
    read: async (on, ids) => {
      const [id = ''] = ids;
      const many = compiled.getMany.bind({ [IDS]: arrayLiteral(ids) });
      const { raw = [] } = await on.read({ ...(ids.length === 1 ? compiled.get.bind({ id }) : many), raw: true });
      return new Map(raw.map((row) => [row.text(idPosition) ?? '', row]));
    },
    getExpanded: async (on, id, paths) => {
      const joined = (): CompiledStatement => compileStatement(expand.join(definition.get(db), paths, []), names);
      return (await on.read({ ...expandedGets.get(paths.join(), joined).bind({ id }), raw: true })).raw?.[0];
    },
    writer: expand.writer,
    count: listCounts(definition, db, names),
    list: (on, request, cursor) => lists.page(on, request, cursor),
    present,
    newId: (body) => broughtId(body) ?? (definition.numbered ? undefined : uuidV7()),
    idOf,
    create: async (on, id, body) => {
      await assertNotDeleted(on, present, body);
      const insert = compiled.create.bind({ ...encodeCreate(body), ...given(id) });
      const row = inserted(await writtenRow(on, insert, { look: lookAt(id) }).catch(locate(body)));
      const again = id === undefined ? lookAt(idOf(row)) : undefined;
      return again ? inserted(await firstRow(on, again)) : row;
    },
    createOnce: async (on, id, body, request, kept) => {
      await assertNotDeleted(on, present, body);
      const values = { ...encodeCreate(body), id };
      assertKeepable(charactersOf(values));
      const look = lookAt(id);
      const statements = [...once.bind(request, values, kept), ...(look ? [look] : [])];
      const results = await on.batch(statements).catch(locate(body));
      const [created] = results[0]?.rows ?? [];
      return created && look ? results.at(-1)?.rows[0] : created;
    },
    ...(upserts && {
      upsert: {
        ...upserts,
        write: async (on, id, request) =>
          upserts
            .write(on, request, { ...encodeCreate(request.body), ...given(id) }, holdsOf([], [request.body]))
            .catch(locate(request.body)),
      },
    }),
    restore: restores(definition.schema, definition.archive, db, names),
    comeBackWith: () => comeBackWith(definition.archive),
    update: (on, id, patch, versions) =>
      writtenRow(on, updates.update(id, patch, versions), { holds: holdsOf([id], [patch]), look: lookAt(id) }).catch(
        locate(patch),
      ),
    delete: async (on, id, versions) =>
      (await afterHolds(on, [...late, ...holdsOf([id], [])], updates.delete(id, versions))).rowCount > 0,
    deleteMany: async (on, ids) => (await afterHolds(on, late, updates.deleteMany(ids))).rowCount === ids.length,
  };
}

/** For the hole of the id, where there is one. */
function given(id: string | undefined): Readonly<Record<string, string>> {
  return id === undefined ? {} : { id };
}

async function firstRow(on: Executor, statement: Statement): Promise<StoredRow | undefined> {
  return (await on.query(statement)).rows[0];
}

function inserted(row: StoredRow | undefined): StoredRow {
  if (row === undefined) throw new TypeError('An insert returned no row.');
  return row;
}

function charactersOf(values: Readonly<Record<string, Text>>): number {
  return Object.values(values).reduce((sum, value) => sum + (value?.length ?? 0), 0);
}

/** Which of the values that may be left out are there. */
function givenValues(keys: readonly string[] = [], body: Body): Readonly<Record<string, Text>> {
  return Object.fromEntries(keys.map((key) => [givenParameter(key), String(valueOf(body, key) !== undefined)]));
}

function encodeBody(codecs: ReadonlyMap<string, Codec>, body: Body): Readonly<Record<string, Text>> {
  const values: Record<string, Text> = {};
  for (const [key, codec] of codecs) values[key] = encode(codec, valueOf(body, key));
  return values;
}

/** What the body says of a field, which may be called as what every object inherits. */
function valueOf(body: Body, key: string): unknown {
  return Object.hasOwn(body, key) ? body[key] : undefined;
}
