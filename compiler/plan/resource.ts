import type { App, Entity, Field, Grant, Operation } from '../model/app.ts';
import { planEmbeds, planExpansions, type Embed, type Expansion } from './expansions.ts';
import { fieldTypeOf, fieldTypes, type CodecName } from '../model/field-types.ts';
import { isBroughtAlong, planParts, type PartList } from './parts.ts';
import { linkedFields, linkName, linkPath } from './link-routes.ts';
import { isBulk, ROUTE_KINDS, type RouteKind } from './route-kinds.ts';
import { conflictsOf, statusesOf, type Conflicts } from './route-statuses.ts';
import { planFilters, type ResourceFilter } from './filters.ts';

/** What the API offers for one entity: derived once, printed by several emitters. */
export interface Resource {
  readonly entity: Entity;
  /** Columns of a response row in their order there. `version` travels as the ETag and is not listed. */
  readonly columns: readonly ResourceColumn[];
  /** Fields of a create body, in order. */
  readonly createFields: readonly Field[];
  /** Fields by which an upsert finds its row, in the order of the spec; none: there are no upserts. */
  readonly upsertKey: readonly Field[];
  /** Fields of a patch body, in order. */
  readonly updateFields: readonly Field[];
  /** Lists of parts that a create body may have beside its fields. */
  readonly parts: readonly PartList[];
  /** Whether creates of what it is part of may bring its rows. */
  readonly isBroughtAlong: boolean;
  readonly filters: readonly ResourceFilter[];
  readonly sorts: readonly ResourceSort[];
  /** Order of a list without `sort=`; the id that ends every order is not listed. */
  readonly defaultSort: { readonly key: string; readonly descending: boolean };
  /** What `expand=` offers. */
  readonly expansions: readonly Expansion[];
  /** What a row may have beside its columns. */
  readonly embeds: readonly Embed[];
  readonly routes: readonly Route[];
}

export interface ResourceColumn {
  /** Key in JSON. */
  readonly key: string;
  readonly column: string;
  readonly codec: CodecName;
  readonly nullable: boolean;
  readonly many: boolean;
  /** Absent for id, createdAt and updatedAt. */
  readonly field?: Field;
}

export interface ResourceSort {
  readonly key: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly caseInsensitive: boolean;
  /** What the column holds, its enum's values in their order with it: a cursor of another kind is none of the list. */
  readonly type: string;
  readonly field?: Field;
}

export interface Route {
  readonly kind: RouteKind;
  /** All of them must be granted. */
  readonly operations: readonly Operation[];
  readonly method: 'post' | 'get' | 'patch' | 'put' | 'delete';
  /** OpenAPI form, with the base path: `/leads/{id}`. */
  readonly path: string;
  /** `createLead`, `upsertLead`, `listLeads`, `getLead`, `updateLead`, `deleteLead`. */
  readonly operationId: string;
  /** The list that a link is put on, or taken off. */
  readonly list?: Field;
  readonly grants: readonly Grant[];
  /** Every status the operation declares, ascending. */
  readonly statuses: readonly number[];
  /** Whether a success carries the row: only callers who may read are shown one. */
  readonly returnsRow: boolean;
  /** Of what 409 comes, beside an `Idempotency-Key` in use. */
  readonly conflicts: Conflicts;
}

/** Fields every row has beside the author's, as filters and sorts may name them. */
export const SYSTEM_TIMES: readonly string[] = ['createdAt', 'updatedAt'];

/** The API of every entity that has at least one route or could have one later; entities without grants have no routes. */
export function planResources(app: App): readonly Resource[] {
  const embeds = planEmbeds(app);
  return app.entities.map((entity) => planResource(app, entity, embeds.get(entity.name) ?? []));
}

function planResource(app: App, entity: Entity, embeds: readonly Embed[]): Resource {
  return {
    entity,
    columns: responseColumns(entity),
    createFields: entity.fields.filter((field) => !field.readOnly),
    upsertKey: (entity.upsert ?? []).flatMap((name) => named(entity, name) ?? []),
    updateFields: entity.fields.filter((field) => !field.readOnly && !field.immutable),
    parts: planParts(app, entity),
    isBroughtAlong: isBroughtAlong(app, entity),
    filters: planFilters(app, entity),
    sorts: sortNames(entity).map((name) => sortOf(entity, name)),
    defaultSort: defaultSort(entity),
    expansions: planExpansions(app, entity),
    embeds,
    routes: ROUTE_KINDS.flatMap((kind) => routeOf(app, entity, kind)),
  };
}

function responseColumns(entity: Entity): readonly ResourceColumn[] {
  return [
    { key: 'id', column: 'id', codec: 'quoted', nullable: false, many: false },
    ...entity.fields.filter((field) => !field.writeOnly).map(fieldColumn),
    { key: 'createdAt', column: 'created_at', codec: 'datetime', nullable: false, many: false },
    { key: 'updatedAt', column: 'updated_at', codec: 'datetime', nullable: false, many: false },
  ];
}

