import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Database } from '../database/database.ts';
import type { Once } from '../idempotency/once.ts';
import type { Cursors } from './cursor.ts';
import type { AnyHooks } from './hooks.ts';
import type { ListRequest } from './list-query.ts';
import type { Repository } from './repository.ts';
import type { Body } from './repository-definition.ts';
import type { Shown } from './shown-query.ts';

/** What the handlers of a resource stand on. */
export interface ResourceServices {
  readonly database: Database;
  readonly once: Once;
  /** User code around the operations of any resource, by its name among `resources`. */
  readonly hooksOf: (resource: string) => AnyHooks;
  /** Of all resources: each belongs to the list that it names. */
  readonly cursors: Cursors;
}

/** A row that a bulk request names. */
export interface BulkTarget {
  readonly id: string;
  /** As the header `If-Match`. */
  readonly ifMatch?: string | undefined;
}

export interface BulkChange extends BulkTarget {
  readonly set: Body;
}

/** A list of links of a row, and how many it may have. */
export interface LinkList {
  readonly key: string;
  readonly maxItems: number;
}

/** The handlers of one resource; each answers a request that has been validated. */
export interface Handlers {
  create(context: Context, body: Body): Promise<Response>;
  list(context: Context, request: ListRequest): Promise<Response>;
  get(context: Context, id: string, shown: Shown): Promise<Response>;
  update(context: Context, id: string, patch: Body): Promise<Response>;
  delete(context: Context, id: string): Promise<Response>;
  upsert(context: Context, body: Body): Promise<Response>;
  restore(context: Context, id: string): Promise<Response>;
  link(context: Context, id: string, other: string, list: LinkList): Promise<Response>;
  unlink(context: Context, id: string, other: string, list: LinkList): Promise<Response>;
  bulkCreate(context: Context, bodies: readonly Body[]): Promise<Response>;
  bulkUpdate(context: Context, changes: readonly BulkChange[]): Promise<Response>;
  bulkDelete(context: Context, targets: readonly BulkTarget[]): Promise<Response>;
}

export interface ResourceDefinition {
  readonly name: string;
  /** Whether callers may read: a write answers with the row only then. */
  readonly readable: boolean;
  readonly repository: Repository;
  readonly register: (app: OpenAPIHono, handlers: Handlers) => void;
}
