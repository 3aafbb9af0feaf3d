import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { logRequest, type Log } from '../observability/log.ts';
import { allowedMethods } from './allowed-methods.ts';
import { setBodyLimit } from './json-body.ts';
import { Problem, problemResponse } from './problem.ts';
import { problemOfError } from './problem-of-error.ts';
import { chooseRequestId, REQUEST_ID_HEADER, requestIdOf, setRequestId } from './request-id.ts';
import { guardUrl } from './url-guard.ts';

export interface LifecycleOptions {
  readonly log: Log;
  /** Largest request body, in bytes. */
  readonly bodyLimit: number;
}

/**
 * What every request goes through, whatever its route: an id, limits, problem details for whatever
 * is thrown or not found, headers of its answer, one log line. Install it before any route.
 */
export function installLifecycle(app: OpenAPIHono, { log, bodyLimit }: LifecycleOptions): void {
  const methodsOf = allowedMethods(app);

  app.use(async (context, next) => {
    const startedAt = performance.now();
    const requestId = chooseRequestId(context.req.header(REQUEST_ID_HEADER));
    setRequestId(context, requestId);
    setBodyLimit(context, bodyLimit);
    try {
      guardUrl(context.req.url);
      await next();
    } catch (error) {
      context.res = answerError(error, requestId, log);
    }
    finishHeaders(context.res.headers, requestId);
    const { status } = context.res;
    const milliseconds = performance.now() - startedAt;
    logRequest(log, { requestId, method: context.req.method, route: routeOf(context), status, milliseconds });
  });

  app.onError((error, context) => answerError(error, requestIdOf(context), log));

  app.notFound((context) => {
    const methods = methodsOf(context.req.path);
    if (methods.length === 0) return problemResponse(NOTHING_THERE, requestIdOf(context));
    const headers = { allow: methods.join(', ') };
    if (context.req.method === 'OPTIONS') return new Response(null, { status: 204, headers });
    return problemResponse(new Problem(405, { detail: 'The path has no such method.', headers }), requestIdOf(context));
  });
}

const NOTHING_THERE = new Problem(404, { detail: 'There is nothing at this path.' });

function answerError(error: unknown, requestId: string, log: Log): Response {
  const problem = problemOfError(error);
  if (problem.status === 500) log.error({ requestId, error: problem.cause ?? error }, 'request failed');
  else if (problem.status >= 500)
    log.warn({ requestId, reason: reasonOf(problem.cause ?? error) }, 'request not served');
  return problemResponse(problem, requestId);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

function finishHeaders(headers: Headers, requestId: string): void {
  headers.set(REQUEST_ID_HEADER, requestId);
  headers.set('x-content-type-options', 'nosniff');
  // Rows may be anyone's: kept by no cache that does not ask again.
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
}

/** The pattern, `/leads/:id`; what no route answered has none. */
function routeOf(context: Context): string {
  const pattern = routePath(context, -1);
  return pattern === '/*' || pattern === '*' ? 'unmatched' : pattern;
}
