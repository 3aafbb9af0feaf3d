import type { Entity, Field, Grant } from '../../model/app.ts';
import { idTypes } from '../../model/id-types.ts';
import { linkParameter } from '../../plan/link-routes.ts';
import { type Resource, type Route } from '../../plan/resource.ts';
import { isBulk, type RouteKind } from '../../plan/route-kinds.ts';
import type { OutputFile } from '../file.ts';
import { joined, lines, nothing, raw, symbol, ts, typeSymbol, type Fragment } from '../text/fragment.ts';
import { doc, ident, literal, num, prop, str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { entityFolder, entityIdentifiers, runtime } from './entity-symbols.ts';

const { createRoute, operation, resource: resourceSymbol, contract, grants: grantsType } = runtime;

/** `routes.ts`: who may do what, and one OpenAPI route with its handler for each operation granted. */
export function emitRoutes(resource: Resource): OutputFile {
  const { entity, routes } = resource;
  const names = entityIdentifiers(entity);
  const sections = [
    grantsConst(entity.grants),
    ...routes.map((route) => routeConst(resource, route)),
    ts`export const ${ident(names.resource)}: ${runtime.resourceType}<${typeSymbol(names.hooks, './hooks.ts')}> = ${resourceSymbol}({
  name: ${str(entity.name)},
  readable: ${raw(String(entity.operations.includes('read')))},
  repository: ${symbol(names.repository, './repository.ts')},
  register: (app, handlers) => {
    ${lines(routes.map(registration))}
  },
});`,
  ];
  return sourceFile(`${entityFolder(entity)}/routes.ts`, joined(sections, '\n\n'));
}

function grantsConst(grants: readonly Grant[]): Fragment {
  return ts`/** Who may do what, one grant a line; what no grant allows has no route. */
const grants = {
  ${lines(grants.map(grantMember))}
} as const satisfies ${grantsType};`;
}

function grantMember({ name, roles, allow, rows }: Grant): Fragment {
  return ts`${prop(name)}: { roles: ${literal(roles)}, allow: ${literal(allow)}, rows: ${str(rows)} },`;
}

function routeConst({ entity, embeds }: Resource, route: Route): Fragment {
  const names = entityIdentifiers(entity);
  return ts`${doc(`${route.method.toUpperCase()} ${route.path}`)}
const ${routeName(route)} = ${createRoute}({
  operationId: ${str(route.operationId)},
  method: ${str(route.method)},
  path: ${str(route.path)},
  request: { ${requestOf(route, entity)} },
  responses: {
    ${lines(responsesOf(route, entity, embeds.length > 0 ? names.answer : names.row))}
  },
});`;
}

function requestOf({ kind, list }: Route, entity: Entity): Fragment {
  const names = entityIdentifiers(entity);
  const most = entity.bulk ?? 0;
  const id = ts`params: ${contract('idParams')}(${idFactory(entity)})`;
  switch (kind) {
    case 'create':
      return ts`body: ${contract('jsonBody')}(${symbol(names.create, './schema.ts')})`;
    case 'upsert':
      return ts`body: ${contract('jsonBody')}(${symbol(names.upsert, './schema.ts')})`;
    case 'list':
      return ts`query: ${symbol(names.query, './schema.ts')}`;
    case 'update':
      return ts`${id}, body: ${contract('jsonBody')}(${symbol(names.patch, './schema.ts')})`;
    case 'get':
      return ts`${id}, query: ${symbol(names.getQuery, './schema.ts')}`;
    case 'bulkCreate':
    case 'bulkUpdate': {
      const item = symbol(kind === 'bulkCreate' ? names.create : names.patch, './schema.ts');
      return ts`body: ${contract('jsonBody')}(${bulkBodyOf(kind)}(${kind === 'bulkUpdate' ? ts`${idFactory(entity)}, ` : nothing}${item}, ${num(most)}))`;
    }
    case 'bulkDelete':
      return ts`body: ${contract('jsonBody')}(${bulkBodyOf(kind)}(${idFactory(entity)}, ${num(most)}))`;
    case 'link':
    case 'unlink': {
      const member =
        list === undefined ? nothing : ts`${prop(linkParameter(list))}: ${idFactory({ id: list.links?.id })}`;
      return ts`${id}.extend({ ${member} })`;
    }
    case 'delete':
    case 'restore':
      return id;
    default:
      return kind satisfies never;
  }
}

/** The zod schema of one id. */
function idFactory(entity: { readonly id?: Entity['id'] | undefined }): Fragment {
  return ts`${runtime.field}.${raw(idTypes[entity.id ?? 'uuid'].factory)}()`;
}

function bulkBodyOf(kind: 'bulkCreate' | 'bulkUpdate' | 'bulkDelete'): Fragment {
  return ts`${symbol(`${kind}Body`, '#runtime/crud/bulk-body.ts')}`;
}

function responsesOf({ kind, statuses, returnsRow }: Route, entity: Entity, row: string): readonly Fragment[] {
  const problems = statuses.filter((status) => status >= 400);
  return [
    ...statuses
      .filter((status) => status < 400)
      .map((status) => ts`${num(status)}: ${success(kind, status, returnsRow ? row : undefined, entity)},`),
    ts`...${contract('problems')}(${joined(problems.map(num), ', ')}),`,
  ];
}

/** `row`: name of what is answered; undefined for callers who are shown none. */
function success(kind: RouteKind, status: number, row: string | undefined, entity: Entity): Fragment {
  if (status === 204) return ts`${contract('noContent')}`;
  if (status === 304) return ts`${contract('notModified')}`;
  if (row === undefined) return ts`${contract(isBulk(kind) ? 'bulkIdsResponse' : 'idResponse')}(${idFactory(entity)})`;
  const schema = symbol(row, './schema.ts');
  if (isBulk(kind)) return ts`${contract('bulkResponse')}(${schema})`;
  if (kind === 'list') return ts`${contract('pageResponse')}(${schema})`;
  if (kind === 'get') return ts`${contract('shownResponse')}(${schema})`;
  return ts`${contract('rowResponse')}(${schema})`;
}

const CALLS: Readonly<Record<RouteKind, { readonly input: string; readonly call: string }>> = {
  create: { input: '{ body }', call: 'create(context, body)' },
  upsert: { input: '{ body }', call: 'upsert(context, body)' },
  list: { input: '{ query }', call: 'list(context, query)' },
  get: { input: '{ params, query }', call: 'get(context, params.id, query)' },
  update: { input: '{ params, body }', call: 'update(context, params.id, body)' },
  delete: { input: '{ params }', call: 'delete(context, params.id)' },
  bulkCreate: { input: '{ body }', call: 'bulkCreate(context, body.data)' },
  bulkUpdate: { input: '{ body }', call: 'bulkUpdate(context, body.data)' },
  bulkDelete: { input: '{ body }', call: 'bulkDelete(context, body.data)' },
  restore: { input: '{ params }', call: 'restore(context, params.id)' },
  link: { input: '{ params }', call: 'link(context, params.id' },
  unlink: { input: '{ params }', call: 'unlink(context, params.id' },
};

function registration(route: Route): Fragment {
  const { kind, operations, list } = route;
  const [first = '', ...more] = operations;
  const granted = more.length === 0 ? str(first) : literal(operations);
  const { input, call } = CALLS[kind];
  const rest = list === undefined ? nothing : ts`, params.${ident(linkParameter(list))}, ${listSpec(list)})`;
  return ts`${operation}(app, ${routeName(route)}, grants, ${granted}, (context, ${raw(input)}) => handlers.${raw(call)}${rest});`;
}

function listSpec({ key, limits }: Field): Fragment {
  return ts`{ key: ${str(key)}, maxItems: ${num(limits.maxItems ?? 0)} }`;
}

/** Never `createRoute` itself, whatever the entity is called. */
function routeName({ operationId }: Route): Fragment {
  return ident(`${operationId}Route`);
}
