import type { Field } from '../../model/app.ts';
import { fieldTypeOf, type FilterOperator } from '../../model/field-types.ts';
import { idTypeOf } from '../../model/id-types.ts';
import { bringsId } from '../../model/brings-id.ts';
import type { ResourceFilter } from '../../plan/filters.ts';
import { MAX_PARTS, withinFields, type PartList } from '../../plan/parts.ts';
import { isRequiredOnCreate } from '../../plan/examples.ts';
import type { Resource } from '../../plan/resource.ts';
import type { OutputFile } from '../file.ts';
import { joined, lines, nothing, raw, ts, type Fragment } from '../text/fragment.ts';
import { doc, ident, literal, num, prop, regex, str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { entityFolder, entityIdentifiers, entitySymbol, runtime } from './entity-symbols.ts';

import { shapeSchema } from './shape-schema.ts';

const { z, field: fieldSymbol, filter, arrayFilter, getQuery, listQuery } = runtime;

/** `schema.ts`: the zod schemas of an entity's rows, bodies and list query. */
export function emitSchema(resource: Resource): OutputFile {
  const { entity } = resource;
  const kinds = new Set(resource.routes.map(({ kind }) => kind));
  const sections = [
    ...entity.fields.filter((field) => field.enum).map(enumValues),
    rowSchema(resource),
    ...(resource.embeds.length > 0 && kinds.has('get') ? [answerSchema(resource)] : []),
    ...(kinds.has('create') ? [createSchema(resource)] : []),
    ...(kinds.has('upsert') ? [upsertSchema(resource)] : []),
    ...(resource.isBroughtAlong ? [withinSchema(resource)] : []),
    ...(kinds.has('update') ? [patchSchema(resource)] : []),
    ...(kinds.has('list') ? [querySchema(resource)] : []),
    ...(kinds.has('get') ? [getQuerySchema(resource)] : []),
  ];
  return sourceFile(`${entityFolder(entity)}/schema.ts`, joined(sections, '\n\n'));
}

function enumName(field: Field): Fragment {
  return ident(`${field.name}Values`);
}

function enumValues(field: Field): Fragment {
  return ts`const ${enumName(field)} = [
  ${lines((field.enum?.values ?? []).map((value) => ts`${str(value)},`))}
] as const;`;
}

function rowSchema({ entity, columns }: Resource): Fragment {
  const { row } = entityIdentifiers(entity);
  const members = columns.map(({ key, field }) => {
    if (field === undefined)
      return ts`${prop(key)}: ${fieldSymbol}.${raw(key === 'id' ? idTypeOf(entity).factory : 'datetime')}(),`;
    return ts`${prop(key)}: ${valueSchema(field)},`;
  });
  return ts`${doc(`${entity.description ?? `One of the ${entity.names.wordsPlural}.`}\nThe row as the API answers it.`)}
export const ${ident(row)} = ${z}.object({
  ${lines(members)}
});`;
}

/** Getters, since two entities may show each other. */
function answerSchema({ entity, embeds }: Resource): Fragment {
  const { answer, row } = entityIdentifiers(entity);
  const members = embeds.map(({ key, to, kind, nullable }) => {
    const target = entitySymbol(entity, to, entityIdentifiers(to).row, 'schema.ts');
    const one = nullable ? ts`${target}.nullable()` : ts`${target}`;
    return ts`get ${ident(key)}() {
  return ${kind === 'many' ? ts`${z}.array(${target})` : one}.optional();
},`;
  });
  return ts`/** The row with what \`expand\` adds to it. */
export const ${ident(answer)} = ${ident(row)}.extend({
  ${lines(members)}
});`;
}

function getQuerySchema({ entity, expansions }: Resource): Fragment {
  const names = entityIdentifiers(entity);
  return ts`/** Query of a get. */
export const ${ident(names.getQuery)} = ${getQuery}({
  row: ${ident(names.row)},
  ${expandOption(expansions)}
});`;
}

function expandOption(expansions: Resource['expansions']): Fragment {
  if (expansions.length === 0) return nothing;
  return ts`expand: [
  ${lines(expansions.map(({ path }) => ts`${str(path)},`))}
],`;
}

/** The field's schema; null stands for an absent optional value. */
function valueSchema(field: Field): Fragment {
  if (field.links !== undefined) {
    const ids = field.links.id === undefined ? nothing : ts`, ${factoryCall(field)}`;
    return ts`${fieldSymbol}.references({ maxItems: ${num(field.limits.maxItems ?? 0)} }${ids})`;
  }
  const one = field.enum ? ts`${fieldSymbol}.enum(${enumName(field)})` : factoryCall(field);
  const many = field.many ? ts`${fieldSymbol}.many(${one}, { maxItems: ${num(field.limits.maxItems ?? 0)} })` : one;
  return field.optional && !field.many ? ts`${many}.nullable()` : many;
}

function factoryCall(field: Field): Fragment {
  if (field.schema !== undefined) return ts`${fieldSymbol}.shaped(${shapeSchema(field.schema)})`;
  const { name, options } = fieldTypeOf(field).factory;
  const given = options.flatMap((option) => {
    const value = field.limits[option];
    if (value === undefined) return [];
    return [ts`${prop(option)}: ${option === 'pattern' ? regex(String(value)) : literal(value)}`];
  });
  return given.length === 0
    ? ts`${fieldSymbol}.${ident(name)}()`
    : ts`${fieldSymbol}.${ident(name)}({ ${joined(given, ', ')} })`;
}

/** What is never answered is no part of the row: its bodies spell it out. */
function shapeOf({ entity }: Resource, field: Field): Fragment {
  return field.writeOnly ? valueSchema(field) : ts`${ident(entityIdentifiers(entity).row)}.shape.${ident(field.key)}`;
}

function createSchema(resource: Resource): Fragment {
  const { create } = entityIdentifiers(resource.entity);
  const members = resource.createFields.map((field) => ts`${prop(field.key)}: ${createMember(resource, field)},`);
  return ts`/** Body of a create. */
export const ${ident(create)} = ${runtime.body}({
  ${lines([...givenId(resource), ...members, ...resource.parts.map((part) => partsMember(resource, part))])}
}${fixedFields(resource.entity.fields.filter(({ readOnly }) => readOnly))};`;
}

/** Where a create brings the id of its row, or may do so. */
function givenId({ entity }: Resource): readonly Fragment[] {
  const brings = bringsId(entity);
  if (brings === undefined) return [];
  return [ts`id: ${ident(entityIdentifiers(entity).row)}.shape.id${raw(brings === 'always' ? '' : '.optional()')},`];
}

/** Who finds a row by its key says the key; the row may be in any state, and brings no parts. */
function upsertSchema(resource: Resource): Fragment {
  const { create, upsert } = entityIdentifiers(resource.entity);
  return ts`/** Body of an upsert: that of a create, with its key, in any state. */
export const ${ident(upsert)} = ${runtime.likeBody}(${ident(create)}, ${upsertShape(resource)});`;
}

/** The body of a create with what differs, or else all of it anew: a mask of keys to omit has no room for one named `toString`. */
function upsertShape(resource: Resource): Fragment {
  const { createFields, entity, parts } = resource;
  const create = ident(entityIdentifiers(entity).create);
  const differing = createFields.filter((field) => upsertMember(resource, field) !== undefined);
  const isLess = bringsId(entity) === 'maybe' || parts.length > 0;
  if (!isLess && differing.length === 0) return ts`${create}`;
  const members = [
    ...(isLess && bringsId(entity) === 'always' ? givenId(resource) : []),
    ...(isLess ? createFields : differing).map(
      (field) => ts`${prop(field.key)}: ${upsertMember(resource, field) ?? asInCreate(resource, field)},`,
    ),
  ];
  const start = isLess ? ts`${z}.strictObject` : ts`${create}.extend`;
  return ts`${start}({
  ${lines(members)}
})`;
}

/** Where it differs from the body of a create. */
function upsertMember(resource: Resource, field: Field): Fragment | undefined {
  // Never optional, and no default says which row is meant.
  if (resource.upsertKey.includes(field))
    return isRequiredOnCreate(field) && !field.enum?.initial ? undefined : shapeOf(resource, field);
  return field.enum?.initial === undefined ? undefined : withDefault(shapeOf(resource, field), field);
}

/**
 * What the body of a create has in a field. The shape of one with parts is not read: a file that is still being loaded
 * might define them.
 */
function asInCreate(resource: Resource, field: Field): Fragment {
  const { create } = entityIdentifiers(resource.entity);
  return resource.parts.length > 0 ? createMember(resource, field) : ts`${ident(create)}.shape.${ident(field.key)}`;
}

/** A getter, since the parts' file may need this one. */
function partsMember({ entity }: Resource, { key, to }: PartList): Fragment {
  const within = entitySymbol(entity, to, entityIdentifiers(to).within, 'schema.ts');
  return ts`get ${ident(key)}() {
  return ${z}.array(${within}).max(${num(MAX_PARTS)}).optional();
},`;
}

/** Body of a part in the create of what it belongs to. */
function withinSchema(resource: Resource): Fragment {
  const { entity, createFields, parts } = resource;
  const { within } = entityIdentifiers(entity);
  const members = withinFields(createFields, entity).map(
    (field) => ts`${prop(field.key)}: ${asInCreate(resource, field)},`,
  );
  const all = [...givenId(resource), ...members, ...parts.map((part) => partsMember(resource, part))];
  return ts`/** The body of a create within one of what it is part of, which it need not name. */
export const ${ident(within)} = ${z}.strictObject({
  ${all.length === 0 ? nothing : lines(all)}
});`;
}

/** A row with a state machine starts in its initial state. */
function createMember(resource: Resource, field: Field): Fragment {
  const initial = field.enum?.initial;
  const first = ts`${fieldSymbol}.enum(${literal(initial ?? [])})`;
  const shape = initial ? (field.optional ? ts`${first}.nullable()` : first) : shapeOf(resource, field);
  return withDefault(shape, field);
}

function withDefault(shape: Fragment, field: Field): Fragment {
  if (field.default !== undefined) return ts`${shape}.default(${literal(field.default)})`;
  if (field.preset !== undefined) return ts`${shape}.optional()`;
  if (field.many) return ts`${shape}.default([])`;
  return field.optional ? ts`${shape}.default(null)` : shape;
}

function patchSchema(resource: Resource): Fragment {
  const { patch } = entityIdentifiers(resource.entity);
  const members = resource.updateFields.map((field) => ts`${prop(field.key)}: ${shapeOf(resource, field)}.optional(),`);
  return ts`/** Body of a patch: what is absent stays as it is. */
export const ${ident(patch)} = ${runtime.body}({
  ${lines(members)}
}${fixedFields(resource.entity.fields.filter(({ readOnly, immutable }) => readOnly || immutable))};`;
}

/** Why fields of the row are in no such body. */
function fixedFields(fields: readonly Field[]): Fragment {
  const reasons = fields.map((field) => ts`[${str(field.key)}, ${str(fixedReason(field))}],`);
  return ts`, [
  ${reasons.length === 0 ? nothing : lines(reasons)}
])`;
}

function fixedReason({ computed, sequence, readOnly }: Field): string {
  if (computed !== undefined || sequence) return 'computed';
  return readOnly ? 'readOnly' : 'immutable';
}

function querySchema({ entity, filters, sorts, defaultSort, expansions }: Resource): Fragment {
  const order = (defaultSort.descending ? '-' : '') + defaultSort.key;
  const names = entityIdentifiers(entity);
  return ts`/** Query of a list. */
export const ${ident(names.query)} = ${listQuery}({
  row: ${ident(names.row)},
  filters: {
    ${filters.length === 0 ? nothing : lines(filters.map(filterMember))}
  },
  sort: [
    ${lines(sorts.map(({ key }) => ts`${str(key)},`))}
  ],
  defaultSort: ${str(order)},
  ${entity.search ? raw('isSearchable: true,') : nothing}
  ${expandOption(expansions)}
  pageSize: ${num(entity.list.pageSize)},
  maxPageSize: ${num(entity.list.maxPageSize)},
});`;
}

function filterMember({ key, field, operators, through }: ResourceFilter): Fragment {
  if (field?.many) return ts`${prop(key)}: ${arrayFilter}(${comparable(field, through.length > 0)}),`;
  return ts`${prop(key)}: ${filter}(${comparable(field, through.length > 0)}, ${joined(operators.map(operatorName), ', ')}),`;
}

function operatorName(operator: FilterOperator): Fragment {
  return str(operator);
}

/** What a value must be to be compared with the field: its type without the field's own limits. */
function comparable(field: Field | undefined, isForeign: boolean): Fragment {
  if (field === undefined) return ts`${fieldSymbol}.datetime()`;
  if (field.enum) return ts`${fieldSymbol}.enum(${isForeign ? literal(field.enum.values) : enumName(field)})`;
  const name = fieldTypeOf(field).factory.name;
  if (name === 'string')
    return ts`${fieldSymbol}.string({ maxLength: ${num(Math.min(field.limits.maxLength ?? 255, 2000))} })`;
  return ts`${fieldSymbol}.${ident(name)}()`;
}
