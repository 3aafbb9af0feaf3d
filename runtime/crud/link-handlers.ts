import type { Context } from 'hono';
import type { Executor } from '../database/database.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf, ifMatchVersions } from '../http/conditional.ts';
import { Problem } from '../http/problem.ts';
import { emptyAnswer, jsonAnswer, notFound, staleVersion } from './answers.ts';
import { hookContext, isHooked } from './change.ts';
import { writeProblem } from './conflicts.ts';
import { updateRow } from './guarded-change.ts';
import type { AnyHooks } from './hooks.ts';
import type { StoredRow } from './repository-definition.ts';
import type { Handlers, LinkList, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** What becomes of a list of ids; the same list where there is nothing to do. */
type ChangeOfList = (ids: readonly string[]) => readonly string[];

/** Puts one row on a list of links, or takes it off: an update of the row that has the list, with the hooks of one. */
export function linkHandlers(
  definition: ResourceDefinition,
  { database }: ResourceServices,
  { beforeUpdate, afterUpdate }: AnyHooks,
): Pick<Handlers, 'link' | 'unlink'> {
  const { repository, readable } = definition;
  const serialize = rowSerializer(repository.columns);

  const update = async (
    on: Executor,
    context: Context,
    id: string,
    list: LinkList,
    next: ChangeOfList,
  ): Promise<StoredRow> => {
    const row = await repository.lock(on, id);
    if (row === undefined) throw notFound();
    const versions = ifMatchVersions(context.req.header('if-match'));
    if (versions !== undefined && !versions.includes(row[0] ?? '')) throw staleVersion();
    const present = idsOf(row[repository.columns.findIndex(({ key }) => key === list.key) + 1] ?? '{}');
    const wanted = next(present);
    if (wanted === present) return row;
    if (wanted.length > list.maxItems) throw fullList(list);
    const hooked = hookContext(context, on, repository.schema);
    const patch = { [list.key]: wanted };
    const final = beforeUpdate ? await beforeUpdate(id, patch, hooked) : patch;
    const updated = await updateRow(definition, on, id, final, undefined);
    await afterUpdate?.(JSON.parse(serialize(updated)), hooked);
    return updated;
  };

  const answer = async (context: Context, id: string, list: LinkList, next: ChangeOfList): Promise<Response> => {
    const run = (): Promise<StoredRow> => database.transaction((on) => update(on, context, id, list, next));
    // What user code has done may not be done again.
    const done = isHooked(beforeUpdate, afterUpdate) ? run() : retryConflicts(run);
    const row = await done.catch((error: unknown) => {
      throw missing(
        writeProblem(error, repository.constraints, (row) => row === id),
        list,
      );
    });
    const etag = etagOf(row[0]);
    return readable ? jsonAnswer(context, 200, serialize(row), { etag }) : emptyAnswer(context, 204, { etag });
  };

  return {
    link: (context, id, other, list) =>
      answer(context, id, list, (ids) => (ids.includes(other) ? ids : [...ids, other])),
    unlink: (context, id, other, list) =>
      answer(context, id, list, (ids) => (ids.includes(other) ? ids.filter((one) => one !== other) : ids)),
  };
}

/** Postgres' text of an array of ids, of which only `null` needs quotes. */
function idsOf(text: string): readonly string[] {
  return text === '{}' ? [] : text.slice(1, -1).replaceAll('"', '').split(',');
}

/** The path names a row that is not there. */
function missing(problem: unknown, { key }: LinkList): unknown {
  const isMissing =
    problem instanceof Problem &&
    problem.errors.some(({ pointer, code }) => code === 'reference' && pointer?.startsWith(`/${key}/`) === true);
  return isMissing ? notFound() : problem;
}

function fullList({ key, maxItems }: LinkList): Problem {
  const errors = [{ code: 'maxItems', detail: `"${key}" has ${maxItems} items already` }];
  return new Problem(409, { detail: 'The list is full.', errors });
}
