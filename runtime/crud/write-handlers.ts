import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf, ifMatchVersions } from '../http/conditional.ts';
import { emptyAnswer, jsonAnswer } from './answers.ts';
import { changeOf, isHooked, raise } from './change.ts';
import { deleteProblem, writeProblem } from './conflicts.ts';
import { createHandler } from './create-handler.ts';
import { deleteRow, updateRow } from './guarded-change.ts';
import type { AnyHooks } from './hooks.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** Answers writes of one resource, each with the user's hooks around it. */
export function writeHandlers(
  definition: ResourceDefinition,
  services: ResourceServices,
  hooks: AnyHooks,
): Pick<Handlers, 'create' | 'update' | 'delete'> {
  const { repository, readable } = definition;
  const serialize = rowSerializer(repository.columns);
  const asObject = (row: StoredRow): unknown => JSON.parse(serialize(row));
  const change = changeOf(services.database, repository.schema);
  return {
    create: createHandler(definition, services, hooks),

    update: async (context, id, patch) => {
      const { beforeUpdate, afterUpdate } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      const row = await change(context, isHooked(beforeUpdate, afterUpdate), async (on, hooked) => {
        const final = beforeUpdate ? await beforeUpdate(id, patch, hooked) : patch;
        const updated = await updateRow(definition, on, id, present(final), versions);
        await afterUpdate?.(asObject(updated), hooked);
        return updated;
      }).catch((error: unknown) => raise(writeProblem(error, repository.constraints, (row) => row === id)));
      const etag = etagOf(row[0]);
      return readable ? jsonAnswer(context, 200, serialize(row), { etag }) : emptyAnswer(context, 204, { etag });
    },

    delete: async (context, id) => {
      const { beforeDelete, afterDelete } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      const hasHooks = isHooked(beforeDelete, afterDelete);
      const run = (): Promise<void> =>
        change(context, hasHooks || repository.hasLateHolds, async (on, hooked) => {
          await beforeDelete?.(id, hooked);
          await deleteRow(definition, on, id, versions);
          await afterDelete?.(id, hooked);
        });
      const done = hasHooks || !repository.hasLateHolds ? run() : retryConflicts(run);
      await done.catch((error: unknown) => raise(deleteProblem(error, repository.constraints, (row) => row === id)));
      return emptyAnswer(context, 204);
    },
  };
}

/** Keys that are there but undefined were not sent. */
function present(patch: Body): Body {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
