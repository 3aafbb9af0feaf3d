import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { logRequest, type Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import { traceIdOf } from '../observability/trace-context.ts';
import type { RequestSpan, Tracing } from '../observability/tracing.ts';
import { allowedMethods } from './allowed-methods.ts';
import { completeHeaders } from './answer-headers.ts';
import { createCors } from './cors.ts';
import { hungUp, isHangUp } from './hang-up.ts';
import type { HttpSettings } from './http-settings.ts';
import { Problem, problemResponse } from './problem.ts';
import { problemOfError } from './problem-of-error.ts';
import { chooseRequestId, REQUEST_ID_HEADER } from './request-id.ts';
import { setState, stateOf } from './request-state.ts';
import { securityHeaders } from './security-headers.ts';
import { PROBES } from './system-routes.ts';
import { guardUrl } from './url-guard.ts';

export interface LifecycleOptions {
  readonly log: Log;
  /** Largest request body, in bytes. */
  readonly bodyLimit: number;
  readonly settings: HttpSettings;
  readonly metrics: Metrics | undefined;
  readonly tracing: Tracing | undefined;
}

/**
 * What every request goes through, whatever its route: an id, limits, problem details for whatever
 * is thrown or not found, headers of its answer, one log line, its measure and its span. Install it
 * before any route.
 */
export function installLifecycle(app: OpenAPIHono, options: LifecycleOptions): void {
  const { log, bodyLimit, settings, tracing } = options;
  const methodsOf = allowedMethods(app);
  const cors = createCors(settings.corsOrigins);
  const constantHeaders = { ...securityHeaders(settings.production), ...CACHE_CONTROL };

  app.use(async (context, next) => {
    const startedAt = performance.now();
    const requestId = chooseRequestId(context.req.header(REQUEST_ID_HEADER));
    setState(context, { requestId, bodyLimit, headers: { ...constantHeaders, [REQUEST_ID_HEADER]: requestId } });
    const span = tracing?.startRequest(context.req.method, (name) => context.req.header(name));
    try {
      guardUrl(context.req.url);
      await (span === undefined ? next() : span.run(next));
    } catch (error) {
      context.res = answerError(error, context, log);
    }
    completeHeaders(context);
    cors?.mark(context.res.headers, context.req.header('origin'));
    recordRequest(context, { requestId, span, milliseconds: performance.now() - startedAt }, options);
  });

  app.onError((error, context) => answerError(error, context, log));

  app.notFound((context) => {
    const methods = methodsOf(context.req.path);
    if (methods.length === 0) return problemResponse(NOTHING_THERE, stateOf(context).requestId);
    const headers = { allow: methods.join(', ') };
    if (context.req.method === 'OPTIONS') {
      const allowed = cors?.preflight(context.req.header('origin'), methods);
      return new Response(null, { status: 204, headers: { ...headers, ...allowed } });
    }
    return problemResponse(
      new Problem(405, { detail: 'The path has no such method.', headers }),
      stateOf(context).requestId,
    );
  });
}

/** Rows may be anyone's: kept by no cache that does not ask again. */
const CACHE_CONTROL = { 'cache-control': 'private, no-cache' };

const NOTHING_THERE = new Problem(404, { detail: 'There is nothing at this path.' });

function answerError(error: unknown, context: Context, log: Log): Response {
  const { requestId } = stateOf(context);
  const problem = isHangUp(error, context.req.raw) ? hungUp(error) : problemOfError(error);
  if (problem.status === 500) log.error({ requestId, error: problem.cause ?? error }, 'request failed');
  else if (problem.status >= 500)
    log.warn({ requestId, reason: reasonOf(problem.cause ?? error) }, 'request not served');
  return problemResponse(problem, requestId);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

interface Finished {
  readonly requestId: string;
  readonly span: RequestSpan | undefined;
  readonly milliseconds: number;
}

/** A probe that went well is said at level `debug`: it comes every few seconds for ever. */
function recordRequest(context: Context, finished: Finished, { log, metrics }: LifecycleOptions): void {
  const { requestId, span, milliseconds } = finished;
  const { status } = context.res;
  const { method } = context.req;
  const route = routeOf(context);
  span?.end({ route, status });
  metrics?.countRequest({ method, route, status, milliseconds });
  const traceId = span?.traceId ?? traceIdOf(context.req.header('traceparent'));
  const record = { requestId, method, route, status, milliseconds, traceId, spanId: span?.spanId };
  logRequest(log, record, PROBES.has(route) && status < 400 ? 'debug' : 'info');
}

/** The pattern, `/leads/:id`; what no route answered has none. */
function routeOf(context: Context): string {
  const pattern = routePath(context, -1);
  return pattern === '/*' || pattern === '*' ? 'unmatched' : pattern;
}
