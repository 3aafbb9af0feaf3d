import type { IdKind } from '../../model/id-kind.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import { idTypes } from '../../model/id-types.ts';
import type { ResourceExamples } from '../../plan/examples.ts';
import { type Route } from '../../plan/resource.ts';
import { isBulk } from '../../plan/route-kinds.ts';
import { bulkAnswer } from './bulk-schemas.ts';
import { schemaRef, type EntityComponents } from './component-names.ts';
import { shownSchema } from './entity-schemas.ts';
import { problemKind } from './problem.ts';

/** Response headers, under `components.headers`. */
export const sharedHeaders = {
  ETag: {
    description: 'Version of the row, for `If-Match` and `If-None-Match`.',
    required: true,
    schema: { type: 'string', maxLength: 30, examples: ['"1"'] },
  },
  Location: {
    description: 'Path of the new row.',
    required: true,
    schema: { type: 'string', format: 'uri-reference', maxLength: 2048 },
  },
  RequestId: {
    description: 'Names this request in the logs.',
    required: true,
    schema: { type: 'string', maxLength: 200 },
  },
  IdempotentReplayed: {
    description: 'On the answer to a request that an earlier one with the same `Idempotency-Key` has done.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Access-Control-Allow-Origin': {
    description: 'The origin of the page that asks, where the server lists it in `CORS_ORIGINS`; else absent.',
    schema: { type: 'string', maxLength: 2048 },
  },
  RetryAfter: {
    description: 'Seconds to wait before the next attempt.',
    required: true,
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
  },
} as const;

/** The body of an answer to a create when its caller may not read rows, for each kind of ids. */
export function createdSchema(kind: IdKind): JsonSchema {
  return {
    type: 'object',
    title: 'Id of a new row',
    properties: { id: { ...idTypes[kind].schema, examples: [CREATED_IDS[kind]] } },
    required: ['id'],
    additionalProperties: false,
  };
}

const CREATED_IDS: Readonly<Record<IdKind, string>> = {
  uuid: '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e',
  bigint: '1042',
  string: 'ann-1',
};

interface ResponseNames {
  /** Key of the answer to creates that callers are shown no row of. */
  readonly created: string;
  readonly own: EntityComponents;
}

/** A response for every status the route declares. */
export function operationResponses(route: Route, names: ResponseNames, examples: ResourceExamples): JsonSchema {
  return Object.fromEntries(
    route.statuses.map((status) => [String(status), responseOf(status, route, names, examples)]),
  );
}

function responseOf(status: number, route: Route, names: ResponseNames, examples: ResourceExamples): JsonSchema {
  const problem = problemKind(status, route.conflicts);
  if (problem !== undefined) return { $ref: `#/components/responses/${problem.name}` };
  const content = contentOf(status, route, names, examples);
  return {
    description: (isCreate(route) && CREATE_DESCRIPTIONS[status]) || (DESCRIPTIONS[status] ?? 'Done.'),
    headers: headersOf(status, route),
    ...(content !== undefined && { content: { 'application/json': content } }),
  };
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done; the body shows the outcome.',
  201: 'Created.',
  204: 'Done; there is no body.',
  304: 'The row is still the one the `ETag` in `If-None-Match` stands for.',
};

/** With the `id` of a row in the body. */
const CREATE_DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done before by a request with this body; nothing is made again.',
};

function isCreate({ kind }: Route): boolean {
  return kind === 'create' || kind === 'bulkCreate';
}

function headersOf(status: number, { kind, method, returnsRow }: Route): JsonSchema {
  const single = kind !== 'list' && kind !== 'delete' && !isBulk(kind);
  return {
    ...(single && { ETag: header('ETag') }),
    ...((kind === 'create' || kind === 'upsert') && status === 201 && returnsRow && { Location: header('Location') }),
    ...(method === 'post' && { 'Idempotent-Replayed': header('IdempotentReplayed') }),
    'Access-Control-Allow-Origin': header('Access-Control-Allow-Origin'),
    'X-Request-Id': header('RequestId'),
  };
}

function header(name: keyof typeof sharedHeaders): JsonSchema {
  return { $ref: `#/components/headers/${name}` };
}

function contentOf(
  status: number,
  route: Route,
  names: ResponseNames,
  examples: ResourceExamples,
): JsonSchema | undefined {
  if (status === 204 || status === 304) return undefined;
  if (route.kind === 'list')
    return { schema: schemaRef(names.own.list), example: { data: [examples.row], nextCursor: null } };
  if (isBulk(route.kind)) {
    const [schema, row] = route.returnsRow
      ? [schemaRef(names.own.row), route.kind === 'bulkUpdate' ? examples.patchedRow : examples.row]
      : [schemaRef(names.created), { id: examples.row['id'] ?? null }];
    const etags = route.returnsRow ? { etags: [route.kind === 'bulkUpdate' ? '"2"' : '"1"'] } : {};
    return { schema: bulkAnswer(schema, route.returnsRow), example: { data: [row], ...etags } };
  }
  if (!route.returnsRow) return { schema: schemaRef(names.created), example: { id: examples.row['id'] } };
  const schema = route.kind === 'get' ? shownSchema(names.own) : schemaRef(names.own.row);
  return { schema, example: exampleRow(route, examples) };
}

function exampleRow({ kind, list }: Route, { row, patchedRow }: ResourceExamples): JsonSchema {
  if (kind === 'update') return patchedRow;
  return kind === 'unlink' && list !== undefined ? { ...row, [list.key]: [] } : row;
}
