import { LENGTH, lengthAt, type RawRow } from '../database/raw-row.ts';
import type { Column } from './columns.ts';
import type { JsonWriter } from './json-writer.ts';

/** Rows below each row, by key and then by its id. */
export type RowsBelow = ReadonlyMap<string, ReadonlyMap<string, readonly RawRow[]>>;

/** Writes a row as a JSON object; built once from the column list. */
export type RowWriter = (json: JsonWriter, row: RawRow, below: RowsBelow) => void;

/** A member of the JSON object that is no column. */
export interface RowPart {
  readonly key: string;
  readonly write: RowWriter;
}

/** Of rows whose writer has no lists. */
export const NOTHING_BELOW: RowsBelow = new Map();

const NULL = Buffer.from('null');
const END = Buffer.from('}');

/**
 * The columns begin at `start`: before them a row has its version, or the columns of another row; the parts come last.
 * `only` keeps the columns of those keys; none keeps all.
 */
export function rowWriter(
  columns: readonly Column[],
  start: number = 1,
  parts: readonly RowPart[] = [],
  only: readonly string[] = [],
): RowWriter {
  const cells = columns
    .map(({ key, codec }, index) => ({ key, copy: codec.copy, at: index + start }))
    .filter(({ key }) => only.length === 0 || only.includes(key))
    .map((cell, index) => ({ ...cell, prefix: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(cell.key)}:`) }));
  const members = parts.map(({ key, write }) => ({ prefix: Buffer.from(`,${JSON.stringify(key)}:`), write }));
  return (json, row, below) => {
    const { bytes } = row;
    let index = start;
    let place = row.place(start);
    for (const { prefix, copy, at } of cells) {
      for (; index < at; index++) place += LENGTH + Math.max(lengthAt(bytes, place), 0);
      const length = lengthAt(bytes, place);
      json.literal(prefix);
      if (length < 0) json.literal(NULL);
      else copy(json, bytes, place + LENGTH, place + LENGTH + length);
    }
    for (const { prefix, write } of members) {
      json.literal(prefix);
      write(json, row, below);
    }
    json.literal(END);
  };
}
