import type { EntitySpec, FieldListSpec, ListSpec, SpecMap } from '../spec/spec.ts';
import {
  type Entity,
  type Field,
  type Grant,
  type ListOptions,
  type NamedFields,
  type Operation,
  OPERATIONS,
} from './app.ts';
import { buildField } from './build-field.ts';
import { entityNames } from './naming.ts';

export const DEFAULT_PAGE_SIZE = 25;
export const DEFAULT_MAX_PAGE_SIZE = 100;

/** Fills in what an entity leaves unsaid; what the other entities say of it, and what its expressions mean, comes later. */
export function buildEntity(name: string, spec: EntitySpec): Omit<Entity, 'inverses'> {
  const fields = Object.entries(spec.fields).map(([field, fieldSpec]) => buildField(name, field, fieldSpec));
  const grants = Object.entries(spec.access ?? {}).map(([grant, { roles, allow, rows }]): Grant => ({
    name: grant,
    roles,
    allow,
    rows,
  }));
  return {
    name,
    names: entityNames(name, {
      ...(spec.table !== undefined && { table: spec.table }),
      ...(spec.path !== undefined && { path: spec.path }),
    }),
    ...(spec.was !== undefined && { was: spec.was }),
    ...(spec.description !== undefined && { description: spec.description }),
    fields,
    grants,
    operations: operationsOf(grants),
    list: buildList(fields, spec.list ?? {}),
    ...(spec.search !== undefined && { search: spec.search }),
    ...(spec.bulk !== undefined && { bulk: spec.bulk }),
    ...(spec.upsert !== undefined && { upsert: spec.upsert }),
    ...(spec.id !== undefined && spec.id !== 'uuid' && { id: spec.id }),
    ...(spec.clientId === true && { clientId: true as const }),
    ...(spec.softDelete === true && { softDelete: true as const }),
    rules: [],
    checks: [],
    uniques: buildNamedFields(spec.unique),
    indexes: buildNamedFields(spec.indexes),
    noOverlaps: Object.entries(spec.noOverlap ?? {}).map(([rule, { per = [], from, to }]) => ({
      name: rule,
      per,
      from,
      to,
    })),
  };
}

/** What some grant allows. */
export function operationsOf(grants: readonly Grant[]): readonly Operation[] {
  return OPERATIONS.filter((operation) => grants.some((grant) => grant.allow.includes(operation)));
}

function buildList(fields: readonly Field[], spec: ListSpec): ListOptions {
  const maxPageSize = spec.maxPageSize ?? DEFAULT_MAX_PAGE_SIZE;
  return {
    filter: spec.filter ?? fields.filter(isFilteredUnlessTold).map((field) => field.name),
    findsParts: spec.filter !== undefined,
    sort: spec.sort ?? ['createdAt'],
    expand: spec.expand ?? [],
    pageSize: spec.pageSize ?? Math.min(DEFAULT_PAGE_SIZE, maxPageSize),
    maxPageSize,
  };
}

function isFilteredUnlessTold(field: Field): boolean {
  if (field.writeOnly) return false;
  if (field.links !== undefined) return true;
  if (field.many) return false;
  return field.type === 'enum' || field.type === 'boolean' || field.type === 'reference' || field.unique;
}

function buildNamedFields(spec: SpecMap<FieldListSpec> = {}): readonly NamedFields[] {
  return Object.entries(spec).map(([name, { fields }]) => ({ name, fields }));
}
