import type { IdKind } from '../../model/id-kind.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import { idTypes } from '../../model/id-types.ts';
import type { Resource, Route } from '../../plan/resource.ts';
import type { RouteKind } from '../../plan/route-kinds.ts';
import { linkParameter } from '../../plan/link-routes.ts';
import { schemaRef, type EntityComponents } from './component-names.ts';
import { filterParameters } from './filter-parameters.ts';

/** Longest cursor the server makes or takes. */
export const MAX_CURSOR = 4096;

/** Node.js takes no more of all headers together. */
export const MAX_HEADER = 16_384;

/** Most keys of one `sort=`. */
const MAX_SORT = 3;

/** Longest text of one `search=`. */
const MAX_SEARCH = 255;

/** The row of a path. */
function idParameter(kind: IdKind) {
  return { name: 'id', in: 'path', required: true, description: 'Id of the row.', schema: idTypes[kind].schema };
}

const ID_PARAMETERS = { uuid: 'Id', bigint: 'NumberId', string: 'TextId' } as const;

/** Parameters that several operations share, under `components.parameters`. */
export const sharedParameters = {
  Id: idParameter('uuid'),
  NumberId: idParameter('bigint'),
  TextId: idParameter('string'),
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` of the row as it was read: the request is refused with 412 when the row has changed since.',
    schema: { type: 'string', maxLength: MAX_HEADER },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of the row as it was read: the answer is 304 when the row is still the same.',
    schema: { type: 'string', maxLength: MAX_HEADER },
  },
  IfMatchOrAny: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` of the row as it was read, or `*`: the request is refused with 412 when there is no such row.',
    schema: { type: 'string', maxLength: MAX_HEADER },
  },
  IfNone: {
    name: 'If-None-Match',
    in: 'header',
    description: 'Only `*`: the request is refused with 412 when there is a row with this key.',
    schema: { type: 'string', enum: ['*'] },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a request that can be sent again: with the same key, path and body it is done once and answered as the first time. Kept for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Names the request in logs and answers; made by the server when absent or not usable.',
    schema: { type: 'string', maxLength: MAX_HEADER },
  },
  Count: {
    name: 'count',
    in: 'query',
    description:
      'Asks how many rows the filters let through, on all pages: `exact` counts them up to 10,000, `estimated` answers what the planner of the database expects where it expects more.',
    schema: { type: 'string', enum: ['exact', 'estimated'] },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'The `nextCursor` of the page before, with the same filters and sort.',
    schema: { type: 'string', maxLength: MAX_CURSOR },
  },
} as const;

type SharedParameter = keyof typeof sharedParameters;

const SHARED: Readonly<Record<RouteKind, readonly SharedParameter[]>> = {
  create: ['IdempotencyKey', 'RequestId'],
  upsert: ['IfMatchOrAny', 'IfNone', 'IdempotencyKey', 'RequestId'],
  list: ['Cursor', 'Count', 'RequestId'],
  get: ['Id', 'IfNoneMatch', 'RequestId'],
  update: ['Id', 'IfMatch', 'RequestId'],
  delete: ['Id', 'IfMatch', 'RequestId'],
  restore: ['Id', 'IdempotencyKey', 'RequestId'],
  link: ['Id', 'IfMatch', 'RequestId'],
  unlink: ['Id', 'IfMatch', 'RequestId'],
  bulkCreate: ['IdempotencyKey', 'RequestId'],
  bulkUpdate: ['IdempotencyKey', 'RequestId'],
  bulkDelete: ['IdempotencyKey', 'RequestId'],
};

/** All parameters of one operation. */
export function operationParameters(resource: Resource, route: Route, own: EntityComponents): readonly JsonSchema[] {
  const id = ID_PARAMETERS[resource.entity.id ?? 'uuid'];
  const shared = SHARED[route.kind].map((name) => ({ $ref: `#/components/parameters/${name === 'Id' ? id : name}` }));
  const shown = route.operations.includes('read')
    ? [...expandParameters(resource), fieldsParameter(resource, own)]
    : [];
  return route.kind === 'list'
    ? [
        limitParameter(resource),
        ...sortParameters(resource),
        ...searchParameters(resource),
        ...shown,
        ...shared,
        ...filters(resource),
      ]
    : [...shown, ...linkParameters(route), ...shared];
}

/** The row that is put on a list, or taken off. */
function linkParameters({ list }: Route): readonly JsonSchema[] {
  if (list === undefined) return [];
  const description = `Id of the ${list.links?.entity}.`;
  const schema = { ...idTypes[list.links?.id ?? 'uuid'].schema, description };
  return [{ name: linkParameter(list), in: 'path', required: true, description, schema }];
}

function filters(resource: Resource): readonly JsonSchema[] {
  return resource.filters.flatMap(filterParameters);
}

function limitParameter({ entity }: Resource): JsonSchema {
  return {
    name: 'limit',
    in: 'query',
    description: 'Most rows of one page.',
    schema: {
      type: 'integer',
      format: 'int32',
      minimum: 1,
      maximum: entity.list.maxPageSize,
      default: entity.list.pageSize,
    },
  };
}

function searchParameters({ entity }: Resource): readonly JsonSchema[] {
  if (entity.search === undefined) return [];
  return [
    {
      name: 'search',
      in: 'query',
      description: 'Rows in which each of these words begins a word; without `sort` the best come first.',
      schema: { type: 'string', minLength: 1, maxLength: MAX_SEARCH, pattern: '\\S' },
    },
  ];
}

function expandParameters({ expansions }: Resource): readonly JsonSchema[] {
  if (expansions.length === 0) return [];
  return [
    {
      name: 'expand',
      in: 'query',
      description: 'Links to follow; what they lead to is in the answer under their names. `a.b` asks for `a` too.',
      style: 'form',
      explode: false,
      schema: {
        type: 'array',
        items: { type: 'string', enum: expansions.map(({ path }) => path) },
        minItems: 1,
        maxItems: expansions.length,
        uniqueItems: true,
      },
    },
  ];
}

function fieldsParameter({ columns }: Resource, { field }: EntityComponents): JsonSchema {
  return {
    name: 'fields',
    in: 'query',
    description: 'Members of the row to answer, and no others; absent: all. What `expand` adds is there as well.',
    style: 'form',
    explode: false,
    schema: { type: 'array', items: schemaRef(field), minItems: 1, maxItems: columns.length, uniqueItems: true },
  };
}

function sortParameters({ sorts, defaultSort }: Resource): readonly JsonSchema[] {
  if (sorts.length === 0) return [];
  return [
    {
      name: 'sort',
      in: 'query',
      description:
        'Keys to sort by, each at most once; a minus in front sorts descending. Rows without a value come last.',
      style: 'form',
      explode: false,
      schema: {
        type: 'array',
        items: { type: 'string', enum: sorts.flatMap(({ key }) => [key, `-${key}`]) },
        minItems: 1,
        maxItems: Math.min(MAX_SORT, sorts.length),
        default: [defaultSort.descending ? `-${defaultSort.key}` : defaultSort.key],
      },
    },
  ];
}
