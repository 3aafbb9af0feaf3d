import type { Entity } from '../../model/app.ts';
import { symbol, typeSymbol, type Hole, type ImportedSymbol } from '../text/fragment.ts';
import { ident } from '../text/quote.ts';

/**
 * Names that the compiled text of one entity declares. Each carries a suffix that no reserved word, global or
 * symbol of the runtime has, so that an entity may be called `Delete`, `List`, `Resource` or `Route`.
 */
export interface EntityIdentifiers {
  readonly row: string;
  /** The row with what `expand` adds; only where something does. */
  readonly answer: string;
  readonly columns: string;
  readonly create: string;
  /** Body of a create within that of what the row is part of. */
  readonly within: string;
  readonly patch: string;
  readonly upsert: string;
  readonly query: string;
  readonly getQuery: string;
  readonly hooks: string;
  readonly repository: string;
  readonly resource: string;
  readonly archive: string;
}

export function entityIdentifiers({ name, names }: Entity): EntityIdentifiers {
  return {
    row: `${name}Row`,
    answer: `${name}Answer`,
    columns: `${names.camel}Columns`,
    create: `${name}Create`,
    within: `${name}Within`,
    patch: `${name}Patch`,
    upsert: `${name}Upsert`,
    query: `${names.camel}ListQuery`,
    getQuery: `${names.camel}GetQuery`,
    hooks: `${name}Hooks`,
    repository: `${names.camel}Repository`,
    resource: `${names.camel}Resource`,
    archive: `${names.camel}Archive`,
  };
}

/** Folder of an entity's compiled code, below the backend's. */
export function entityFolder(entity: Entity): string {
  return `app/crud/${entity.names.folder}`;
}

/** A symbol of another entity's file, named from the file of the same kind of `from`; its own has no import. */
export function entitySymbol(from: Entity, to: Entity, name: string, file: string): Hole {
  return from.name === to.name ? ident(name) : symbol(name, `../${to.names.folder}/${file}`);
}

/** Symbols of the runtime and of neighbouring files that the entity's compiled code uses. */
export const runtime = {
  z: symbol('z', '@hono/zod-openapi'),
  createRoute: symbol('createRoute', '@hono/zod-openapi'),
  body: symbol('body', '#runtime/crud/body.ts'),
  likeBody: symbol('likeBody', '#runtime/crud/body.ts'),
  field: symbol('field', '#runtime/crud/fields.ts'),
  arrayFilter: symbol('arrayFilter', '#runtime/crud/filters.ts'),
  filter: symbol('filter', '#runtime/crud/filters.ts'),
  getQuery: symbol('getQuery', '#runtime/crud/shown-query.ts'),
  listQuery: symbol('listQuery', '#runtime/crud/list-query.ts'),
  preset: symbol('preset', '#runtime/crud/statements.ts'),
  param: symbol('param', '#runtime/crud/statements.ts'),
  selection: symbol('selection', '#runtime/crud/columns.ts'),
  repository: symbol('repository', '#runtime/crud/repository.ts'),
  repositoryType: typeSymbol('Repository', '#runtime/crud/repository.ts'),
  resource: symbol('resource', '#runtime/crud/resource.ts'),
  resourceType: typeSymbol('Resource', '#runtime/crud/resource.ts'),
  operation: symbol('operation', '#runtime/crud/operation.ts'),
  contract: (name: string): ImportedSymbol => symbol(name, '#runtime/crud/contract.ts'),
  archiveSpec: typeSymbol('ArchiveSpec', '#runtime/crud/restore.ts'),
  grants: typeSymbol('Grants', '#runtime/access/authorize.ts'),
  hooksAround: typeSymbol('HooksAround', '#runtime/crud/hooks.ts'),
  database: typeSymbol('DB', '../../database.ts'),
} as const;
