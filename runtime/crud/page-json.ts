import type { RawRow } from '../database/raw-row.ts';
import { literalOf, writeJson, type JsonText, type JsonWriter } from './json-writer.ts';
import type { ListCount } from './list-count.ts';

const START = literalOf('{"data":[');
const COMMA = literalOf(',');

/** The list envelope around the rows. */
export function pageJson(
  rows: readonly RawRow[],
  write: (json: JsonWriter, row: RawRow) => void,
  nextCursor: string | undefined,
  count: ListCount | undefined,
): JsonText {
  const cursor = nextCursor === undefined ? 'null' : `"${nextCursor}"`;
  const counted = count === undefined ? '' : `,"count":${JSON.stringify(count)}`;
  return writeJson((json) => {
    json.literal(START);
    for (const [index, row] of rows.entries()) {
      if (index > 0) json.literal(COMMA);
      write(json, row);
    }
    json.text(`],"nextCursor":${cursor}${counted}}`);
  });
}
