import type { Entity, Field } from '../../model/app.ts';
import { bringsId } from '../../model/brings-id.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import { idTypeOf } from '../../model/id-types.ts';
import { exampleId, isRequiredOnCreate } from '../../plan/examples.ts';
import { MAX_BELOW, rowsShown, type Embed } from '../../plan/expansions.ts';
import { MAX_PARTS, withinFields, type PartList } from '../../plan/parts.ts';
import type { Resource, ResourceColumn } from '../../plan/resource.ts';
import type { RouteKind } from '../../plan/route-kinds.ts';
import { prose } from '../text/markdown.ts';
import { entityComponents, schemaRef, type ComponentNames, type EntityComponents } from './component-names.ts';
import { fieldSchema } from './field-schema.ts';
import { MAX_CURSOR } from './parameters.ts';

/** The schema components of one entity: those its routes need. */
export function entitySchemas(resource: Resource, all: ComponentNames): JsonSchema {
  const names = entityComponents(all, resource.entity.name);
  const has = (kind: RouteKind): boolean => resource.routes.some((route) => route.kind === kind);
  const members = has('get') ? Object.fromEntries(rowProperties(resource, all)) : {};
  return {
    ...(has('get') && {
      [names.row]: rowSchema(resource, members),
      [names.part]: partSchema(resource, members),
      [names.field]: { type: 'string', enum: resource.columns.map(({ key }) => key) },
    }),
    ...(has('create') && { [names.create]: createSchema(resource, all) }),
    ...(has('upsert') && { [names.upsert]: upsertSchema(resource) }),
    ...(resource.isBroughtAlong && { [names.within]: withinSchema(resource, all) }),
    ...(has('update') && { [names.patch]: patchSchema(resource) }),
    ...(has('list') && { [names.list]: listSchema(resource, names) }),
  };
}

function rowSchema({ entity, columns }: Resource, members: JsonSchema): JsonSchema {
  return {
    type: 'object',
    title: entity.name,
    ...(entity.description !== undefined && { description: prose(entity.description) }),
    properties: members,
    required: columns.map(({ key }) => key),
    additionalProperties: false,
  };
}

function rowProperties({ entity, columns, embeds }: Resource, all: ComponentNames) {
  return [
    ...columns.map((column) => [column.key, columnSchema(column, entity)] as const),
    ...embeds.map((embed) => [embed.key, embedSchema(embed, entityComponents(all, embed.to.name).row)] as const),
  ];
}

/** A row of which `fields` asked for some members only. */
function partSchema({ entity }: Resource, members: JsonSchema): JsonSchema {
  return {
    type: 'object',
    title: `Part of one ${entity.names.words}`,
    description: 'What `fields` asked for of the row, and what `expand` added.',
    properties: members,
    minProperties: 1,
    additionalProperties: false,
  };
}

function columnSchema({ key, field }: ResourceColumn, entity: Entity): JsonSchema {
  if (field !== undefined) return fieldSchema(field, 'row');
  if (key === 'id') return idSchema(entity, GIVERS[bringsId(entity) ?? 'never']);
  const description = key === 'createdAt' ? 'When the row was created.' : 'When the row was last changed.';
  return { type: 'string', format: 'date-time', maxLength: 32, description, examples: ['2026-03-14T09:26:53.589793Z'] };
}

const GIVERS = {
  always: 'Given by the client.',
  maybe: 'Given by the client, or else by the server.',
  never: 'Given by the server.',
} as const;

function idSchema(entity: Entity, description: string): JsonSchema {
  return { ...idTypeOf(entity).schema, description, examples: [exampleId(entity.name, entity.id)] };
}

/** A row or rows of another entity, there when asked for. */
function embedSchema(embed: Embed, row: string): JsonSchema {
  const { kind, nullable, to } = embed;
  const asked = askedFor(embed);
  if (kind === 'many') {
    const description = `${asked}: ${rowsShown(embed, to.names.wordsPlural)}.`;
    return { type: 'array', items: schemaRef(row), maxItems: MAX_BELOW, description };
  }
  if (!nullable) return { ...schemaRef(row), description: `${asked}.` };
  return { anyOf: [schemaRef(row), { type: 'null' }], description: `${asked}; null where there is none.` };
}

function askedFor({ key, isOwn, isPart }: Embed): string {
  const brought = 'After a create that brings them';
  if (isOwn) return isPart ? `${brought}, and with \`expand=${key}\`` : `With \`expand=${key}\``;
  return isPart ? brought : 'Where this row is expanded itself, and this link with it';
}

