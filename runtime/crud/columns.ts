import { codecOf, type Codec, type CodecName } from './codecs.ts';

/** One column of a response row as compiled text spells it: key in JSON, SQL column, codec, `many` for arrays. */
export type ColumnSpec = readonly [key: string, column: string, codec: CodecName, many?: 'many'];

export interface Column {
  readonly key: string;
  readonly column: string;
  readonly codec: Codec;
}

/** The version column, always selected first: it becomes the ETag and stays out of bodies. */
export const VERSION = 'version';

/** What a statement selects for a row: the version, then the columns in their order. */
export function selection<const Specs extends readonly ColumnSpec[]>(
  specs: Specs,
): readonly (typeof VERSION | Specs[number][1])[] {
  return [VERSION, ...specs.map(([, column]): Specs[number][1] => column)];
}

export function columnsOf(specs: readonly ColumnSpec[]): readonly Column[] {
  return specs.map(([key, column, codec, many]) => ({ key, column, codec: codecOf(codec, many === 'many') }));
}
