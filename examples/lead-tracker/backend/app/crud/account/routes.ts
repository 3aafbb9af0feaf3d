// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { createRoute } from '@hono/zod-openapi';
import type { Grants } from '#runtime/access/authorize.ts';
import { idParams, jsonBody, noContent, notModified, pageResponse, problems, rowResponse, shownResponse } from '#runtime/crud/contract.ts';
import { field } from '#runtime/crud/fields.ts';
import { operation } from '#runtime/crud/operation.ts';
import type { Resource } from '#runtime/crud/resource.ts';
import { resource } from '#runtime/crud/resource.ts';
import type { AccountHooks } from './hooks.ts';
import { accountRepository } from './repository.ts';
import { AccountCreate, AccountPatch, AccountRow, accountGetQuery, accountListQuery } from './schema.ts';

/** Who may do what, one grant a line; what no grant allows has no route. */
const grants = {
  everyone: { roles: ['anonymous'], allow: ['create', 'read', 'update', 'delete'], rows: 'all' },
} as const satisfies Grants;

/** POST /accounts */
const createAccountRoute = createRoute({
  operationId: 'createAccount',
  method: 'post',
  path: '/accounts',
  request: { body: jsonBody(AccountCreate) },
  responses: {
    201: rowResponse(AccountRow),
    ...problems(400, 409, 413, 415, 422, 503),
  },
});

/** GET /accounts */
const listAccountsRoute = createRoute({
  operationId: 'listAccounts',
  method: 'get',
  path: '/accounts',
  request: { query: accountListQuery },
  responses: {
    200: pageResponse(AccountRow),
    ...problems(422, 503),
  },
});

/** GET /accounts/{id} */
const getAccountRoute = createRoute({
  operationId: 'getAccount',
  method: 'get',
  path: '/accounts/{id}',
  request: { params: idParams(field.uuid()), query: accountGetQuery },
  responses: {
    200: shownResponse(AccountRow),
    304: notModified,
    ...problems(400, 404, 422, 503),
  },
});

/** PATCH /accounts/{id} */
const updateAccountRoute = createRoute({
  operationId: 'updateAccount',
  method: 'patch',
  path: '/accounts/{id}',
  request: { params: idParams(field.uuid()), body: jsonBody(AccountPatch) },
  responses: {
    200: rowResponse(AccountRow),
    ...problems(400, 404, 409, 412, 413, 415, 422, 503),
  },
});

/** DELETE /accounts/{id} */
const deleteAccountRoute = createRoute({
  operationId: 'deleteAccount',
  method: 'delete',
  path: '/accounts/{id}',
  request: { params: idParams(field.uuid()) },
  responses: {
    204: noContent,
    ...problems(400, 404, 412, 422, 503),
  },
});

export const accountResource: Resource<AccountHooks> = resource({
  name: 'Account',
  readable: true,
  repository: accountRepository,
  register: (app, handlers) => {
    operation(app, createAccountRoute, grants, 'create', (context, { body }) => handlers.create(context, body));
    operation(app, listAccountsRoute, grants, 'read', (context, { query }) => handlers.list(context, query));
    operation(app, getAccountRoute, grants, 'read', (context, { params, query }) => handlers.get(context, params.id, query));
    operation(app, updateAccountRoute, grants, 'update', (context, { params, body }) => handlers.update(context, params.id, body));
    operation(app, deleteAccountRoute, grants, 'delete', (context, { params }) => handlers.delete(context, params.id));
  },
});
