import type { OpenAPIHono, RouteConfig, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ANONYMOUS, authorize, type GrantedOperation, type Grants } from '../access/authorize.ts';
import { assume } from '../assume.ts';
import { readJsonBody } from '../http/json-body.ts';
import { Problem } from '../http/problem.ts';
import { validationProblem, type ErrorTarget } from '../http/validation-problem.ts';

/** A route as the crud emits it: zod schemas for path, query and JSON body. */
export type OperationRoute = RouteConfig & {
  readonly request?: {
    readonly params?: z.ZodType;
    readonly query?: z.ZodType;
    readonly body?: { readonly content: { readonly 'application/json': { readonly schema: z.ZodType } } };
  };
};

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The parts of a request after validation; what the route does not declare is undefined. */
export interface OperationInput<Route extends OperationRoute> {
  readonly params: OutputOf<NonNullable<Route['request']>['params']>;
  readonly query: OutputOf<NonNullable<Route['request']>['query']>;
  readonly body: Route['request'] extends { readonly body: { readonly content: { readonly 'application/json': { readonly schema: infer Schema } } } }
    ? OutputOf<Schema>
    : undefined;
}

/**
 * Registers a route: authorizes the caller, validates path, query and body in this order, hands the
 * outcome to the handler. Nothing reaches the database before that.
 */
export function operation<const Route extends OperationRoute>(
  app: OpenAPIHono,
  route: Route,
  grants: Grants,
  granted: GrantedOperation,
  handle: (context: Context, input: OperationInput<Route>) => Promise<Response>,
): void {
  const { params, query, body } = route.request ?? {};
  const bodySchema = body?.content['application/json'].schema;
  app.openAPIRegistry.registerPath(route);
  app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) => {
    authorize(ANONYMOUS, grants, granted);
    const input = {
      params: params && validated(params, context.req.param(), 'parameter'),
      query: query && validated(query, queryOf(context), 'parameter'),
      body: bodySchema && validated(bodySchema, await readJsonBody(context), 'pointer'),
    };
    // Each part is the output of the schema that the type names.
    return handle(context, assume<OperationInput<Route>>(input));
  });
}

function validated(schema: z.ZodType, input: unknown, target: ErrorTarget): unknown {
  const outcome = schema.safeParse(input);
  if (!outcome.success) throw validationProblem(outcome.error, input, target);
  return outcome.data;
}

/** The query by name; a name that comes twice is refused, since one of the two would be ignored. */
function queryOf({ req }: Context): Readonly<Record<string, string>> {
  const start = req.url.indexOf('?');
  if (start === -1) return {};
  const entries = [...new URLSearchParams(req.url.slice(start + 1))];
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) {
    const errors = [{ parameter: twice[0].slice(0, 100), code: 'repeated', detail: 'must be given once' }];
    throw new Problem(422, { detail: 'The request does not validate.', errors });
  }
  return Object.fromEntries(entries);
}
