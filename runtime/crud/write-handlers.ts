import type { Context } from 'hono';
import type { Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { etagOf, ifMatchVersions } from '../http/conditional.ts';
import { requestIdOf } from '../http/request-id.ts';
import { uuidV7 } from '../http/uuid.ts';
import { emptyAnswer, jsonAnswer } from './answers.ts';
import { deleteProblem, writeProblem } from './conflicts.ts';
import { deleteRow, updateRow } from './guarded-change.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** Answers writes of one resource, each with the user's hooks around it. */
export function writeHandlers(
  definition: ResourceDefinition,
  { database }: ResourceServices,
  hooks: AnyHooks,
): Pick<Handlers, 'create' | 'update' | 'delete'> {
  const { repository, readable } = definition;
  const serialize = rowSerializer(repository.columns);
  const asObject = (row: StoredRow): unknown => JSON.parse(serialize(row));

  /** In a transaction when user code takes part, straight on the pool otherwise. */
  const change = <Outcome>(
    context: Context,
    parts: readonly unknown[],
    work: (on: Executor, hooked: HookContext<unknown>) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const run = (on: Executor): Promise<Outcome> => work(on, hookContext(context, on, repository.schema));
    return parts.some((part) => part !== undefined) ? database.transaction(run) : run(database);
  };

  return {
    create: async (context, body) => {
      const { beforeCreate, afterCreate } = hooks;
      const id = uuidV7();
      const row = await change(context, [beforeCreate, afterCreate], async (on, hooked) => {
        const final = beforeCreate ? await beforeCreate(body, hooked) : body;
        const created = await repository.create(on, id, final);
        await afterCreate?.(asObject(created), hooked);
        return created;
      }).catch((error: unknown) => raise(writeProblem(error, repository.constraints)));
      const etag = etagOf(row[0]);
      if (!readable) return jsonAnswer(context, 201, `{"id":"${id}"}`, { etag });
      const location = `${context.req.path.replace(/\/$/, '')}/${id}`;
      return jsonAnswer(context, 201, serialize(row), { etag, location });
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
