// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { createRoute } from '@hono/zod-openapi';
import type { Grants } from '#runtime/access/authorize.ts';
import { idParams, jsonBody, noContent, notModified, pageResponse, problems, rowResponse, shownResponse } from '#runtime/crud/contract.ts';
import { field } from '#runtime/crud/fields.ts';
import { operation } from '#runtime/crud/operation.ts';
import type { Resource } from '#runtime/crud/resource.ts';
import { resource } from '#runtime/crud/resource.ts';
import type { LeadHooks } from './hooks.ts';
import { leadRepository } from './repository.ts';
import { LeadAnswer, LeadCreate, LeadPatch, leadGetQuery, leadListQuery } from './schema.ts';

/** Who may do what, one grant a line; what no grant allows has no route. */
const grants = {
  everyone: { roles: ['anonymous'], allow: ['create', 'read', 'update', 'delete'], rows: 'all' },
} as const satisfies Grants;

/** POST /leads */
const createLeadRoute = createRoute({
  operationId: 'createLead',
  method: 'post',
  path: '/leads',
  request: { body: jsonBody(LeadCreate) },
  responses: {
    201: rowResponse(LeadAnswer),
    ...problems(400, 409, 413, 415, 422, 503),
  },
});

/** GET /leads */
const listLeadsRoute = createRoute({
  operationId: 'listLeads',
  method: 'get',
  path: '/leads',
  request: { query: leadListQuery },
  responses: {
    200: pageResponse(LeadAnswer),
    ...problems(422, 503),
  },
});

/** GET /leads/{id} */
const getLeadRoute = createRoute({
  operationId: 'getLead',
  method: 'get',
  path: '/leads/{id}',
  request: { params: idParams(field.uuid()), query: leadGetQuery },
  responses: {
    200: shownResponse(LeadAnswer),
    304: notModified,
    ...problems(400, 404, 422, 503),
  },
});

/** PATCH /leads/{id} */
const updateLeadRoute = createRoute({
  operationId: 'updateLead',
  method: 'patch',
  path: '/leads/{id}',
  request: { params: idParams(field.uuid()), body: jsonBody(LeadPatch) },
  responses: {
    200: rowResponse(LeadAnswer),
    ...problems(400, 404, 409, 412, 413, 415, 422, 503),
  },
});

/** DELETE /leads/{id} */
const deleteLeadRoute = createRoute({
  operationId: 'deleteLead',
  method: 'delete',
  path: '/leads/{id}',
  request: { params: idParams(field.uuid()) },
  responses: {
    204: noContent,
    ...problems(400, 404, 412, 422, 503),
  },
});

export const leadResource: Resource<LeadHooks> = resource({
  name: 'Lead',
  readable: true,
  repository: leadRepository,
  register: (app, handlers) => {
    operation(app, createLeadRoute, grants, 'create', (context, { body }) => handlers.create(context, body));
    operation(app, listLeadsRoute, grants, 'read', (context, { query }) => handlers.list(context, query));
    operation(app, getLeadRoute, grants, 'read', (context, { params, query }) => handlers.get(context, params.id, query));
    operation(app, updateLeadRoute, grants, 'update', (context, { params, body }) => handlers.update(context, params.id, body));
    operation(app, deleteLeadRoute, grants, 'delete', (context, { params }) => handlers.delete(context, params.id));
  },
});
