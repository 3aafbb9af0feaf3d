import { OpenAPIHono } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { Cursors } from '../crud/cursor.ts';
import { anyHooks, type AnyHooks } from '../crud/hooks.ts';
import { readKeptRow } from '../crud/kept-row.ts';
import type { Resource } from '../crud/resource.ts';
import type { Database } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { deriveKey } from '../environment/derive-key.ts';
import { DEFAULT_SETTINGS, type HttpSettings } from '../http/http-settings.ts';
import { installLifecycle } from '../http/request-lifecycle.ts';
import { registerSystemRoutes } from '../http/system-routes.ts';
import { Once } from '../idempotency/once.ts';
import type { Log } from '../observability/log.ts';
import type { Metrics } from '../observability/metrics.ts';
import { findTracing } from '../observability/tracing.ts';
import { doOnce, type DoOnce } from './do-once.ts';

/** Constants of the compiled API. */
export interface ApiOptions {
  readonly name: string;
  /** Prefix of the compiled paths, for what is built from them; empty or starting with `/`. */
  readonly basePath: string;
  /** Largest request body, in bytes. */
  readonly bodyLimit: number;
  /** SQL schema of the tables. */
  readonly schema: string;
}

/** What user routes stand on. */
export interface RouteServices<Schema> {
  readonly database: Database;
  /** Kysely over `database`, each statement by itself; `database.transaction` has several together. */
  readonly db: Kysely<Schema>;
  readonly once: DoOnce<Schema>;
  readonly log: Log;
}

/** Adds routes of the user's to the app; they come before the compiled ones, so `/leads/stats` is no id of a lead. */
export type CustomRoutes<Schema = unknown> = (app: OpenAPIHono, services: RouteServices<Schema>) => void;

/** The compiled half of a backend. */
export interface BackendDefinition<Schema = unknown> {
  readonly api: ApiOptions;
  readonly resources: Readonly<Record<string, Resource<object>>>;
  /** User code around the operations, by the names of `resources`. */
  readonly hooks: Readonly<Record<string, object | undefined>>;
  readonly routes: CustomRoutes<Schema>;
}

/** What a running process brings. */
export interface BackendServices {
  readonly database: Database;
  /** At least 32 bytes; a key for each purpose is derived from it. */
  readonly secret: Uint8Array;
  readonly log: Log;
  /** Text of `openapi.json`. */
  readonly openapi: string;
  readonly isClosing?: () => boolean;
  /** Counts every request, and is what `/metrics` answers; without it there is no such route. */
  readonly metrics?: Metrics;
  readonly settings?: HttpSettings;
}

/** The whole HTTP application over a database; nothing listens yet, `app.request()` answers. */
export function createBackend<Schema>(definition: BackendDefinition<Schema>, services: BackendServices): OpenAPIHono {
  const { database, log, openapi, metrics, isClosing = () => false, settings = DEFAULT_SETTINGS } = services;
  const { name, bodyLimit, schema } = definition.api;
  const app = new OpenAPIHono();
  installLifecycle(app, { log, bodyLimit, settings, metrics, tracing: findTracing() });
  registerSystemRoutes(app, { name, database, openapi, isClosing, metrics, settings });
  const once = new Once(database, schema, readKeptRow);
  const db = kyselyOn<Schema>(database).withSchema(schema);
  definition.routes(app, { database, db, once: doOnce(once, database, schema), log });
  const cursors = new Cursors(deriveKey(services.secret, 'cursor'));
  const hooksOf = (name: string): AnyHooks => anyHooks(definition.hooks[name]);
  for (const [name, resource] of Object.entries(definition.resources)) {
    resource.mount(app, { database, once, cursors, hooksOf }, definition.hooks[name]);
  }
  return app;
}
