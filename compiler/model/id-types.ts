import type { IdKind } from './id-kind.ts';
import { MAX_ID, TEXT_ID } from './text-formats.ts';

export const ID_KINDS: readonly IdKind[] = ['uuid', 'bigint', 'string'];

/** Everything the compiler knows about one kind of ids, wherever they stand: in a row, a link, a path. */
export interface IdType {
  /** As `format_type()` spells it. */
  readonly postgres: string;
  /** The runtime's zod factory, `field.<name>()`. */
  readonly factory: string;
  /** In OpenAPI. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** In documents. */
  readonly word: string;
}

/** The one table of kinds of ids. None of them needs an escape in JSON. */
export const idTypes: Readonly<Record<IdKind, IdType>> = {
  uuid: { postgres: 'uuid', factory: 'uuid', schema: { type: 'string', format: 'uuid', maxLength: 36 }, word: 'uuid' },
  bigint: {
    postgres: 'bigint',
    factory: 'bigint',
    schema: { type: 'string', format: 'int64', pattern: '^-?(0|[1-9]\\d{0,18})$', maxLength: 20 },
    word: 'bigint',
  },
  string: {
    postgres: `character varying(${MAX_ID})`,
    factory: 'textId',
    schema: { type: 'string', pattern: TEXT_ID, maxLength: MAX_ID },
    word: 'string',
  },
};

/** The kind of an entity's ids; a UUID where it says nothing. */
export function idTypeOf({ id = 'uuid' }: { readonly id?: IdKind }): IdType {
  return idTypes[id];
}
