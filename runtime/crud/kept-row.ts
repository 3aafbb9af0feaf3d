import { parse as parseArray } from 'postgres-array';
import { etagOf } from '../http/conditional.ts';
import type { KeptResult, Outcome } from '../idempotency/kept-result.ts';
import { codecOf, type CodecName } from './codecs.ts';
import type { ColumnSpec } from './columns.ts';
import { rowSerializer } from './serializer.ts';

/** How one column of a kept row is written: key in JSON, codec, `many` for arrays. */
type WrittenColumn = readonly [key: string, codec: CodecName, many?: 'many'];

/** How a row is written, as text to be kept beside it. */
export function writtenColumns(columns: readonly ColumnSpec[]): string {
  const written = columns.map(([key, , codec, many]): WrittenColumn => (many ? [key, codec, many] : [key, codec]));
  return JSON.stringify(written);
}

/** The outcome that a kept row is. */
export function readKeptRow({ status, headers, columns, body }: KeptResult): Outcome {
  const written: readonly WrittenColumn[] = JSON.parse(columns ?? '[]');
  const serialize = rowSerializer(
    written.map(([key, codec, many]) => ({ key, column: key, codec: codecOf(codec, many === 'many') })),
  );
  const row: readonly (string | null)[] = parseArray(body, String);
  return { status, body: serialize(row), headers: { ...headers, etag: etagOf(row[0]) } };
}
