import type { Entity } from '../../model/app.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import { idTypeOf } from '../../model/id-types.ts';
import type { ResourceExamples } from '../../plan/examples.ts';
import type { Resource } from '../../plan/resource.ts';
import type { RouteKind } from '../../plan/route-kinds.ts';
import { schemaRef, type EntityComponents } from './component-names.ts';

/** Most rows of any bulk request. */
const MAX_BULK = 1000;

/** The body of a bulk request, with an example. */
export function bulkBody(
  kind: RouteKind,
  { entity }: Resource,
  own: EntityComponents,
  examples: ResourceExamples,
): JsonSchema {
  const items = { type: 'array', items: itemOf(kind, entity, own), minItems: 1, maxItems: entity.bulk };
  const schema = { type: 'object', properties: { data: items }, required: ['data'], additionalProperties: false };
  return { schema, example: { data: [exampleOf(kind, examples)] } };
}

function itemOf(kind: RouteKind, entity: Entity, own: EntityComponents): JsonSchema {
  if (kind === 'bulkCreate') return schemaRef(own.create);
  const isUpdate = kind === 'bulkUpdate';
  return {
    type: 'object',
    properties: {
      id: idTypeOf(entity).schema,
      ifMatch: {
        type: 'string',
        minLength: 1,
        maxLength: 1000,
        description: 'As the header `If-Match` of a request for this row alone.',
      },
      ...(isUpdate && { set: schemaRef(own.patch) }),
    },
    required: isUpdate ? ['id', 'set'] : ['id'],
    additionalProperties: false,
  };
}

function exampleOf(kind: RouteKind, { create, patch, row }: ResourceExamples): unknown {
  const id = row['id'] ?? null;
  if (kind === 'bulkCreate') return create;
  return kind === 'bulkUpdate' ? { id, set: patch } : { id };
}

/** Rows that were written, in the order of the request, with the `ETag` of each. */
export function bulkAnswer(items: JsonSchema, isWhole: boolean): JsonSchema {
  const etag = { type: 'string', maxLength: 30 };
  const etags = { type: 'array', items: etag, maxItems: MAX_BULK, description: 'The `ETag` of each row.' };
  return {
    type: 'object',
    properties: { data: { type: 'array', items, maxItems: MAX_BULK }, ...(isWhole && { etags }) },
    required: isWhole ? ['data', 'etags'] : ['data'],
    additionalProperties: false,
  };
}
