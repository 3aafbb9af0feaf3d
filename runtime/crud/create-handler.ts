import { ANONYMOUS } from '../access/authorize.ts';
import type { Executor } from '../database/database.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf } from '../http/conditional.ts';
import { Problem } from '../http/problem.ts';
import { stateOf, type HeaderRecord } from '../http/request-state.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest, type KeyedRequest } from '../idempotency/keyed-request.ts';
import { idJson, jsonAnswer, pathTo } from './answers.ts';
import { broughtId } from './brought-ids.ts';
import { createdBefore } from './created-before.ts';
import { changeOf, hookContext, isHooked, raise } from './change.ts';
import { writeProblem } from './conflicts.ts';
import { conflictAtLinks } from './conflicts-at-links.ts';
import {
  bringsParts,
  createTree,
  hasPartHooks,
  lateConstraints,
  rootRow,
  treesJson,
  meaningAtCommit,
  type MeaningOf,
} from './created-tree.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import { writtenColumns } from './kept-row.ts';
import { refusedBefore } from './refused-before.ts';
import type { Body, StoredRow } from './repository-definition.ts';
import type { Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { rowSerializer } from './serializer.ts';

/** Answers creates of one resource, with the parts that they bring. */
export function createHandler(
  { repository, readable }: ResourceDefinition,
  { database, once, hooksOf }: ResourceServices,
  { beforeCreate, afterCreate }: AnyHooks,
): Handlers['create'] {
  const { schema, written } = repository;
  const serialize = rowSerializer(repository.columns);
  const change = changeOf(database, schema);
  return async (context, body) => {
    const brought = broughtId(body);
    const id = repository.newId(body);
    const refused: { body?: Body } = {};
    const meanings = new Map<string, MeaningOf>();
    const brings = bringsParts(repository, body);
    const hasHooks = isHooked(beforeCreate, afterCreate);
    // A row that is read again is found by its id.
    const isReadAgain = id === undefined && repository.recomputed;
    const hasSteps = hasHooks || brings || isReadAgain;
    const path = context.req.path.replace(/\/$/, '');
    // What user code has done may not be done again.
    const isRepeatable = hasSteps && !hasHooks && !(brings && hasPartHooks(repository, hooksOf));
    const again: typeof retryConflicts = isRepeatable ? retryConflicts : (once) => once(1);
    const locationOf = (own: string): HeaderRecord => (readable ? { location: pathTo(path, own) } : {});
    const outcomeOf = (row: StoredRow, text = readable ? serialize(row) : idJson(repository.idOf(row))): Outcome => ({
      status: 201,
      headers: { etag: etagOf(row[0]), ...locationOf(repository.idOf(row)) },
      body: text,
    });
    const work = async (on: Executor, hooked: HookContext<unknown>): Promise<Outcome> => {
      const final = beforeCreate ? await beforeCreate(body, hooked) : body;
      const tree = bringsParts(repository, final)
        ? await noting(refused, final, createTree(on, repository, id, final, { hooked, hooksOf, meanings }))
        : undefined;
      const created = tree ? await rootRow(on, tree) : await noting(refused, final, repository.create(on, id, final));
      await afterCreate?.(JSON.parse(serialize(created)), hooked);
      const [text] = tree && readable ? await treesJson(on, repository, [tree]) : [];
      return outcomeOf(created, text);
    };
    const createOnce = (request: KeyedRequest): Promise<Outcome> => {
      // What is kept beside a row is known before it is there, its id too.
      if (hasSteps || id === undefined)
        return again(() => once.transaction(request, (on) => work(on, hookContext(context, on, schema))));
      const kept = { status: 201, headers: JSON.stringify(locationOf(id)), columns: readable ? written : WRITTEN_ID };
      return once.attempt(request, async () => {
        const row = await retryConflicts(() =>
          noting(refused, body, repository.createOnce(database, id, body, request, kept)),
        );
        return row && outcomeOf(row);
      });
    };
    /** Of the create that made the row already, if one did. */
    const outcomeBefore = async (final: Body | undefined): Promise<Outcome | undefined> => {
      const tree = final && id !== undefined && (await createdBefore(database, repository, id, final));
      const row = tree ? await repository.get(database, tree.id) : undefined;
      if (row === undefined) return undefined;
      const [text] = tree && tree.lists.size > 0 && readable ? await treesJson(database, repository, [tree]) : [];
      return { ...outcomeOf(row, text), status: 200, headers: { etag: etagOf(row[0]) } };
    };
    const request = keyedRequest(context, ANONYMOUS, stateOf(context).payload);
    const done = request === undefined ? again(() => change(context, hasSteps, work)) : createOnce(request);
    const outcome = await done.catch(async (error: unknown) => {
      const isMade = meanings.size === 0 && (await refusedBefore(database, repository, error)) === undefined;
      const problem =
        meaningAtCommit(error, meanings) ??
        conflictAtLinks(error, repository, [['', body]]) ??
        writeProblem(error, lateConstraints(repository), () => isMade);
      const isTold = brought !== undefined && problem instanceof Problem;
      return (isTold && (await outcomeBefore(refused.body))) || raise(problem);
    });
    return jsonAnswer(context, outcome.status, outcome.body, outcome.headers);
  };
}

/** Remembers the body of a row that the database refuses: what hooks of the user's refuse is another matter. */
async function noting<Result>(refused: { body?: Body }, body: Body, creation: Promise<Result>): Promise<Result> {
  return creation.catch((error: unknown) => {
    refused.body = body;
    throw error;
  });
}

/** Of rows that are answered by their id alone, which is their first column. */
const WRITTEN_ID = writtenColumns([['id', 'id', 'quoted']]);
