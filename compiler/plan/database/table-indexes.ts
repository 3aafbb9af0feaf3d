import type { App, Condition, Entity, Field, NamedFields } from '../../model/app.ts';
import { planExpansions, type Expansion } from '../expansions.ts';
import { planFilters, type ResourceFilter } from '../filters.ts';
import { fieldTypes } from '../../model/field-types.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import { whereSql } from '../expression/expression-sql.ts';
import { immutablePlace } from '../expression/sql-place.ts';
import type { Index, IndexKey, Unique } from './database-schema.ts';
import { quoteIdentifier } from '../sql/sql-text.ts';
import { partIndexes } from './part-indexes.ts';

/** The unique rules of an entity: constraints, or unique indexes where a value is compared as `lower(...)`. */
export interface UniqueRules {
  readonly constraints: readonly Unique[];
  readonly indexes: readonly Index[];
}

/** Unique fields and the entity's named uniques. */
export function uniqueRules(app: App, entity: Entity): UniqueRules {
  const rules = uniqueFieldLists(entity).map((list) => ({ ...list, fields: resolve(entity, list.fields) }));
  const folded = rules.filter(({ fields, where }) => where !== undefined || fields.some(isFolded));
  return {
    constraints: rules
      .filter((rule) => !folded.includes(rule))
      .map(({ name, fields }) => ({ kind: 'unique', name, columns: fields.map(({ column }) => column) })),
    indexes: folded.map(({ name, fields, where }) => ({
      name,
      unique: true,
      keys: fields.map(columnKey),
      ...predicate(app, where),
    })),
  };
}

/** `leads_one_per_day_key` */
export function namedUniqueName({ names }: Entity, { name }: Pick<NamedFields, 'name'>): string {
  return derivedName(names.table, [snakeCase(name)], 'key');
}

/** Every unique rule with its final name: `leads_email_key`, `leads_one_per_day_key`. */
export function uniqueFieldLists(entity: Entity): readonly NamedFields[] {
  const { table } = entity.names;
  const single = entity.fields.filter((field) => field.unique);
  return [
    ...single.map((field) => ({ name: derivedName(table, [field.column], 'key'), fields: [field.name] })),
    ...entity.uniques.map((list) => ({ ...list, name: namedUniqueName(entity, list) })),
  ];
}

/**
 * All that is not unique: the author's indexes, then one for whatever the list can sort or filter by,
 * then one that leads with each foreign key. What another index begins with anyway is left out.
 */
export function plainIndexes(app: App, entity: Entity): readonly Index[] {
  const { table } = entity.names;
  const named = entity.indexes.map(({ name, fields, where }) => ({
    name: derivedName(table, [snakeCase(name)], 'idx'),
    keys: resolve(entity, fields).map(columnKey),
    ...predicate(app, where),
  }));
  const uniques = uniqueFieldLists(entity)
    .filter(({ where }) => where === undefined)
    .map(({ fields }) => resolve(entity, fields).map(columnKey));
  const wanted = entity.operations.includes('read')
    ? [...listIndexes(entity), ...expandedIndexes(app, entity), ...followedIndexes(app, entity)]
    : [];
  const taken = [...uniques, ...named.filter(({ where }) => where === undefined).map(({ keys }) => keys)];
  const kept = wanted.filter(
    (candidate, position) =>
      !isServedByUnique(candidate, uniques) &&
      !taken.some((keys) => isPrefix(candidate.keys, keys)) &&
      !wanted.some((other, index) => isCovered(candidate, position, other, index)),
  );
  const leading = [...taken, ...kept.map(({ keys }) => keys)].map((keys) => keys[0]?.column);
  const links = entity.fields.filter((field) => field.reference !== undefined && !leading.includes(field.column));
  return [
    ...named,
    ...kept.map(({ keys, method }) => ({
      name: indexName(table, entity, keys),
      ...(method !== undefined && { method }),
      keys,
    })),
    ...links.map((field) => ({ name: derivedName(table, [field.column], 'idx'), keys: [columnKey(field)] })),
    ...partIndexes(entity, followedNames(app, entity)),
  ];
}

function predicate(app: App, where: Condition | undefined): Pick<Index, 'where'> {
  return where === undefined ? {} : { where: whereSql(where.expression, immutablePlace(app)) };
}

interface Candidate {
  readonly method?: 'gin';
  readonly keys: readonly IndexKey[];
  /** Rows are few once the first key is given, so any unique index on it serves as well. */
  readonly forFilter: boolean;
  readonly nullable: boolean;
}

type KeyField = Pick<Field, 'name' | 'column' | 'type'> & { readonly nullable: boolean; readonly many?: boolean };

const ID_KEY: IndexKey = { column: 'id' };

function listIndexes(entity: Entity): readonly Candidate[] {
  const order = fieldNamed(entity, entity.list.sort[0] ?? 'createdAt');
  const sorts = [...new Set([order.name, ...entity.list.sort])].flatMap((name) =>
    sortIndexes(fieldNamed(entity, name)),
  );
  const filters = entity.list.filter
    .filter((name) => !name.includes('.'))
    .map((name) => filterIndex(fieldNamed(entity, name), order));
  return [...sorts, ...filters];
}

/** What entities ask of others, by the name of the one that is asked. */
interface LinksInto {
  readonly expansions: ReadonlyMap<string, readonly Expansion[]>;
  readonly filters: ReadonlyMap<string, readonly ResourceFilter[]>;
}

