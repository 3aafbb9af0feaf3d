import { z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ANONYMOUS, authorize, type GrantedOperation, type Grants } from '../access/authorize.ts';
import { assume } from '../assume.ts';
import { explanationOf } from '../http/explain-key.ts';
import { hasInheritedKey, withoutPrototype } from '../http/inherited-keys.ts';
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
  const readParams = params && reader(params, 'parameter');
  const readQuery = reader(query ?? NO_QUERY, 'parameter');
  const readBody = bodySchema === undefined ? undefined : reader(bodySchema, 'pointer');
  app.on(route.method, route.getRoutingPath(), async (context) => {
    // `/leads/upsert` is no lead, whatever the method, unless leads may be called so.
    if (params !== undefined && plain.has(context.req.path) && !canBe(params, context.req.param()))
      return context.notFound();
    for (const one of [granted].flat()) authorize(ANONYMOUS, grants, one);
    if (route.method === 'post') checkKey(context.req.header(KEY_HEADER));
    const input = {
      params: readParams?.(context.req.param()),
      query: readQuery(queryOf(context)),
      body: readBody?.(await readJsonBody(context)),
    };
    // Each part is the output of the schema that the type names.
    return handle(context, assume<OperationInput<Of>>(input));
  });
}

function canBe(schema: unknown, input: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(input).success;
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

/** Validates a part of requests by its schema. */
function reader(schema: unknown, target: ErrorTarget): (input: unknown) => unknown {
  if (!(schema instanceof z.ZodType)) throw new TypeError('A route declares a part without a zod schema.');
  const prepare = hasInheritedKey(schema) ? withoutPrototype : (input: unknown): unknown => input;
  return (input) => {
    const outcome = schema.safeParse(prepare(input));
    if (!outcome.success) throw validationProblem(outcome.error, input, target, explanationOf(schema));
    return outcome.data;
  };
}

/** The query by name; a name that comes twice is refused, since one of the two would be ignored. */
function queryOf({ req }: Context): Readonly<Record<string, string>> {
  const start = req.url.indexOf('?');
  if (start === -1) return {};
  const entries = parameters(req.url.slice(start + 1));
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) {
    const errors = [{ parameter: twice[0].slice(0, 100), code: 'repeated', detail: 'must be given once' }];
    throw new Problem(422, { detail: 'The request does not validate.', errors });
  }
  return Object.fromEntries(entries);
}

/** Most queries have nothing to decode, and are read at a fraction of the cost. */
function parameters(query: string): readonly (readonly [name: string, value: string])[] {
  // With a question mark, which is left out; without it a second one would be.
  if (ENCODED.test(query)) return [...new URLSearchParams(`?${query}`)];
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const at = part.indexOf('=');
    return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  });
}

const ENCODED = /[%+]/;
