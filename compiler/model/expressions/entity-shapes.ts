import { pointer } from '../../diagnostics/json-pointer.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { ExpressionType, IdStorage, ScalarKind } from '../../expression/expression-type.ts';
import type { EntityShape, LinkShape, ListPath, ListShape, ValueShape } from '../../expression/scope.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Entity, Field, FieldTypeName } from '../app.ts';
import { linksTo, type IncomingLink } from '../links-to.ts';
import { pairTableName } from '../naming.ts';

/** The entities as types of expressions, with the named conditions that the spec gives them. */
export function entityShapes(
  entities: readonly Entity[],
  spec: Spec,
  document: Pick<Located, 'isBroken'>,
): ReadonlyMap<string, EntityShape> {
  const incoming = linksTo(entities);
  return new Map(
    entities.map((entity) => [entity.name, shapeOf(entity, incoming.get(entity.name) ?? [], { spec, document })]),
  );
}

interface Written {
  readonly spec: Spec;
  readonly document: Pick<Located, 'isBroken'>;
}

function shapeOf(entity: Entity, incoming: readonly IncomingLink[], { spec, document }: Written): EntityShape {
  const values = [idShape(entity), ...entity.fields.map(valueShape), ...TIMES];
  const at = (...below: readonly string[]): string => pointer('entities', entity.name, ...below);
  return {
    name: entity.name,
    table: entity.names.table,
    values: new Map(values.map((value) => [value.key, value])),
    links: new Map(entity.fields.flatMap(linkShape).map((link) => [link.name, link])),
    lists: new Map([...ownLists(entity), ...listShapes(entity, incoming)].map((list) => [list.name, list])),
    rules: new Map(Object.entries(spec.entities[entity.name]?.rules ?? {})),
    renamed: new Map(entity.fields.flatMap(({ was, name }) => (was === undefined ? [] : [[was, name]]))),
    unnamedLists: unnamedLists(entity, incoming),
    isRefused: (name) =>
      [at('fields', name), at('fields', name.replace(LINK_ID, '')), at('rules', name)].some(document.isBroken),
  };
}

const LINK_ID = /Id$/;

function idShape({ name: entity, id }: Entity): ValueShape {
  return { key: 'id', column: 'id', type: { kind: 'id', entity, storage: storageOf(id) }, nullable: false };
}

function storageOf(id: Entity['id']): IdStorage {
  return id === 'string' ? 'text' : (id ?? 'uuid');
}

const TIMES: readonly ValueShape[] = [
  { key: 'createdAt', column: 'created_at', type: { kind: 'datetime' }, nullable: false },
  { key: 'updatedAt', column: 'updated_at', type: { kind: 'datetime' }, nullable: false },
];

function valueShape(field: Field): ValueShape {
  const { key, column } = field;
  return { key, column, type: fieldType(field), nullable: field.optional && !field.many };
}

function linkShape({ name, column, optional, reference }: Field): readonly LinkShape[] {
  return reference === undefined ? [] : [{ name, entity: reference.entity, column, nullable: optional }];
}

/** The rows that a row names. */
function ownLists({ names, fields }: Entity): readonly ListShape[] {
  return fields.flatMap(({ name, column, links }) => {
    if (links === undefined) return [];
    return [{ name, entity: links.entity, via: { kind: 'ids', column, table: pairTableName(names.table, name) } }];
  });
}

/** The rows that name a row. */
function listShapes({ inverses }: Entity, incoming: readonly IncomingLink[]): readonly ListShape[] {
  return inverses.flatMap(({ name, entity, field: link }) =>
    incoming
      .filter(({ from, field }) => from.name === entity && field.name === link)
      .map(({ from, field }) => ({ name, entity, via: pathOf(from, field) })),
  );
}

function unnamedLists({ inverses }: Entity, incoming: readonly IncomingLink[]): readonly string[] {
  return incoming
    .filter(
      ({ from, field }) => !inverses.some(({ entity, field: link }) => entity === from.name && link === field.name),
    )
    .map(({ from, field }) => `${from.name}.${field.name}`);
}

function pathOf({ names }: Entity, { name, column, links }: Field): ListPath {
  return links === undefined
    ? { kind: 'column', column }
    : { kind: 'pairs', column, table: pairTableName(names.table, name) };
}

/** The type of a field's values in expressions. */
export function fieldType(field: Field): ExpressionType {
  const one = elementType(field);
  return field.many ? { kind: 'list', of: one } : one;
}

function elementType({ type, enum: enumeration, reference, links }: Field): ExpressionType {
  const target = reference ?? links;
  if (target !== undefined) return { kind: 'id', entity: target.entity, storage: storageOf(target.id) };
  if (enumeration !== undefined) return { kind: 'enum', name: enumeration.typeName, values: enumeration.values };
  return type === 'uuid' ? { kind: 'id', storage: 'uuid' } : { kind: SCALARS[type] };
}

const SCALARS: Readonly<Record<Exclude<FieldTypeName, 'uuid'>, ScalarKind>> = {
  string: 'text',
  text: 'text',
  integer: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timeZone: 'timeZone',
  json: 'json',
  enum: 'text',
  email: 'email',
  phone: 'text',
  url: 'text',
  reference: 'text',
  references: 'text',
};
