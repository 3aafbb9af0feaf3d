import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Database, Executor } from '../database/database.ts';
import { kyselyOn } from '../database/kysely.ts';
import { etagOf, ifMatchVersions, isNoneMatch } from '../http/conditional.ts';
import { Problem, type ProblemError } from '../http/problem.ts';
import { requestIdOf } from '../http/request-id.ts';
import { uuidV7 } from '../http/uuid.ts';
import { deleteProblem, transitionProblem, writeProblem } from './conflicts.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { anyHooks, type AnyHooks, type HookContext } from './hooks.ts';
import type { ListRequest } from './list-query.ts';
import type { Body, Repository, StoredRow, Versions } from './repository.ts';
import { pageJson, rowSerializer } from './serializer.ts';
import { statesBefore, type Transitions } from './update-statements.ts';

/** What the handlers of a resource stand on. */
export interface ResourceServices {
  readonly database: Database;
  /** Authenticates the cursors of lists. */
  readonly cursorKey: Uint8Array;
}

/** The handlers of one resource; each answers a request that has been validated. */
export interface Handlers {
  create(context: Context, body: Body): Promise<Response>;
  list(context: Context, request: ListRequest): Promise<Response>;
  get(context: Context, id: string): Promise<Response>;
  update(context: Context, id: string, patch: Body): Promise<Response>;
  delete(context: Context, id: string): Promise<Response>;
}

export interface ResourceDefinition {
  readonly name: string;
  /** Whether callers may read: a write answers with the row only then. */
  readonly readable: boolean;
  readonly repository: Repository;
  readonly register: (app: OpenAPIHono, handlers: Handlers) => void;
}

/** One entity of the API; `Hooks` is what user code around it satisfies. */
export interface Resource<Hooks> {
  readonly name: string;
  /** Never set: it carries the type of the hooks. */
  readonly hooks?: Hooks;
  mount(app: OpenAPIHono, services: ResourceServices, hooks: Hooks | undefined): void;
}

/** Joins an entity's statements, routes and hooks. */
export function resource<Hooks extends object>(definition: ResourceDefinition): Resource<Hooks> {
  return {
    name: definition.name,
    mount: (app, services, hooks) => definition.register(app, createHandlers(definition, services, anyHooks(hooks))),
  };
}

/** How often a guarded change is tried again when the row moved between the change and the look at it. */
const ATTEMPTS = 3;

