import type { OpenAPIHono } from '@hono/zod-openapi';
import { createHash } from 'node:crypto';
import type { Executor } from '../database/database.ts';
import type { Metrics } from '../observability/metrics.ts';
import { isNoneMatch } from './conditional.ts';
import { registerDocsRoutes } from './docs-routes.ts';
import type { HttpSettings } from './http-settings.ts';
import { answerMetrics } from './metrics-answer.ts';
import { Problem } from './problem.ts';

export interface SystemRoutesOptions {
  /** Name of the API, title of its page. */
  readonly name: string;
  readonly database: Executor;
  /** Text of `openapi.json`, answered as it is. */
  readonly openapi: string;
  /** Whether the server has begun to stop. */
  readonly isClosing: () => boolean;
  readonly metrics: Metrics | undefined;
  readonly settings: HttpSettings;
}

/**
 * `/livez`, `/readyz`, `/metrics`, `/openapi.json` and `/docs`: outside the base path and outside the
 * API document.
 */
export function registerSystemRoutes(app: OpenAPIHono, options: SystemRoutesOptions): void {
  registerProbes(app, options);
  registerMetrics(app, options);
  if (!options.settings.docs) return;
  registerDocument(app, options.openapi);
  registerDocsRoutes(app, options.name);
}

/** Those that are asked every few seconds, by machines. */
export const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

function registerProbes(app: OpenAPIHono, { database, isClosing }: SystemRoutesOptions): void {
  app.get('/livez', () => plain('ok'));

  app.get('/readyz', async () => {
    if (isClosing()) throw notReady('The server is stopping.');
    if (!(await answersInTime(database))) throw notReady('The database does not answer.');
    return plain('ok');
  });
}

function registerMetrics(app: OpenAPIHono, { metrics, settings: { metricsAccess } }: SystemRoutesOptions): void {
  if (metrics === undefined || metricsAccess.kind === 'closed') return;
  const token = metricsAccess.kind === 'token' ? metricsAccess.token : undefined;
  app.get('/metrics', (context) => answerMetrics(metrics, token, context.req.header('authorization')));
}

function registerDocument(app: OpenAPIHono, openapi: string): void {
  const etag = `"${createHash('sha256').update(openapi).digest('base64url').slice(0, 22)}"`;
  app.get('/openapi.json', (context) => {
    const headers = { etag, 'cache-control': 'public, no-cache' };
    if (isNoneMatch(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
    return new Response(openapi, { headers: { ...headers, 'content-type': 'application/json' } });
  });
}

/** A probe that waits longer than this counts as failed. */
const READY_TIMEOUT = 1_000;

async function answersInTime(database: Executor): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_TIMEOUT);
  });
  const answered = database.query({ text: 'select 1', values: [] }).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

function notReady(detail: string): Problem {
  return new Problem(503, { detail, headers: { 'retry-after': '1' } });
}

function plain(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
}
