import type { Context } from 'hono';
import { ANONYMOUS } from '../access/authorize.ts';
import type { Executor } from '../database/database.ts';
import { retryConflicts } from '../database/retry-conflicts.ts';
import { etagOf, ifMatchVersions } from '../http/conditional.ts';
import { Problem } from '../http/problem.ts';
import { stateOf } from '../http/request-state.ts';
import type { Outcome } from '../idempotency/kept-result.ts';
import { keyedRequest } from '../idempotency/keyed-request.ts';
import { emptyAnswer, jsonAnswer } from './answers.ts';
import { DoneBefore, presentAmongNew, presentIds, taken } from './brought-ids.ts';
import { atItem, namedTwice, ofNoItem } from './bulk-problem.ts';
import { holdLists, takeTurn } from './bulk-turns.ts';
import { hookContext } from './change.ts';
import { createdBefore } from './created-before.ts';
import { conflictAtLinks, type LocatedBody } from './conflicts-at-links.ts';
import { deleteProblem, heldRow, refusedRow, writeProblem } from './conflicts.ts';
import { bringsParts, createTree, lateConstraints, rootRow, type MeaningOf } from './created-tree.ts';
import { finishedRows, type FinishedRow, type WrittenRow } from './finished-rows.ts';
import { deleteRow, holdRow, keepsChanging, updateRow } from './guarded-change.ts';
import type { AnyHooks, HookContext } from './hooks.ts';
import type { Body, StoredRow, Versions } from './repository-definition.ts';
import type { BulkTarget, Handlers, ResourceDefinition, ResourceServices } from './resource-definition.ts';
import { linkedFirst } from './linked-first.ts';
import { rowSerializer } from './serializer.ts';

type BulkHandlers = Pick<Handlers, 'bulkCreate' | 'bulkUpdate' | 'bulkDelete'>;

/** Work on one item, and where in the body it stands. */
type Step<Item, Result> = (on: Executor, hooked: HookContext<unknown>, item: Item, index: number) => Promise<Result>;

type Write = 'create' | 'update' | 'delete';

/** Where the rows of a request stand in its body, by their ids. */
type Places = Map<string, Place>;

interface Place {
  /** Of the item. */
  readonly index: number;
  /** Where the item brings parts, or the row is one of them. */
  readonly meaningOf?: MeaningOf;
}

/** Where the fields of an item stand in it. */
const FIELDS: Readonly<Record<Write, string>> = { create: '', update: '/set', delete: '' };

