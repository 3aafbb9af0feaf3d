import type { Context } from 'hono';
import { ANONYMOUS } from '../access/authorize.ts';
import type { Executor } from '../database/database.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf, ifMatchVersions, mustBeNew } from '../http/conditional.ts';
import { stateOf, type HeaderRecord } from '../http/request-state.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest } from '../idempotency/keyed-request.ts';
import { emptyAnswer, idJson, jsonAnswer, pathTo } from './answers.ts';
import { changeOf, hookContext, isHooked } from './change.ts';
import { writeProblem } from './conflicts.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import { refusedBefore } from './refused-before.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';
import { upsertRow, upsertRowHooked } from './upsert-row.ts';
import type { Expected, UpsertedRow, UpsertRequest } from './upsert-statements.ts';

/** Answers upserts: the row that has the key of the body is changed, or else created, with the hooks of that. */
export function upsertHandler(
  definition: ResourceDefinition,
  { database, once }: ResourceServices,
  hooks: AnyHooks,
): Handlers['upsert'] {
  const { repository, readable } = definition;
  const serialize = rowSerializer(repository.columns);
  const hasHooks = isHooked(hooks.beforeCreate, hooks.afterCreate, hooks.beforeUpdate, hooks.afterUpdate);
  const change = changeOf(database, repository.schema);
  const outcomeOf = (context: Context, { row, isNew }: UpsertedRow): Outcome => {
    const path = context.req.path.replace(/\/upsert\/?$/, '');
    const id = repository.idOf(row);
    const location: HeaderRecord = isNew && readable ? { location: pathTo(path, id) } : {};
    const headers = { etag: etagOf(row[0]), ...location };
    if (readable) return { status: isNew ? 201 : 200, headers, body: serialize(row) };
    return isNew ? { status: 201, headers, body: idJson(id) } : { status: 204, headers, body: '' };
  };
  return async (context, body) => {
    const id = repository.newId(body);
    const request: UpsertRequest = { body, given: keysOf(stateOf(context).payload), expected: expectedOf(context) };
    const work = async (on: Executor, hooked: HookContext<unknown>): Promise<Outcome> => {
      const upserted = hasHooks
        ? await upsertRowHooked(definition, on, id, request, { ...hooks, hooked })
        : await upsertRow(definition, on, id, request);
      return outcomeOf(context, upserted);
    };
    const keyed = keyedRequest(context, ANONYMOUS, stateOf(context).payload);
    const run = (): Promise<Outcome> =>
      keyed === undefined
        ? change(context, hasHooks, work)
        : once.transaction(keyed, (on) => work(on, hookContext(context, on, repository.schema)));
    // What user code has done may not be done again.
    const done = hasHooks ? run() : retryConflicts(run);
    const {
      status,
      body: text,
      headers,
    } = await done.catch(async (error: unknown) => {
      const before = await refusedBefore(database, repository, error);
      const own = before && (await repository.upsert?.find(database, body, false));
      const isWritten = (row: string): boolean => before === undefined || (own && repository.idOf(own)) === row;
      throw writeProblem(error, repository.constraints, isWritten);
    });
    return status === 204 ? emptyAnswer(context, status, headers) : jsonAnswer(context, status, text, headers);
  };
}

/** Of a body that has been validated. */
function keysOf(payload: unknown): readonly string[] {
  return typeof payload === 'object' && payload !== null ? Object.keys(payload) : [];
}

/** `If-Match: *` is a condition here, since there may be no row. */
function expectedOf({ req }: Context): Expected {
  const ifMatch = req.header('if-match');
  const versions = ifMatchVersions(ifMatch);
  if (mustBeNew(req.header('if-none-match'), ifMatch)) return { kind: 'new' };
  return ifMatch === undefined ? { kind: 'any' } : { kind: 'present', versions };
}
