import { sql, type Kysely } from 'kysely';
import type { Executor, Text } from '../database/database.ts';
import { arrayLiteral } from './codecs.ts';
import type { ConstraintMeaning } from './constraint-meaning.ts';
import { compileStatement, param, type CompiledStatement, type PreparedNames } from './statements.ts';

/** Where deleted rows of a table are kept, as compiled text declares it. */
export interface ArchiveSpec {
  readonly table: string;
  readonly archive: string;
  /** Columns that are kept, without those that the restore sets. */
  readonly columns: readonly string[];
  /** Values of required columns that are younger than a kept row, as SQL. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Links that come back empty where the row they led to is gone. */
  readonly emptied?: Readonly<Record<string, string>>;
  /** Lists of links that come back without those that lead to no row any more. */
  readonly unlinked?: Readonly<Record<string, string>>;
  /** Rows that were deleted because this one was: their column that holds the id, and where they are kept. */
  readonly below?: readonly (readonly [by: string, archive: () => ArchiveSpec])[];
  /** Columns that lead to rows of others which may come back together with these. */
  readonly links?: readonly (readonly [column: string, archive: () => ArchiveSpec, kind?: 'optional' | 'list'])[];
  /**
   * Columns that lead to rows without which these cannot be: those that went with a row come back with it, what is
   * above it only where it comes back itself with another one.
   */
  readonly needs?: readonly (readonly [column: string, archive: () => ArchiveSpec, kind?: 'list' | 'above'])[];
  /** For messages: the entity, and what its constraints mean. */
  readonly entity: string;
  readonly constraints: () => Readonly<Record<string, ConstraintMeaning>>;
}

/** Of rows that come back with another one. */
export type ComesBack = Pick<ArchiveSpec, 'entity'> & {
  readonly constraints: Readonly<Record<string, ConstraintMeaning>>;
};

/** The entities below one, each once. */
export function comeBackWith(archive: ArchiveSpec | undefined): readonly ComesBack[] {
  const all = new Set(archive === undefined ? [] : [archive]);
  for (const { below = [], needs = [] } of all) for (const [, of] of [...below, ...needs]) all.add(of());
  return [...all].map(({ entity, constraints }) => ({ entity, constraints: constraints() }));
}

/** Brings a deleted row back, with those that went with it; false where none of the id is kept. */
export type RestoreRow = (on: Executor, id: string) => Promise<boolean>;

/** The ids of the rows that come back, by where they are kept. */
type Found = ReadonlyMap<ArchiveSpec, readonly string[]>;

/** A link that leads to rows which come back later. */
interface LateLink {
  readonly by: string;
  readonly to: ArchiveSpec;
  readonly isList: boolean;
}

