import type { Text } from '../database/database.ts';
import type { Column } from './columns.ts';
import type { ListCount } from './list-count.ts';

type TextRow = readonly Text[];

/** Writes a row of raw Postgres text as JSON text; built once at start from the column list. */
export type RowSerializer = (row: TextRow) => string;

/** The row's first value is its version and is skipped. */
export function rowSerializer(columns: readonly Column[]): RowSerializer {
  const cells = columns.map(({ key, codec }, index) => ({
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
    toJson: codec.toJson,
  }));
  return (row) => {
    let json = '';
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      const text = row[index + 1];
      if (cell === undefined) continue;
      json += cell.prefix + (text === null || text === undefined ? 'null' : cell.toJson(text));
    }
    return `${json}}`;
  };
}

/** The list envelope. */
export function pageJson(
  rows: readonly TextRow[],
  serialize: RowSerializer,
  nextCursor: string | undefined,
  count: ListCount | undefined,
): string {
  const data = rows.map(serialize).join(',');
  const counted = count === undefined ? '' : `,"count":${JSON.stringify(count)}`;
  return `{"data":[${data}],"nextCursor":${nextCursor === undefined ? 'null' : `"${nextCursor}"`}${counted}}`;
}
