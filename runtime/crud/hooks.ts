import type { Kysely } from 'kysely';
import { assume } from '../assume.ts';

/** What every hook is given beside its values. */
export interface HookContext<Schema> {
  /** The transaction of the change: what a hook writes here stands or falls with it. */
  readonly db: Kysely<Schema>;
  readonly requestId: string;
}

type Awaitable<Value> = Value | Promise<Value>;

/**
 * User code around the operations of one resource. `before...` may answer a changed body; all of
 * them run inside the transaction of the change, and throwing rolls it back.
 */
export interface HooksAround<Schema, Row, Create, Patch> {
  readonly beforeCreate?: (body: Create, context: HookContext<Schema>) => Awaitable<Create>;
  readonly afterCreate?: (row: Row, context: HookContext<Schema>) => Awaitable<void>;
  readonly beforeUpdate?: (id: string, patch: Patch, context: HookContext<Schema>) => Awaitable<Patch>;
  readonly afterUpdate?: (row: Row, context: HookContext<Schema>) => Awaitable<void>;
  readonly beforeDelete?: (id: string, context: HookContext<Schema>) => Awaitable<void>;
  readonly afterDelete?: (id: string, context: HookContext<Schema>) => Awaitable<void>;
}

/** The hooks a registry of resources accepts: each optional, each with its own types. */
export type HooksOf<Resources> = {
  readonly [Name in keyof Resources]?: Resources[Name] extends { readonly hooks?: infer Hooks }
    ? NonNullable<Hooks>
    : never;
};

/** Hooks of any resource, as the shared handlers call them. */
export type AnyHooks = HooksAround<
  unknown,
  unknown,
  Readonly<Record<string, unknown>>,
  Readonly<Record<string, unknown>>
>;

/** Forgets the types of one resource's hooks. */
export function anyHooks(hooks: object | undefined): AnyHooks {
  // Handlers call a hook only with values that this resource's own schemas have produced.
  return assume<AnyHooks>(hooks ?? {});
}