function fieldColumn(field: Field): ResourceColumn {
  return {
    key: field.key,
    column: field.column,
    codec: fieldTypeOf(field).codec,
    nullable: field.optional && !field.many,
    many: field.many,
    field,
  };
}

function named(entity: Entity, name: string): Field | undefined {
  return entity.fields.find((field) => field.name === name);
}

function systemColumn(name: string): string {
  return name === 'createdAt' ? 'created_at' : 'updated_at';
}

function sortOf(entity: Entity, name: string): ResourceSort {
  const field = named(entity, name);
  return {
    key: field?.key ?? name,
    column: field?.column ?? systemColumn(name),
    nullable: field?.optional ?? false,
    caseInsensitive: fieldTypes[field?.type ?? 'datetime'].caseInsensitive,
    type: typeOfSort(field),
    ...(field && { field }),
  };
}

function typeOfSort({ type, enum: enumeration }: Pick<Field, 'type' | 'enum'> = { type: 'datetime' }): string {
  return enumeration === undefined ? type : `${type} ${enumeration.values.join(' ')}`;
}

/** A list always has an order. */
function sortNames({ list }: Entity): readonly string[] {
  return list.sort.length > 0 ? list.sort : ['createdAt'];
}

function defaultSort(entity: Entity): Resource['defaultSort'] {
  const name = sortNames(entity)[0] ?? 'createdAt';
  return { key: named(entity, name)?.key ?? name, descending: SYSTEM_TIMES.includes(name) };
}

const ROUTES: Readonly<
  Record<
    RouteKind,
    { operations: readonly Operation[]; method: Route['method']; item: boolean; verb: string; below?: string }
  >
> = {
  create: { operations: ['create'], method: 'post', item: false, verb: 'create' },
  upsert: { operations: ['create', 'update'], method: 'post', item: false, verb: 'upsert', below: '/upsert' },
  list: { operations: ['read'], method: 'get', item: false, verb: 'list' },
  get: { operations: ['read'], method: 'get', item: true, verb: 'get' },
  update: { operations: ['update'], method: 'patch', item: true, verb: 'update' },
  delete: { operations: ['delete'], method: 'delete', item: true, verb: 'delete' },
  restore: { operations: ['restore'], method: 'post', item: true, verb: 'restore', below: '/restore' },
  link: { operations: ['update'], method: 'put', item: true, verb: 'link' },
  unlink: { operations: ['update'], method: 'delete', item: true, verb: 'unlink' },
  bulkCreate: { operations: ['create'], method: 'post', item: false, verb: 'bulkCreate', below: '/bulk-create' },
  bulkUpdate: { operations: ['update'], method: 'post', item: false, verb: 'bulkUpdate', below: '/bulk-update' },
  bulkDelete: { operations: ['delete'], method: 'post', item: false, verb: 'bulkDelete', below: '/bulk-delete' },
};

function routeOf(app: App, entity: Entity, kind: RouteKind): readonly Route[] {
  const { operations, method, item, verb, below = '' } = ROUTES[kind];
  if (!operations.every((operation) => entity.operations.includes(operation)) || !isAskedFor(entity, kind)) return [];
  const path = `${app.api.basePath}/${entity.names.path}${item ? '/{id}' : ''}${below}`;
  const route: Route = {
    kind,
    operations,
    method,
    path,
    operationId: verb + (kind === 'list' || isBulk(kind) ? pascalPlural(entity) : entity.name),
    grants: entity.grants.filter((grant) => operations.some((operation) => grant.allow.includes(operation))),
    statuses: statusesOf(app, entity, kind),
    conflicts: conflictsOf(app, entity, kind),
    returnsRow: entity.operations.includes('read') && !operations.includes('delete'),
  };
  if (kind !== 'link' && kind !== 'unlink') return [route];
  return linkedFields(entity).map((list) => ({
    ...route,
    list,
    path: path + linkPath(list),
    operationId: route.operationId + linkName(list),
  }));
}

/** Some routes are there only where the spec says so. */
function isAskedFor({ bulk, upsert }: Entity, kind: RouteKind): boolean {
  if (isBulk(kind)) return bulk !== undefined;
  return kind !== 'upsert' || upsert !== undefined;
}

/** `Leads`; for a word without plural `SheepList`, so that list and get never share an operation id. */
function pascalPlural(entity: Entity): string {
  const { camelPlural } = entity.names;
  const plural = camelPlural.slice(0, 1).toUpperCase() + camelPlural.slice(1);
  return plural === entity.name ? `${plural}List` : plural;
}
