import type { Context } from 'hono';
import { ANONYMOUS } from '../access/authorize.ts';
import type { Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import type { HeaderRecord } from '../http/answer-headers.ts';
import { etagOf, ifMatchVersions } from '../http/conditional.ts';
import { payloadOf } from '../http/json-body.ts';
import { requestIdOf } from '../http/request-id.ts';
import { uuidV7 } from '../http/uuid.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest, type KeyedRequest } from '../idempotency/keyed-request.ts';
import { emptyAnswer, jsonAnswer } from './answers.ts';
import { deleteProblem, writeProblem } from './conflicts.ts';
import { deleteRow, updateRow } from './guarded-change.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import { writtenColumns } from './kept-row.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** Answers writes of one resource, each with the user's hooks around it. */
export function writeHandlers(
  definition: ResourceDefinition,
  { database, once }: ResourceServices,
  hooks: AnyHooks,
): Pick<Handlers, 'create' | 'update' | 'delete'> {
  const { repository, readable } = definition;
  const { schema, written } = repository;
  const serialize = rowSerializer(repository.columns);
  const asObject = (row: StoredRow): unknown => JSON.parse(serialize(row));

  /** In a transaction when user code takes part, straight on the pool otherwise. */
  const change = <Outcome>(
    context: Context,
    parts: readonly unknown[],
    work: (on: Executor, hooked: HookContext<unknown>) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const run = (on: Executor): Promise<Outcome> => work(on, hookContext(context, on, schema));
    return isHooked(parts) ? database.transaction(run) : retryConflicts(() => run(database));
  };

  return {
    create: async (context, body) => {
      const { beforeCreate, afterCreate } = hooks;
      const id = uuidV7();
      const parts = [beforeCreate, afterCreate];
      const location: HeaderRecord = readable ? { location: `${context.req.path.replace(/\/$/, '')}/${id}` } : {};
      const outcomeOf = (row: StoredRow): Outcome => ({
        status: 201,
        headers: { etag: etagOf(row[0]), ...location },
        body: readable ? serialize(row) : `{"id":"${id}"}`,
      });
      const work = async (on: Executor, hooked: HookContext<unknown>): Promise<Outcome> => {
        const final = beforeCreate ? await beforeCreate(body, hooked) : body;
        const created = await repository.create(on, id, final);
        await afterCreate?.(asObject(created), hooked);
        return outcomeOf(created);
      };
      const createOnce = (request: KeyedRequest): Promise<Outcome> => {
        if (isHooked(parts)) return once.transaction(request, (on) => work(on, hookContext(context, on, schema)));
        const kept = { status: 201, headers: JSON.stringify(location), columns: readable ? written : WRITTEN_ID };
        return once.attempt(request, async () => {
          const row = await retryConflicts(() => repository.createOnce(database, id, body, request, kept));
          return row && outcomeOf(row);
        });
      };
      const request = keyedRequest(context, ANONYMOUS, payloadOf(context));
      const done = request === undefined ? change(context, parts, work) : createOnce(request);
      const {
        status,
        headers,
        body: text,
      } = await done.catch((error: unknown) => raise(writeProblem(error, repository.constraints)));
      return jsonAnswer(context, status, text, headers);
    },

    update: async (context, id, patch) => {
      const { beforeUpdate, afterUpdate } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      const row = await change(context, [beforeUpdate, afterUpdate], async (on, hooked) => {
        const final = beforeUpdate ? await beforeUpdate(id, patch, hooked) : patch;
        const updated = await updateRow(definition, on, id, present(final), versions);
        await afterUpdate?.(asObject(updated), hooked);
        return updated;
      }).catch((error: unknown) => raise(writeProblem(error, repository.constraints)));
      const etag = etagOf(row[0]);
      return readable ? jsonAnswer(context, 200, serialize(row), { etag }) : emptyAnswer(context, 204, { etag });
    },

    delete: async (context, id) => {
      const { beforeDelete, afterDelete } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      await change(context, [beforeDelete, afterDelete], async (on, hooked) => {
        await beforeDelete?.(id, hooked);
        await deleteRow(definition, on, id, versions);
        await afterDelete?.(id, hooked);
      }).catch((error: unknown) => raise(deleteProblem(error, repository.constraints)));
      return emptyAnswer(context, 204);
    },
  };
}

function isHooked(parts: readonly unknown[]): boolean {
  return parts.some((part) => part !== undefined);
}

/** Of rows that are answered by their id alone, which is their first column. */
const WRITTEN_ID = writtenColumns([['id', 'id', 'quoted']]);

/** Kysely is made when a hook asks for it: most changes have none. */
function hookContext(context: Context, on: Executor, schema: string): HookContext<unknown> {
  return {
    get db() {
      return kyselyOn<unknown>(on).withSchema(schema);
    },
    requestId: requestIdOf(context),
  };
}

function raise(error: unknown): never {
  throw error;
}

/** Keys that are there but undefined were not sent. */
function present(patch: Body): Body {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