/** Answers bulk requests: all their rows are written in one transaction, each with the user's hooks around it. */
export function bulkHandlers(
  definition: ResourceDefinition,
  { database, once, hooksOf }: ResourceServices,
  hooks: AnyHooks,
): BulkHandlers {
  const { repository, readable } = definition;
  const { schema, constraints } = repository;
  const serialize = rowSerializer(repository.columns);
  const asObject = (row: StoredRow): unknown => JSON.parse(serialize(row));
  const isHooked = Object.values(hooks).some((hook) => hook !== undefined);

  // Asked for when first needed: files of parts may need this one.
  const late = (): ReturnType<typeof lateConstraints> => lateConstraints(repository);

  const answer = async (
    context: Context,
    write: Write,
    work: (on: Executor, places: Places) => Promise<Outcome>,
    bodies: readonly LocatedBody[] = [],
    doneMeanwhile: () => Promise<Outcome | undefined> = async () => undefined,
  ): Promise<Response> => {
    const places: Places = new Map();
    const request = keyedRequest(context, ANONYMOUS, stateOf(context).payload);
    const run = (attempt: number): Promise<Outcome> => {
      const turn = async (on: Executor): Promise<Outcome> => {
        await takeTurn(on, repository.schema, attempt > 1);
        return work(on, places);
      };
      return request === undefined ? database.transaction(turn) : once.transaction(request, turn);
    };
    // Code of the user's may do what cannot be done twice.
    const outcome = isHooked ? run(1) : retryConflicts(run);
    const { status, body, headers } = await outcome.catch(async (error: unknown) => {
      if (error instanceof DoneBefore) return error.outcome;
      // What is looked at at commit tells its row by the id.
      const place = places.get(refusedRow(error) ?? heldRow(error) ?? '');
      const own =
        place?.meaningOf?.(error) ??
        (place === undefined ? conflictAtLinks(error, repository, bodies) : undefined) ??
        writeProblem(error, late(), () => place !== undefined);
      const problem = write === 'delete' ? deleteProblem(error, constraints, (row) => places.has(row)) : own;
      const done = problem instanceof Problem ? await doneMeanwhile() : undefined;
      if (done !== undefined) return done;
      throw place === undefined ? ofNoItem(problem) : atItem(problem, place.index, FIELDS[write]);
    });
    return status === 204 ? emptyAnswer(context, status, headers) : jsonAnswer(context, status, body, headers);
  };

  /** Rows are written in the order of their ids, so that no two requests wait for each other; new ones after what they link to. */
  const eachItem = async <Item extends { readonly id: string | undefined; readonly body?: Body }, Result>(
    context: Context,
    on: Executor,
    places: Places,
    items: readonly Item[],
    write: Write,
    step: Step<Item, Result>,
  ): Promise<readonly Result[]> => {
    const results: Result[] = [];
    // New rows that the database numbers are in nobody's way, and stay in the order of the body.
    const order = items
      .map((item, index) => ({ item, index, id: item.id, body: item.body ?? {} }))
      .toSorted((a, b) => byText(a.id ?? '', b.id ?? '') || a.index - b.index);
    for (const { item, index, id } of linkedFirst(order)) {
      if (id !== undefined) places.set(id, { index });
      try {
        results[index] = await step(on, hookContext(context, on, schema), item, index);
      } catch (error) {
        const isOwn = (row: string): boolean => row === id;
        const problem =
          write === 'delete' ? deleteProblem(error, constraints, isOwn) : writeProblem(error, constraints, isOwn);
        throw atItem(problem, index, FIELDS[write]);
      }
    }
    return results;
  };

  /** What is accepted of the versions of items, where the write of one may raise the version of another: those that were there before all. */
  const versionsOf = async (
    context: Context,
    on: Executor,
    places: Places,
    items: readonly BulkTarget[],
    write: Write,
  ): Promise<(item: BulkTarget) => Versions> => {
    // A row that goes may be what another one links to.
    if (!repository.recomputed && write === 'update') return acceptedOf;
    await eachItem(context, on, places, items, write, async (at, _, item) => {
      const versions = acceptedOf(item);
      if (versions !== undefined) await holdRow(definition, at, item.id, versions);
    });
    return () => undefined;
  };

  const writtenBefore = async (on: Executor, id: string, body: Body): Promise<WrittenRow> => {
    const tree = await createdBefore(on, repository, id, body);
    const row = tree && (await repository.get(on, id));
    if (row === undefined) throw taken();
    return { row, tree: tree && tree.lists.size > 0 ? tree : undefined };
  };

  /** Rows that may take or keep each other: once all are held, they go in one statement. */
  const deleteTogether = async (
    context: Context,
    on: Executor,
    places: Places,
    items: readonly BulkTarget[],
  ): Promise<Outcome> => {
    await eachItem(context, on, places, items, 'delete', async (at, hooked, target) => {
      await holdRow(definition, at, target.id, acceptedOf(target));
      await hooks.beforeDelete?.(target.id, hooked);
    });
    const ids = items.map(({ id }) => id);
    if (!(await repository.deleteMany(on, ids))) throw keepsChanging();
    await eachItem(context, on, places, items, 'delete', async (_, hooked, { id }) => hooks.afterDelete?.(id, hooked));
    return DONE;
  };

  return {
    bulkCreate: (context, bodies) => {
      const items = distinct(bodies.map((body) => ({ id: repository.newId(body), body })));
      const finals = new Map<Body, Body>();
      /** What the user's code makes of a body, which it does once. */
      const finalOf = async (body: Body, hooked: HookContext<unknown>): Promise<Body> => {
        const final = finals.get(body) ?? (hooks.beforeCreate ? await hooks.beforeCreate(body, hooked) : body);
        finals.set(body, final);
        return final;
      };
      const createEach = async (on: Executor, places: Places): Promise<Outcome> => {
        const before = await presentIds(on, repository.present, bodies);
        await holdLists(on, repository, [], bodies);
        const rows = await eachItem(context, on, places, items, 'create', async (at, hooked, { id, body }, index) => {
          const final = await finalOf(body, hooked);
          if (id !== undefined && before.has(id)) return writtenBefore(at, id, final);
          const meanings = new Map<string, MeaningOf>();
          const tree = bringsParts(repository, final)
            ? await createTree(at, repository, id, final, { hooked, hooksOf, meanings })
            : undefined;
          for (const [part, meaningOf] of meanings) places.set(part, { index, meaningOf });
          const row = tree ? await rootRow(at, tree) : await repository.create(at, id, final);
          if (tree === undefined) places.set(repository.idOf(row), { index });
          await hooks.afterCreate?.(asObject(row), hooked);
          return { row, tree };
        });
        const outcome = readable
          ? rowsOf(201, await finishedRows(on, repository, rows))
          : idsOf(rows.map(({ row }) => repository.idOf(row)));
        if (before.size === items.length) throw new DoneBefore({ ...outcome, status: 200 });
        const known = items.findIndex(({ id }) => id !== undefined && before.has(id));
        if (known >= 0) throw atItem(presentAmongNew(), known, FIELDS.create);
        return outcome;
      };
      /** What a request beside this one has done since it was looked for; undone is what the user's code does meanwhile. */
      const doneMeanwhile = async (): Promise<Outcome | undefined> => {
        const present = await presentIds(database, repository.present, bodies);
        if (present.size < items.length) return undefined;
        const again = database.transaction((on) => createEach(on, new Map()));
        return again.catch((error: unknown) => {
          if (error instanceof DoneBefore) return error.outcome;
          throw error;
        });
      };
      const located = bodies.map((body, index) => [`/data/${index}`, body] as const);
      return answer(context, 'create', createEach, located, doneMeanwhile);
    },

    bulkUpdate: (context, changes) => {
      const updateEach = async (on: Executor, places: Places): Promise<Outcome> => {
        const items = distinct(changes);
        await holdLists(
          on,
          repository,
          items.map(({ id }) => id),
          items.map(({ set }) => set),
        );
        const accepted = await versionsOf(context, on, places, items, 'update');
        const rows = await eachItem(context, on, places, items, 'update', async (at, hooked, change) => {
          const { id, set } = change;
          const patch = hooks.beforeUpdate ? await hooks.beforeUpdate(id, set, hooked) : set;
          const row = await updateRow(definition, at, id, present(patch), accepted(change));
          await hooks.afterUpdate?.(asObject(row), hooked);
          return { row };
        });
        return readable ? rowsOf(200, await finishedRows(on, repository, rows)) : DONE;
      };
      const located = changes.map(({ set }, index) => [`/data/${index}/set`, set] as const);
      return answer(context, 'update', updateEach, located);
    },

    bulkDelete: (context, targets) =>
      answer(context, 'delete', async (on, places) => {
        const items = distinct(targets);
        await holdLists(
          on,
          repository,
          items.map(({ id }) => id),
          [],
        );
        if (repository.together) return deleteTogether(context, on, places, items);
        const accepted = await versionsOf(context, on, places, items, 'delete');
        await eachItem(context, on, places, items, 'delete', async (at, hooked, target) => {
          const { id } = target;
          await hooks.beforeDelete?.(id, hooked);
          await deleteRow(definition, at, id, accepted(target));
          await hooks.afterDelete?.(id, hooked);
        });
        return DONE;
      }),
  };
}

/** @throws Problem 422 for a row that is named twice: which of the two should be last? */
function distinct<Item extends { readonly id: string | undefined }>(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) throw namedTwice(index);
    seen.add(id);
  }
  return items;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function acceptedOf({ ifMatch }: BulkTarget): Versions {
  return ifMatchVersions(ifMatch);
}

function present(patch: Body): Body {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function rowsOf(status: number, rows: readonly FinishedRow[]): Outcome {
  const etags = rows.map(({ row: [version] }) => etagOf(version));
  const body = `{"data":[${rows.map(({ text }) => text).join(',')}],"etags":${JSON.stringify(etags)}}`;
  return { status, headers: {}, body };
}

/** For callers who may not read. */
function idsOf(ids: readonly string[]): Outcome {
  return { status: 201, headers: {}, body: JSON.stringify({ data: ids.map((id) => ({ id })) }) };
}

const DONE: Outcome = { status: 204, headers: {}, body: '' };
