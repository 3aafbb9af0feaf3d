import { z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ANONYMOUS, authorize, type GrantedOperation, type Grants } from '../access/authorize.ts';
import { assume } from '../assume.ts';
import { explanationOf } from '../http/explain-key.ts';
import { readJsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { checkKey, KEY_HEADER } from '../idempotency/parse-key.ts';
import { validationProblem, type ErrorTarget } from '../http/validation-problem.ts';

/** A route as `createRoute` makes it. */
type Route = RouteConfig & { getRoutingPath(): string };

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The parts of a request after validation; what the route does not declare is undefined. */
export interface OperationInput<Of extends Route> {
  readonly params: Of['request'] extends { readonly params: infer Params } ? OutputOf<Params> : undefined;
  readonly query: Of['request'] extends { readonly query: infer Query } ? OutputOf<Query> : undefined;
  readonly body: Of['request'] extends {
    readonly body: { readonly content: { readonly 'application/json': { readonly schema: infer Body } } };
  }
    ? OutputOf<Body>
    : undefined;
}

/**
 * Registers a route: authorizes the caller for all that is `granted`, validates path, query and body in this order, hands the
 * outcome to the handler. Nothing reaches the database before that.
 */
export function operation<Of extends Route>(
  app: OpenAPIHono,
  route: Of,
  grants: Grants,
  granted: GrantedOperation | readonly GrantedOperation[],
  handle: (context: Context, input: OperationInput<Of>) => Promise<Response>,
): void {
  const { params, query, body } = route.request ?? {};
  const media = body?.content['application/json'];
  const bodySchema = media && 'schema' in media ? media.schema : undefined;
  app.openAPIRegistry.registerPath(route);
  const plain = plainPathsOf(app);
  if (params === undefined) plain.add(route.getRoutingPath());
  app.on(route.method, route.getRoutingPath(), async (context) => {
    // `/leads/upsert` is no lead, whatever the method.
    if (params !== undefined && plain.has(context.req.path)) return context.notFound();
    for (const one of [granted].flat()) authorize(ANONYMOUS, grants, one);
    if (route.method === 'post') checkKey(context.req.header(KEY_HEADER));
    const input = {
      params: params && validated(params, context.req.param(), 'parameter'),
      query: validated(query ?? NO_QUERY, queryOf(context), 'parameter'),
      body: bodySchema && validated(bodySchema, await readJsonBody(context), 'pointer'),
    };
    // Each part is the output of the schema that the type names.
    return handle(context, assume<OperationInput<Of>>(input));
  });
}

/** Paths without parameters, which others with one must leave alone. */
function plainPathsOf(app: OpenAPIHono): Set<string> {
  const known = PLAIN_PATHS.get(app) ?? new Set<string>();
  PLAIN_PATHS.set(app, known);
  return known;
}

const PLAIN_PATHS = new WeakMap<OpenAPIHono, Set<string>>();

/** Of routes that declare no query: any parameter is unknown. */
const NO_QUERY = z.strictObject({}).transform(() => undefined);

function validated(schema: unknown, input: unknown, target: ErrorTarget): unknown {
  if (!(schema instanceof z.ZodType)) throw new TypeError('A route declares a part without a zod schema.');
  const outcome = schema.safeParse(withoutPrototype(input));
  if (!outcome.success) throw validationProblem(outcome.error, input, target, explanationOf(schema));
  return outcome.data;
}

/**
 * A field may be called `constructor` or `toString`: what was not sent must not be found on a prototype. Lists may hold
 * bodies of rows: those of bulk requests, and of parts, which bring parts of their own.
 */
function withoutPrototype(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutPrototype);
  if (typeof input !== 'object' || input === null) return input;
  const own: Record<string, unknown> = Object.assign(Object.create(null), input);
  for (const [key, value] of Object.entries(own)) {
    if (Array.isArray(value) || key === CHANGES) own[key] = withoutPrototype(value);
  }
  return own;
}

/** Where each of a bulk request says what becomes of its row. */
const CHANGES = 'set';

/** The query by name; a name that comes twice is refused, since one of the two would be ignored. */
function queryOf({ req }: Context): Readonly<Record<string, string>> {
  const start = req.url.indexOf('?');
  if (start === -1) return {};
  // With its question mark, which is left out; without it a second one would be.
  const entries = [...new URLSearchParams(req.url.slice(start))];
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) {
    const errors = [{ parameter: twice[0].slice(0, 100), code: 'repeated', detail: 'must be given once' }];
    throw new Problem(422, { detail: 'The request does not validate.', errors });
  }
  return Object.fromEntries(entries);
}
