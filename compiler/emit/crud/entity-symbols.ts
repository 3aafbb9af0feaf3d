import type { Entity } from '../../model/app.ts';
import { symbol, typeSymbol, type ImportedSymbol } from '../text/fragment.ts';

/**
 * Names that the compiled text of one entity declares. Each carries a suffix that no reserved word, global or
 * symbol of the runtime has, so that an entity may be called `Delete`, `List`, `Resource` or `Route`.
 */
export interface EntityIdentifiers {
  readonly row: string;
  readonly create: string;
  readonly patch: string;
  readonly query: string;
  readonly hooks: string;
  readonly repository: string;
  readonly resource: string;
}

export function entityIdentifiers({ name, names }: Entity): EntityIdentifiers {
  return {
    row: `${name}Row`,
    create: `${name}Create`,
    patch: `${name}Patch`,
    query: `${names.camel}ListQuery`,
    hooks: `${name}Hooks`,
    repository: `${names.camel}Repository`,
    resource: `${names.camel}Resource`,
  };
}

/** Folder of an entity's compiled code, below the backend's. */
export function entityFolder(entity: Entity): string {
  return `app/crud/${entity.names.folder}`;
}

/** Symbols of the runtime and of neighbouring files that the entity's compiled code uses. */
export const runtime = {
  z: symbol('z', '@hono/zod-openapi'),
  createRoute: symbol('createRoute', '@hono/zod-openapi'),
  field: symbol('field', '#runtime/crud/fields.ts'),
  filter: symbol('filter', '#runtime/crud/filters.ts'),
  listQuery: symbol('listQuery', '#runtime/crud/list-query.ts'),
  param: symbol('param', '#runtime/crud/statements.ts'),
  selection: symbol('selection', '#runtime/crud/columns.ts'),
  repository: symbol('repository', '#runtime/crud/repository.ts'),
  resource: symbol('resource', '#runtime/crud/resource.ts'),
  operation: symbol('operation', '#runtime/crud/operation.ts'),
  contract: (name: string): ImportedSymbol => symbol(name, '#runtime/crud/contract.ts'),
  grants: typeSymbol('Grants', '#runtime/access/authorize.ts'),
  hooksAround: typeSymbol('HooksAround', '#runtime/crud/hooks.ts'),
  database: typeSymbol('DB', '../../database.ts'),
} as const;