/** Compiles the restores of an entity, and those of rows below it, when first needed. */
export function restores<Schema>(
  schema: string,
  archive: ArchiveSpec | undefined,
  db: Kysely<Schema>,
  names: PreparedNames,
): RestoreRow {
  if (archive === undefined) return async () => false;
  const compiled = new Map<string, CompiledStatement>();
  const statement = (key: string, make: () => ReturnType<typeof sql>): CompiledStatement => {
    const known = compiled.get(key) ?? compileStatement({ compile: () => make().compile(db) }, names);
    compiled.set(key, known);
    return known;
  };
  const run = (on: Executor, make: () => ReturnType<typeof sql>, key: string, holes: Readonly<Record<string, Text>>) =>
    on.query(statement(key, make).bind(holes));

  /** All rows that one has taken with it. */
  const findAll = async (on: Executor, id: string): Promise<Found> => {
    const all = new Map<ArchiveSpec, readonly string[]>();
    await run(on, () => turnOf(schema, archive), 'turn', { ids: arrayLiteral([id]) });
    const moments = await run(on, () => momentOf(schema, archive), 'moment', { ids: arrayLiteral([id]) });
    const moment = moments.rows[0]?.[0];
    if (moment === undefined) return all;
    const visit = async (spec: ArchiveSpec, ids: readonly string[], isAsked = false): Promise<void> => {
      const known = all.get(spec) ?? [];
      const more = ids.filter((one) => !known.includes(one));
      if (more.length === 0) return;
      all.set(spec, [...known, ...more]);
      for (const [by, of] of spec.below ?? []) {
        const below = of();
        const find = (): ReturnType<typeof sql> => rowsBelow(schema, by, below);
        const { rows } = await run(on, find, `find ${below.table} ${by}`, { ids: arrayLiteral(more), moment });
        await visit(below, idsIn(rows));
      }
      for (const [column, of, kind] of spec.needs ?? []) {
        if (isAsked && kind === 'above') continue;
        const needed = of();
        const find = (): ReturnType<typeof sql> => rowsNeeded(schema, spec, column, needed, kind === 'list');
        const key = `needed ${spec.table} ${column}`;
        const { rows } = await run(on, find, key, { ids: arrayLiteral(more), moment });
        await visit(needed, idsIn(rows));
      }
    };
    await visit(archive, [id], true);
    return all;
  };

  return async (on, id) => {
    const found = await findAll(on, id);
    const idsOf = (spec: ArchiveSpec): Text => arrayLiteral(found.get(spec) ?? []);
    const links: { readonly spec: ArchiveSpec; readonly link: LateLink }[] = [];
    const order = inOrder(found);
    for (const [index, spec] of order.entries()) {
      const late = lateLinks(spec, order.slice(index + 1));
      const key = `insert ${spec.table} ${late.map(({ by }) => by).join()}`;
      const later = Object.fromEntries(late.map(({ by, to }) => [`late_${by}`, idsOf(to)]));
      await run(on, () => insertion(schema, spec, late), key, { ids: idsOf(spec), ...later });
      links.push(...late.map((link) => ({ spec, link })));
    }
    for (const { spec, link } of links) {
      const holes = { ids: idsOf(spec), [`late_${link.by}`]: idsOf(link.to) };
      await run(on, () => linking(schema, spec, link), `link ${spec.table} ${link.by}`, holes);
    }
    for (const spec of order)
      await run(on, () => forgetting(schema, spec), `forget ${spec.table}`, { ids: idsOf(spec) });
    return found.size > 0;
  };
}

/** Rows come after those that they link to; in a circle, after those that they cannot be without, which lead in none. */
function inOrder(found: Found): readonly ArchiveSpec[] {
  const left = [...found.keys()];
  const waits = ({ links = [] }: ArchiveSpec, isRequired: boolean): boolean =>
    links.some(([, of, kind]) => left.includes(of()) && !(isRequired && kind));
  const order: ArchiveSpec[] = [];
  while (left.length > 0) {
    const free = left.findIndex((spec) => !waits(spec, false));
    const next = free < 0 ? left.findIndex((spec) => !waits(spec, true)) : free;
    order.push(...left.splice(Math.max(next, 0), 1));
  }
  return order;
}

function lateLinks({ links = [] }: ArchiveSpec, later: readonly ArchiveSpec[]): readonly LateLink[] {
  return links
    .map(([by, of, kind]) => ({ by, to: of(), isList: kind === 'list' }))
    .filter(({ to }) => later.includes(to));
}

function idsIn(rows: readonly (readonly Text[])[]): readonly string[] {
  return rows.flatMap(([id]) => id ?? []);
}

/** Those who bring back rows of one transaction, which may be the same rows, do so one after the other: the second finds none. */
function turnOf(schema: string, { archive }: ArchiveSpec) {
  const key = sql`hashtextextended('restore ' || extract(epoch from deleted_at), 0)`;
  return sql`select pg_advisory_xact_lock(${key}) from ${sql.id(schema, archive)} where id = any(${param('ids')})`;
}

function momentOf(schema: string, { archive }: ArchiveSpec) {
  return sql`select deleted_at from ${sql.id(schema, archive)} where id = any(${param('ids')})`;
}

function forgetting(schema: string, { archive }: ArchiveSpec) {
  return sql`delete from ${sql.id(schema, archive)} where id = any(${param('ids')})`;
}

