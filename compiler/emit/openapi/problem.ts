import type { JsonSchema } from '../../model/field-types.ts';
import type { Conflicts } from '../../plan/route-statuses.ts';
import { schemaRef } from './component-names.ts';
import { MAX_HEADER } from './parameters.ts';

/** Keys of a body may be as long as a body. */
const MAX_TEXT = 104_857_600;

/** RFC 9457 problem details, the body of every error. */
export const problemSchema: JsonSchema = {
  type: 'object',
  title: 'Problem details',
  description: 'RFC 9457.',
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      maxLength: 200,
      description: 'Kind of the problem: `about:blank`, or a URN where one status has several.',
      examples: ['about:blank'],
    },
    title: { type: 'string', maxLength: 200, description: 'The kind in words.', examples: ['Unprocessable Content'] },
    status: {
      type: 'integer',
      format: 'int32',
      minimum: 400,
      maximum: 599,
      description: 'The HTTP status again.',
      examples: [422],
    },
    detail: {
      type: 'string',
      maxLength: MAX_TEXT,
      description: 'What is wrong with this request.',
      examples: ['The request does not validate.'],
    },
    instance: {
      type: 'string',
      maxLength: 200,
      description: 'The request id.',
      examples: ['018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e'],
    },
    errors: { type: 'array', maxItems: 100, description: 'One entry for each mistake.', items: errorSchema() },
  },
  required: ['type', 'title', 'status', 'instance'],
  additionalProperties: false,
};

function errorSchema(): JsonSchema {
  return {
    type: 'object',
    properties: {
      pointer: { type: 'string', maxLength: MAX_TEXT, description: 'JSON Pointer into the body.', examples: ['/name'] },
      parameter: {
        type: 'string',
        maxLength: MAX_HEADER,
        description: 'Name of the parameter at fault.',
        examples: ['limit'],
      },
      code: { type: 'string', maxLength: 200, description: 'Stable name of the mistake.', examples: ['required'] },
      detail: { type: 'string', maxLength: MAX_TEXT, description: 'The mistake in words.', examples: ['is required'] },
    },
    required: ['code', 'detail'],
    additionalProperties: false,
  };
}

interface ProblemKind {
  /** Key under `components.responses`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** Every error status an operation may declare. */
const problemKinds: Readonly<Record<number, ProblemKind>> = {
  400: {
    name: 'BadRequest',
    title: 'Bad Request',
    description:
      'The body is missing or no JSON, `If-Match` is no list of entity tags, or `Idempotency-Key` is no key.',
  },
  404: { name: 'NotFound', title: 'Not Found', description: 'There is no such row.' },
  409: {
    name: 'Conflict',
    title: 'Conflict',
    description:
      'The row as it would be conflicts with others, or with what may follow its present state; or the `Idempotency-Key` is in use.',
  },
  412: {
    name: 'PreconditionFailed',
    title: 'Precondition Failed',
    description: 'The row has changed since the `ETag` in `If-Match` was given out.',
  },
  413: {
    name: 'ContentTooLarge',
    title: 'Content Too Large',
    description: 'The body is larger than the server accepts.',
  },
  415: {
    name: 'UnsupportedMediaType',
    title: 'Unsupported Media Type',
    description: 'The body is not sent as `application/json`.',
  },
  422: {
    name: 'UnprocessableContent',
    title: 'Unprocessable Content',
    description: 'Some values are not valid; `errors` names each. Or the `Idempotency-Key` belongs to another request.',
  },
  503: {
    name: 'ServiceUnavailable',
    title: 'Service Unavailable',
    description: 'The database cannot be reached; try again after `Retry-After`.',
  },
};

/** The 409 of operations that no row can stand against. */
const keyInUse: ProblemKind = {
  name: 'KeyInUse',
  title: 'Conflict',
  description: 'Another request with this `Idempotency-Key` is being done; try again after `Retry-After`.',
};

/** The 409 of operations that only rules stand against. */
const refusedByRule: ProblemKind = {
  name: 'RefusedByRule',
  title: 'Conflict',
  description:
    'The row is frozen, or a rule about rows that depend on it stands against the change; or the `Idempotency-Key` is in use.',
};

const CONFLICTS: Readonly<Record<Conflicts, ProblemKind | undefined>> = {
  rows: problemKinds[409],
  rules: refusedByRule,
  none: keyInUse,
};

/** What an error status means to an operation; `undefined` for a status that is none. */
export function problemKind(status: number, conflicts: Conflicts): ProblemKind | undefined {
  return status === 409 ? CONFLICTS[conflicts] : problemKinds[status];
}

/** The shared error responses, under `components.responses`. */
export function problemResponses(problemName: string): JsonSchema {
  const kinds = [...Object.entries(problemKinds), ['409', keyInUse] as const, ['409', refusedByRule] as const];
  return Object.fromEntries(
    kinds.map(([status, kind]) => [kind.name, problemResponse(Number(status), kind, problemName)]),
  );
}

/** Kinds that always say when to try again. */
const RETRIED: ReadonlySet<string> = new Set([keyInUse.name, 'ServiceUnavailable']);

function problemResponse(status: number, { name, title, description }: ProblemKind, problemName: string): JsonSchema {
  return {
    description,
    headers: {
      'Access-Control-Allow-Origin': { $ref: '#/components/headers/Access-Control-Allow-Origin' },
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      ...(RETRIED.has(name) && { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }),
    },
    content: {
      'application/problem+json': {
        schema: schemaRef(problemName),
        example: { type: 'about:blank', title, status, instance: '018f4d2e-7b6a-7c31-9d50-3f1a2b4c5d6e' },
      },
    },
  };
}
