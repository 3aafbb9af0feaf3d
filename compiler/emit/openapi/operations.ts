import type { JsonSchema } from '../../model/field-types.ts';
import { planExamples, type ResourceExamples } from '../../plan/examples.ts';
import { type Resource, type Route } from '../../plan/resource.ts';
import { isBulk, type RouteKind } from '../../plan/route-kinds.ts';
import { bulkBody } from './bulk-schemas.ts';
import { entityComponents, schemaRef, type ComponentNames, type EntityComponents } from './component-names.ts';
import { operationParameters } from './parameters.ts';
import { operationResponses } from './responses.ts';

/** Path items of one entity, the collection before the single row. */
export function resourcePaths(resource: Resource, names: ComponentNames): JsonSchema {
  const examples = planExamples(resource);
  const paths = [...new Set(resource.routes.map(({ path }) => path))];
  return Object.fromEntries(paths.map((path) => [path, pathItem(path, resource, names, examples)]));
}

function pathItem(path: string, resource: Resource, names: ComponentNames, examples: ResourceExamples): JsonSchema {
  const routes = resource.routes.filter((route) => route.path === path);
  return Object.fromEntries(routes.map((route) => [route.method, operation(resource, route, names, examples)]));
}

function operation(resource: Resource, route: Route, names: ComponentNames, examples: ResourceExamples): JsonSchema {
  const own = entityComponents(names, resource.entity.name);
  const body = requestBody(resource, route, own, examples);
  return {
    operationId: route.operationId,
    tags: [resource.entity.name],
    summary: summaryOf(resource, route),
    description: `${scopeOf(resource, route)} ${grantsOf(route)}`,
    parameters: operationParameters(resource, route, own),
    ...(body !== undefined && { requestBody: { required: true, content: { 'application/json': body } } }),
    responses: operationResponses(route, { created: names.created[resource.entity.id ?? 'uuid'], own }, examples),
    security: [],
  };
}

function requestBody(
  resource: Resource,
  { kind }: Route,
  own: EntityComponents,
  examples: ResourceExamples,
): JsonSchema | undefined {
  if (isBulk(kind)) return bulkBody(kind, resource, own, examples);
  if (kind === 'create') return { schema: schemaRef(own.create), example: examples.create };
  if (kind === 'upsert') return { schema: schemaRef(own.upsert), example: examples.upsert };
  if (kind === 'update') return { schema: schemaRef(own.patch), example: examples.patch };
  return undefined;
}

/** What an operation does, in a few words. */
export function summaryOf({ entity: { names } }: Resource, { kind, list }: Route): string {
  switch (kind) {
    case 'create':
      return `Create one ${names.words}`;
    case 'upsert':
      return `Change one ${names.words}, or create it`;
    case 'list':
      return `List ${names.wordsPlural}`;
    case 'get':
      return `Get one ${names.words}`;
    case 'update':
      return `Change one ${names.words}`;
    case 'delete':
      return `Delete one ${names.words}`;
    case 'restore':
      return `Restore one ${names.words}`;
    case 'bulkCreate':
      return `Create several ${names.wordsPlural}`;
    case 'bulkUpdate':
      return `Change several ${names.wordsPlural}`;
    case 'bulkDelete':
      return `Delete several ${names.wordsPlural}`;
    case 'link':
      return `Put one of ${list?.links?.entity} on the ${list?.name} of one ${names.words}`;
    case 'unlink':
      return `Take one of ${list?.links?.entity} off the ${list?.name} of one ${names.words}`;
    default:
      return kind satisfies never;
  }
}

const SCOPE: Readonly<Record<RouteKind, string>> = {
  create: 'Unknown fields are refused.',
  upsert:
    'Where there is a row with this key, changes the fields that are present and no others; else creates it. Needs a grant of create and one of update.',
  list: 'One page of rows; unknown parameters are refused.',
  get: 'The row and its version.',
  update: 'Changes the fields that are present and no others; unknown fields are refused.',
  delete: 'Deletes the row for good.',
  bulkCreate: 'Creates all rows or none.',
  bulkUpdate: 'Changes all rows or none, each in the fields that are present.',
  bulkDelete: 'Deletes all rows or none.',
  link: 'Adds the id at the end of the list; where it is there already, nothing changes.',
  unlink: 'Removes the id from the list; where it is not there, nothing changes.',
  restore: 'Brings a deleted row back as it was, and the rows that went with it.',
};

function scopeOf({ entity }: Resource, { kind }: Route): string {
  return kind === 'delete' && entity.softDelete ? 'Deletes the row; it is kept and can be restored.' : SCOPE[kind];
}

function grantsOf({ grants }: Route): string {
  const allowed = grants.map(({ name, roles }) => `${name} (${roles.join(', ')})`);
  return `Allowed by the grants: ${allowed.join('; ')}.`;
}
