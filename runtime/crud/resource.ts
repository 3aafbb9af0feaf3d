import type { OpenAPIHono } from '@hono/zod-openapi';
import { bulkHandlers } from './bulk-handlers.ts';
import { anyHooks } from './hooks.ts';
import { linkHandlers } from './link-handlers.ts';
import { readHandlers } from './read-handlers.ts';
import { restoreHandler } from './restore-handler.ts';
import type { ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { upsertHandler } from './upsert-handler.ts';
import { writeHandlers } from './write-handlers.ts';

/** One entity of the API; `Hooks` is what user code around it satisfies. */
export interface Resource<Hooks> {
  readonly name: string;
  /** Never set: it carries the type of the hooks. */
  readonly hooks?: Hooks;
  mount(app: OpenAPIHono, services: ResourceServices, hooks: Hooks | undefined): void;
}

/** Joins an entity's statements, routes and hooks. */
export function resource<Hooks extends object>(definition: ResourceDefinition): Resource<Hooks> {
  return {
    name: definition.name,
    mount: (app, services, hooks) =>
      definition.register(app, {
        ...readHandlers(definition, services),
        ...writeHandlers(definition, services, anyHooks(hooks)),
        ...bulkHandlers(definition, services, anyHooks(hooks)),
        upsert: upsertHandler(definition, services, anyHooks(hooks)),
        restore: restoreHandler(definition, services),
        ...linkHandlers(definition, services, anyHooks(hooks)),
      }),
  };
}