/** Sets links that rows have come back without. */
function linking(schema: string, spec: ArchiveSpec, { by, isList }: LateLink) {
  const { table, archive } = spec;
  const kept = sql.id('kept', by);
  const late = param(`late_${by}`);
  const isLate = isList ? sql`${kept} && ${late}` : sql`${kept} = any(${late})`;
  const link = isList ? listBack(schema, spec, by) : kept;
  return sql`update ${sql.id(schema, table)} record set ${sql.id(by)} = ${link} from ${sql.id(schema, archive)} kept where record.id = kept.id and kept.id = any(${param('ids')}) and ${isLate}`;
}

/** The version goes on, so that no tag from before the delete fits. */
function insertion(schema: string, spec: ArchiveSpec, late: readonly LateLink[]) {
  const { table, archive, columns, defaults, emptied = {}, unlinked = {} } = spec;
  const valueOf = (column: string) => {
    if (Object.hasOwn(unlinked, column)) return listBack(schema, spec, column);
    const target = Object.hasOwn(emptied, column) ? emptied[column] : undefined;
    const fallback = Object.hasOwn(defaults, column) ? defaults[column] : undefined;
    if (fallback !== undefined) return sql`coalesce(${sql.id('kept', column)}, ${sql.raw(fallback)})`;
    if (target === undefined) return sql.id('kept', column);
    const isThere = sql`exists (select from ${sql.id(schema, target)} linked where linked.id = ${sql.id('kept', column)})`;
    // Those that come back by the same statement are there at its end.
    const isBack = target === table ? sql` or ${sql.id('kept', column)} = any(${param('ids')})` : sql``;
    return sql`case when ${isThere}${isBack} then ${sql.id('kept', column)} end`;
  };
  const values = columns.map((column) => {
    const value = valueOf(column);
    const link = late.find(({ by }) => by === column);
    if (link === undefined) return value;
    const ids = param(`late_${column}`);
    if (!link.isList) return sql`case when ${sql.id('kept', column)} = any(${ids}) then null else ${value} end`;
    return sql`array(select named.id from unnest(${value}) with ordinality named(id, place) where named.id <> all(${ids}) order by named.place)`;
  });
  const names = sql.join([...columns, 'version'].map((column) => sql.id(column)));
  const source = sql`${sql.id(schema, archive)} kept where kept.id = any(${param('ids')})`;
  return sql`insert into ${sql.id(schema, table)} (${names}) overriding system value select ${sql.join(values)}, kept.version + 1 from ${source}`;
}

/** A list of links, without those that lead to no row any more where such are taken off. */
function listBack(schema: string, { table, unlinked = {} }: ArchiveSpec, column: string) {
  const target = Object.hasOwn(unlinked, column) ? unlinked[column] : undefined;
  return target === undefined ? sql.id('kept', column) : idsThatAreThere(schema, column, target, target === table);
}

function idsThatAreThere(schema: string, column: string, target: string, isOwn: boolean) {
  const ids = sql`unnest(${sql.id('kept', column)}) with ordinality named(id, place)`;
  const isThere = sql`exists (select from ${sql.id(schema, target)} linked where linked.id = named.id)`;
  const isBack = isOwn ? sql` or named.id = any(${param('ids')})` : sql``;
  return sql`array(select named.id from ${ids} where ${isThere}${isBack} order by named.place)`;
}

/** Rows that were deleted in the same transaction, to which these link. */
function rowsNeeded(
  schema: string,
  { archive }: ArchiveSpec,
  column: string,
  { archive: needed }: ArchiveSpec,
  isList: boolean,
) {
  const link = sql.id('kept', column);
  const links = sql`select ${isList ? sql`unnest(${link})` : link} from ${sql.id(schema, archive)} kept where kept.id = any(${param('ids')})`;
  return sql`select id from ${sql.id(schema, needed)} where id in (${links}) and deleted_at = ${param('moment')}`;
}

/** Rows that were deleted in the same transaction. */
function rowsBelow(schema: string, by: string, { archive }: ArchiveSpec) {
  return sql`select id from ${sql.id(schema, archive)} where ${sql.id(by)} = any(${param('ids')}) and deleted_at = ${param('moment')}`;
}