function createHandlers(definition: ResourceDefinition, { database, cursorKey }: ResourceServices, hooks: AnyHooks): Handlers {
  const { name, readable, repository } = definition;
  const serialize = rowSerializer(repository.columns);
  const asObject = (row: StoredRow): unknown => JSON.parse(serialize(row));

  /** In a transaction when user code takes part, straight on the pool otherwise. */
  const change = <Outcome>(
    context: Context,
    hooked: boolean,
    work: (on: Executor, hookContext: () => HookContext<unknown>) => Promise<Outcome>,
  ): Promise<Outcome> => {
    const contextOn = (on: Executor) => (): HookContext<unknown> => ({ db: kyselyOn(on), requestId: requestIdOf(context) });
    return hooked ? database.transaction((on) => work(on, contextOn(on))) : work(database, contextOn(database));
  };

  const found = async (on: Executor, id: string): Promise<StoredRow> => {
    const row = await repository.get(on, id);
    if (row === undefined) throw notFound();
    return row;
  };

  /** Why a guarded change found no row; returns when nothing stands against trying again. */
  const explain = async (on: Executor, id: string, patch: Body, versions: Versions): Promise<void> => {
    const row = await found(on, id);
    if (versions !== undefined && !versions.includes(row[0] ?? '')) throw stale();
    const errors = Object.entries(repository.transitions).flatMap(([key, machine]): readonly ProblemError[] => {
      const position = repository.columns.findIndex(({ column }) => column === machine.column) + 1;
      const state = row[position] ?? '';
      if (patch[key] === undefined || statesBefore(machine, String(patch[key])).includes(state)) return [];
      return [{ pointer: `/${key}`, code: 'transition', detail: readable ? nextStates(machine, state) : 'may not follow' }];
    });
    if (errors.length > 0) throw transitionProblem(errors);
  };

  const applyPatch = async (on: Executor, id: string, patch: Body, versions: Versions): Promise<StoredRow> => {
    if (Object.keys(patch).length === 0) {
      const row = await found(on, id);
      if (versions !== undefined && !versions.includes(row[0] ?? '')) throw stale();
      return row;
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const row = await repository.update(on, id, patch, versions);
      if (row !== undefined) return row;
      await explain(on, id, patch, versions);
    }
    throw new Problem(409, { detail: 'The row keeps changing; try again.' });
  };

  return {
    create: async (context, body) => {
      const { beforeCreate, afterCreate } = hooks;
      const id = uuidV7();
      const row = await change(context, Boolean(beforeCreate ?? afterCreate), async (on, hookContext) => {
        const final = beforeCreate ? await beforeCreate(body, hookContext()) : body;
        const created = await repository.create(on, id, final);
        await afterCreate?.(asObject(created), hookContext());
        return created;
      }).catch((error: unknown) => raise(writeProblem(error, repository.constraints)));
      const location = `${context.req.path.replace(/\/$/, '')}/${id}`;
      return jsonAnswer(201, readable ? serialize(row) : `{"id":"${id}"}`, { etag: etagOf(row[0]), location });
    },

    list: async (_context, request) => {
      const binding = JSON.stringify([name, request.filters, request.sort]);
      const cursor = request.cursor === undefined ? undefined : decodeCursor(request.cursor, binding, cursorKey);
      if (request.cursor !== undefined && cursor === undefined) throw badCursor();
      const { rows, next } = await repository.list(database, request, cursor);
      return jsonAnswer(200, pageJson(rows, serialize, next && encodeCursor(next, binding, cursorKey)), {});
    },

    get: async (context, id) => {
      const row = await found(database, id);
      const etag = etagOf(row[0]);
      if (isNoneMatch(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers: { etag } });
      return jsonAnswer(200, serialize(row), { etag });
    },

    update: async (context, id, patch) => {
      const { beforeUpdate, afterUpdate } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      const row = await change(context, Boolean(beforeUpdate ?? afterUpdate), async (on, hookContext) => {
        const final = beforeUpdate ? await beforeUpdate(id, patch, hookContext()) : patch;
        const updated = await applyPatch(on, id, present(final), versions);
        await afterUpdate?.(asObject(updated), hookContext());
        return updated;
      }).catch((error: unknown) => raise(writeProblem(error, repository.constraints)));
      const etag = etagOf(row[0]);
      return readable ? jsonAnswer(200, serialize(row), { etag }) : new Response(null, { status: 204, headers: { etag } });
    },

    delete: async (context, id) => {
      const { beforeDelete, afterDelete } = hooks;
      const versions = ifMatchVersions(context.req.header('if-match'));
      await change(context, Boolean(beforeDelete ?? afterDelete), async (on, hookContext) => {
        await beforeDelete?.(id, hookContext());
        if (!(await repository.delete(on, id, versions))) {
          await found(on, id);
          throw stale();
        }
        await afterDelete?.(id, hookContext());
      }).catch((error: unknown) => raise(deleteProblem(error)));
      return new Response(null, { status: 204 });
    },
  };
}

function raise(error: unknown): never {
  throw error;
}

function jsonAnswer(status: number, body: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** Keys that are there but undefined were not sent. */
function present(patch: Body): Body {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function nextStates({ next }: Transitions, state: string): string {
  const allowed = next[state] ?? [];
  return allowed.length === 0 ? `may not change: ${state} is final` : `may only become ${allowed.join(' or ')}: it is ${state}`;
}

function notFound(): Problem {
  return new Problem(404, { detail: 'No such row.' });
}

function stale(): Problem {
  return new Problem(412, { detail: 'The row has changed since the version in If-Match.' });
}

function badCursor(): Problem {
  return new Problem(422, {
    detail: 'The request does not validate.',
    errors: [{ parameter: 'cursor', code: 'cursor', detail: 'is no cursor of this list, filter and sort' }],
  });
}