function createSchema({ entity, createFields, parts }: Resource, all: ComponentNames): JsonSchema {
  return newRow(`New ${entity.names.words}`, entity, createFields, parts, all);
}

/** The fields of a create; of a row that is there, what is left out stays. */
function upsertSchema({ entity, createFields, upsertKey }: Resource): JsonSchema {
  const isRequired = (field: Field): boolean => isRequiredOnCreate(field) || upsertKey.includes(field);
  return {
    type: 'object',
    title: `One ${entity.names.words}, found by ${upsertKey.map(({ key }) => key).join(' and ')}`,
    description: 'Fields that are left out keep their values where there is such a row; defaults are for new rows.',
    properties: {
      ...(bringsId(entity) === 'always' && { id: idSchema(entity, ID_OF_UPSERT) }),
      ...properties(createFields, 'upsert'),
    },
    required: [...requiredId(entity), ...createFields.filter(isRequired).map(({ key }) => key)],
    additionalProperties: false,
  };
}

const ID_OF_UPSERT = 'Of the row, whether it is there or new; one that has another id is 409.';

/** What is created within the body of what it is part of. */
function withinSchema({ entity, createFields, parts }: Resource, all: ComponentNames): JsonSchema {
  const title = `New ${entity.names.words} of a new ${entity.partOf?.entity ?? ''}`;
  return newRow(title, entity, withinFields(createFields, entity), parts, all);
}

function newRow(
  title: string,
  entity: Entity,
  fields: readonly Field[],
  parts: readonly PartList[],
  all: ComponentNames,
): JsonSchema {
  const brings = bringsId(entity);
  const required = [...requiredId(entity), ...fields.filter(isRequiredOnCreate).map(({ key }) => key)];
  const lists = parts.map(({ key, to }) => [key, partsSchema(to, entityComponents(all, to.name).within)] as const);
  return {
    type: 'object',
    title,
    properties: {
      ...(brings && { id: idSchema(entity, GIVEN_IDS[brings]) }),
      ...properties(fields, 'create'),
      ...Object.fromEntries(lists),
    },
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function requiredId(entity: Entity): readonly string[] {
  return bringsId(entity) === 'always' ? ['id'] : [];
}

const AGAIN =
  'The same body again answers 200 with the row while that is still as the body says, another with this id 409.';

const GIVEN_IDS = {
  always: `An id that no other row has. ${AGAIN}`,
  maybe: `A new UUID of the client. If absent: given by the server. ${AGAIN}`,
} as const;

function partsSchema({ names }: Entity, within: string): JsonSchema {
  return {
    type: 'array',
    items: schemaRef(within),
    maxItems: MAX_PARTS,
    description: `${capitalised(names.wordsPlural)} to create with it, in this order: all or none.`,
  };
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function patchSchema({ entity, updateFields }: Resource): JsonSchema {
  return {
    type: 'object',
    title: `Changes of one ${entity.names.words}`,
    description: 'Fields that are left out keep their values.',
    properties: properties(updateFields, 'patch'),
    additionalProperties: false,
  };
}

function properties(fields: readonly Field[], use: 'create' | 'upsert' | 'patch'): JsonSchema {
  return Object.fromEntries(fields.map((field) => [field.key, fieldSchema(field, use)]));
}

/** A row as reads answer it: whole, or the part that was asked for. */
export function shownSchema({ row, part }: EntityComponents): JsonSchema {
  return { anyOf: [schemaRef(row), schemaRef(part)] };
}

function listSchema({ entity }: Resource, names: EntityComponents): JsonSchema {
  return {
    type: 'object',
    title: `One page of ${entity.names.wordsPlural}`,
    properties: {
      data: { type: 'array', items: shownSchema(names), maxItems: entity.list.maxPageSize },
      nextCursor: {
        type: ['string', 'null'],
        maxLength: MAX_CURSOR,
        description: 'Goes into `cursor` to get the next page; null on the last one.',
      },
      count: {
        type: 'object',
        description:
          'Only when `count` asks for it: the rows of all pages. `atLeast` where there are more than are counted.',
        properties: {
          value: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
          kind: { type: 'string', enum: ['exact', 'atLeast', 'estimated'] },
        },
        required: ['value', 'kind'],
        additionalProperties: false,
        examples: [{ value: 42, kind: 'exact' }],
      },
    },
    required: ['data', 'nextCursor'],
    additionalProperties: false,
  };
}
