// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { createRoute } from '@hono/zod-openapi';
import type { Grants } from '#runtime/access/authorize.ts';
import { idParams, jsonBody, noContent, notModified, pageResponse, problems, rowResponse } from '#runtime/crud/contract.ts';
import { operation } from '#runtime/crud/operation.ts';
import { resource } from '#runtime/crud/resource.ts';
import type { LeadHooks } from './hooks.ts';
import { leadRepository } from './repository.ts';
import { LeadCreate, LeadPatch, LeadRow, leadQuery } from './schema.ts';

/** Who may do what, one grant a line; what no grant allows has no route. */
const grants: Grants = {
  everyone: { roles: ['anonymous'], allow: ['create', 'read', 'update', 'delete'], rows: 'all' },
};

/** POST /leads */
const createLead = createRoute({
  operationId: 'createLead',
  method: 'post',
  path: '/leads',
  request: { body: jsonBody(LeadCreate) },
  responses: {
    201: rowResponse(LeadRow),
    ...problems(400, 409, 413, 415, 422, 503),
  },
});

/** GET /leads */
const listLeads = createRoute({
  operationId: 'listLeads',
  method: 'get',
  path: '/leads',
  request: { query: leadQuery },
  responses: {
    200: pageResponse(LeadRow),
    ...problems(422, 503),
  },
});

/** GET /leads/{id} */
const getLead = createRoute({
  operationId: 'getLead',
  method: 'get',
  path: '/leads/{id}',
  request: { params: idParams },
  responses: {
    200: rowResponse(LeadRow),
    304: notModified,
    ...problems(404, 422, 503),
  },
});

/** PATCH /leads/{id} */
const updateLead = createRoute({
  operationId: 'updateLead',
  method: 'patch',
  path: '/leads/{id}',
  request: { params: idParams, body: jsonBody(LeadPatch) },
  responses: {
    200: rowResponse(LeadRow),
    ...problems(400, 404, 409, 412, 413, 415, 422, 503),
  },
});

/** DELETE /leads/{id} */
const deleteLead = createRoute({
  operationId: 'deleteLead',
  method: 'delete',
  path: '/leads/{id}',
  request: { params: idParams },
  responses: {
    204: noContent,
    ...problems(400, 404, 412, 422, 503),
  },
});

export const leadResource = resource<LeadHooks>({
  name: 'Lead',
  readable: true,
  repository: leadRepository,
  register: (app, handlers) => {
    operation(app, createLead, grants, 'create', (context, { body }) => handlers.create(context, body));
    operation(app, listLeads, grants, 'read', (context, { query }) => handlers.list(context, query));
    operation(app, getLead, grants, 'read', (context, { params }) => handlers.get(context, params.id));
    operation(app, updateLead, grants, 'update', (context, { params, body }) => handlers.update(context, params.id, body));
    operation(app, deleteLead, grants, 'delete', (context, { params }) => handlers.delete(context, params.id));
  },
});
