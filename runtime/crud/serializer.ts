import type { Text } from '../database/database.ts';
import type { Column } from './columns.ts';

type TextRow = readonly Text[];

/** JSON texts of the rows below each row, by key and then by its id. */
export type ListTexts = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Writes a row of raw Postgres text as JSON text; built once from the column list. */
export type RowSerializer = (row: TextRow, lists?: ListTexts) => string;

/** A member of the JSON object that is no column. */
export interface RowPart {
  readonly key: string;
  readonly write: RowSerializer;
}

const NO_LISTS: ListTexts = new Map();

/**
 * The columns begin at `start`: before them a row has its version, or the columns of another row; the parts come last.
 * `only` keeps the columns of those keys; none keeps all.
 */
export function rowSerializer(
  columns: readonly Column[],
  start: number = 1,
  parts: readonly RowPart[] = [],
  only: readonly string[] = [],
): RowSerializer {
  const cells = columns
    .map(({ key, codec }, index) => ({ key, toJson: codec.toJson, at: index + start }))
    .filter(({ key }) => only.length === 0 || only.includes(key))
    .map((cell, index) => ({ ...cell, prefix: `${index === 0 ? '{' : ','}${JSON.stringify(cell.key)}:` }));
  const members = parts.map(({ key, write }) => ({ prefix: `,${JSON.stringify(key)}:`, write }));
  return (row, lists = NO_LISTS) => {
    let json = '';
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index];
      if (cell === undefined) continue;
      const text = row[cell.at];
      json += cell.prefix + (text === null || text === undefined ? 'null' : cell.toJson(text));
    }
    for (const { prefix, write } of members) json += prefix + write(row, lists);
    return `${json}}`;
  };
}
