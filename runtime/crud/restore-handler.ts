import { ANONYMOUS } from '../access/authorize.ts';
import type { Executor } from '../database/database.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf } from '../http/conditional.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest } from '../idempotency/keyed-request.ts';
import { emptyAnswer, jsonAnswer, notFound } from './answers.ts';
import { restoreProblem } from './conflicts.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** Answers restores: all rows that come back do so in one transaction. */
export function restoreHandler(
  { repository, readable }: ResourceDefinition,
  { database, once }: ResourceServices,
): Handlers['restore'] {
  const serialize = rowSerializer(repository.columns);
  const restore = async (on: Executor, id: string): Promise<Outcome> => {
    if (!(await repository.restore(on, id))) throw notFound();
    const row = await repository.get(on, id);
    if (row === undefined) throw notFound();
    const headers = { etag: etagOf(row[0]) };
    return readable ? { status: 200, body: serialize(row), headers } : { status: 204, body: '', headers };
  };
  return async (context, id) => {
    const request = keyedRequest(context, ANONYMOUS, undefined);
    const run = (): Promise<Outcome> =>
      request === undefined
        ? database.transaction((on) => restore(on, id))
        : once.transaction(request, (on) => restore(on, id));
    const { status, body, headers } = await retryConflicts(run).catch((error: unknown) => {
      throw restoreProblem(error, repository.constraints, repository.comeBackWith());
    });
    return status === 204 ? emptyAnswer(context, status, headers) : jsonAnswer(context, status, body, headers);
  };
}
