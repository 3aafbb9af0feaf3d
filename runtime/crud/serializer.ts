import type { Text } from '../database/database.ts';
import type { Column } from './columns.ts';

/** Writes a row that a change answered with as JSON text; built once from the column list. */
export type RowSerializer = (row: readonly Text[]) => string;

/** The row's first value is its version and is skipped. */
export function rowSerializer(columns: readonly Column[]): RowSerializer {
  const cells = columns.map(({ key, codec }, index) => ({
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
    toJson: codec.toJson,
    at: index + 1,
  }));
  return (row) => {
    let json = '';
    for (const { prefix, toJson, at } of cells) {
      const text = row[at];
      json += prefix + (text === null || text === undefined ? 'null' : toJson(text));
    }
    return `${json}}`;
  };
}
