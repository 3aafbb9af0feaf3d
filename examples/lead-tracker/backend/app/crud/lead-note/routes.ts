// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { createRoute } from '@hono/zod-openapi';
import type { Grants } from '#runtime/access/authorize.ts';
import { idParams, jsonBody, noContent, notModified, pageResponse, problems, rowResponse, shownResponse } from '#runtime/crud/contract.ts';
import { field } from '#runtime/crud/fields.ts';
import { operation } from '#runtime/crud/operation.ts';
import type { Resource } from '#runtime/crud/resource.ts';
import { resource } from '#runtime/crud/resource.ts';
import type { LeadNoteHooks } from './hooks.ts';
import { leadNoteRepository } from './repository.ts';
import { LeadNoteCreate, LeadNoteRow, leadNoteGetQuery, leadNoteListQuery } from './schema.ts';

/** Who may do what, one grant a line; what no grant allows has no route. */
const grants = {
  everyone: { roles: ['anonymous'], allow: ['create', 'read', 'delete'], rows: 'all' },
} as const satisfies Grants;

/** POST /lead-notes */
const createLeadNoteRoute = createRoute({
  operationId: 'createLeadNote',
  method: 'post',
  path: '/lead-notes',
  request: { body: jsonBody(LeadNoteCreate) },
  responses: {
    201: rowResponse(LeadNoteRow),
    ...problems(400, 409, 413, 415, 422, 503),
  },
});

/** GET /lead-notes */
const listLeadNotesRoute = createRoute({
  operationId: 'listLeadNotes',
  method: 'get',
  path: '/lead-notes',
  request: { query: leadNoteListQuery },
  responses: {
    200: pageResponse(LeadNoteRow),
    ...problems(422, 503),
  },
});

/** GET /lead-notes/{id} */
const getLeadNoteRoute = createRoute({
  operationId: 'getLeadNote',
  method: 'get',
  path: '/lead-notes/{id}',
  request: { params: idParams(field.uuid()), query: leadNoteGetQuery },
  responses: {
    200: shownResponse(LeadNoteRow),
    304: notModified,
    ...problems(400, 404, 422, 503),
  },
});

/** DELETE /lead-notes/{id} */
const deleteLeadNoteRoute = createRoute({
  operationId: 'deleteLeadNote',
  method: 'delete',
  path: '/lead-notes/{id}',
  request: { params: idParams(field.uuid()) },
  responses: {
    204: noContent,
    ...problems(400, 404, 412, 422, 503),
  },
});

export const leadNoteResource: Resource<LeadNoteHooks> = resource({
  name: 'LeadNote',
  readable: true,
  repository: leadNoteRepository,
  register: (app, handlers) => {
    operation(app, createLeadNoteRoute, grants, 'create', (context, { body }) => handlers.create(context, body));
    operation(app, listLeadNotesRoute, grants, 'read', (context, { query }) => handlers.list(context, query));
    operation(app, getLeadNoteRoute, grants, 'read', (context, { params, query }) => handlers.get(context, params.id, query));
    operation(app, deleteLeadNoteRoute, grants, 'delete', (context, { params }) => handlers.delete(context, params.id));
  },
});