/** Apps are frozen, and each of their tables asks. */
const LINKS_INTO = new WeakMap<App, LinksInto>();

function linksInto(app: App): LinksInto {
  const known = LINKS_INTO.get(app);
  if (known !== undefined) return known;
  const many = app.entities
    .flatMap((other) => planExpansions(app, other))
    .filter(({ kind, via }) => kind === 'many' && via === 'column');
  const followed = app.entities.flatMap((other) => planFilters(app, other)).filter(({ through }) => through.length > 0);
  const links = {
    expansions: Map.groupBy(many, ({ to }) => to.name),
    filters: Map.groupBy(followed, ({ through }) => through.at(-1)?.target.name ?? ''),
  };
  LINKS_INTO.set(app, links);
  return links;
}

/** A list below another entity's rows shows the oldest of each. */
function expandedIndexes(app: App, entity: Entity): readonly Candidate[] {
  const below = linksInto(app).expansions.get(entity.name) ?? [];
  return [...new Set(below.map(({ column }) => column))].map((column) => ({
    keys: [{ column }, { column: 'created_at' }, ID_KEY],
    forFilter: false,
    nullable: true,
  }));
}

/** Lists of others filter by columns here, over references. */
function followedIndexes(app: App, entity: Entity): readonly Candidate[] {
  return followedNames(app, entity).map((name) => {
    const field = fieldNamed(entity, name);
    if (field.many) return itemIndex(field);
    return { keys: [columnKey(field), ID_KEY], forFilter: true, nullable: field.nullable };
  });
}

function followedNames(app: App, entity: Entity): readonly string[] {
  return [...new Set((linksInto(app).filters.get(entity.name) ?? []).map(fieldNameOf))];
}

function fieldNameOf({ field, column }: ResourceFilter): string {
  return field?.name ?? (column === 'created_at' ? 'createdAt' : 'updatedAt');
}

/** One index serves both directions, but where nulls come last in both. */
function sortIndexes(field: KeyField): readonly Candidate[] {
  const key = columnKey(field);
  const ascending = { keys: [key, ID_KEY], forFilter: false, nullable: field.nullable };
  if (!field.nullable) return [ascending];
  const descending = [
    { ...key, descending: true, nulls: 'last' },
    { ...ID_KEY, descending: true },
  ] as const;
  return [ascending, { ...ascending, keys: descending }];
}

const FEW_VALUES: readonly Field['type'][] = ['enum', 'boolean', 'reference'];

/** Where one value has many rows, the index goes on in the default order, so that a page of them needs no sort. */
function filterIndex(field: KeyField, order: KeyField): Candidate {
  if (field.many) return itemIndex(field);
  const goesOn = FEW_VALUES.includes(field.type) && field.column !== order.column;
  const keys = goesOn ? [columnKey(field), columnKey(order), ID_KEY] : [columnKey(field), ID_KEY];
  return { keys, forFilter: true, nullable: field.nullable };
}

/** Finds the rows whose array has an item. */
function itemIndex({ column }: KeyField): Candidate {
  return { method: 'gin', keys: [{ column }], forFilter: true, nullable: false };
}

function isServedByUnique(candidate: Candidate, uniques: readonly (readonly IndexKey[])[]): boolean {
  if (!candidate.forFilter && candidate.nullable) return false;
  return uniques.some((keys) => keys.length === 1 && isPrefix(keys, candidate.keys));
}

function isCovered(candidate: Candidate, position: number, other: Candidate, index: number): boolean {
  if (index === position || !isPrefix(candidate.keys, other.keys)) return false;
  return candidate.keys.length < other.keys.length || index < position;
}

function isPrefix(keys: readonly IndexKey[], of: readonly IndexKey[]): boolean {
  return keys.length <= of.length && keys.every((key, index) => sameKey(key, of[index]));
}

function sameKey(a: IndexKey, b: IndexKey | undefined): boolean {
  return (
    a.column === b?.column && a.expression === b?.expression && a.descending === b?.descending && a.nulls === b?.nulls
  );
}

/** `leads_status_created_at_id_idx`, with `desc` where the index runs backwards. */
function indexName(table: string, entity: Entity, keys: readonly IndexKey[]): string {
  const columns = keys.map((key) => key.column ?? foldedColumn(entity, key));
  const direction = keys[0]?.descending === true ? ['desc'] : [];
  return derivedName(table, [...columns, ...direction], 'idx');
}

function foldedColumn(entity: Entity, key: IndexKey): string {
  return entity.fields.find((field) => columnKey(field).expression === key.expression)?.column ?? '';
}

/** How a field stands in an index, and how queries must spell it to use that. */
export function columnKey(field: Pick<Field, 'column' | 'type'>): IndexKey {
  return isFolded(field) ? { expression: `lower(${quoteIdentifier(field.column)})` } : { column: field.column };
}

function isFolded(field: Pick<Field, 'type'>): boolean {
  return fieldTypes[field.type].caseInsensitive;
}

function resolve(entity: Entity, names: readonly string[]): readonly KeyField[] {
  return names.map((name) => fieldNamed(entity, name));
}

function fieldNamed(entity: Entity, name: string): KeyField {
  if (name === 'createdAt') return { name, column: 'created_at', type: 'datetime', nullable: false };
  if (name === 'updatedAt') return { name, column: 'updated_at', type: 'datetime', nullable: false };
  const field = entity.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`entity ${entity.name} has no field ${name}`);
  return { name, column: field.column, type: field.type, nullable: field.optional && !field.many, many: field.many };
}
