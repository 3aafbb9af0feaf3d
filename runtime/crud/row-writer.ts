import { LENGTH, lengthAt, type RawRow } from '../database/raw-row.ts';
import type { Column } from './columns.ts';
import { copyBytes, copyNull, roomFor, type CopyValue } from './copy-values.ts';
import { literalOf, type JsonWriter } from './json-writer.ts';

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

const END = literalOf('}');

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
  const kept = columns
    .map(({ key, codec }, at) => ({ key, at, copy: codec.copy }))
    .filter(({ key }) => only.length === 0 || only.includes(key));
  const cells = kept.map(({ key, at, copy }, index): Cell => {
    const prefix = literalOf(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
    // Asked of a view it costs as much as copying a few bytes.
    return { prefix, prefixLength: prefix.byteLength, skipped: at - (kept[index - 1]?.at ?? -1) - 1, copy };
  });
  const room = cells.reduce((sum, { prefixLength }) => sum + prefixLength, roomFor(0, cells.length));
  const members = parts.map(({ key, write }) => ({ prefix: literalOf(`,${JSON.stringify(key)}:`), write }));
  return (json, row, below) => {
    const first = row.place(start);
    const target = json.reserve(room + roomFor(row.end - first, 0));
    json.length = writeCells(cells, target, json.length, row, first);
    for (const { prefix, write } of members) {
      json.literal(prefix);
      write(json, row, below);
    }
    json.literal(END);
  };
}

interface Cell {
  readonly prefix: DataView;
  readonly prefixLength: number;
  /** Values between that of the cell before and its own. */
  readonly skipped: number;
  readonly copy: CopyValue;
}

/** @param first where the length of the first value stands */
function writeCells(cells: readonly Cell[], target: DataView, at: number, { view }: RawRow, first: number): number {
  let end = at;
  let place = first;
  for (const { prefix, prefixLength, skipped, copy } of cells) {
    for (let left = skipped; left > 0; left--) place += LENGTH + Math.max(lengthAt(view, place), 0);
    const length = lengthAt(view, place);
    place += LENGTH;
    end = copyBytes(target, end, prefix, 0, prefixLength);
    if (length < 0) {
      end = copyNull(target, end);
    } else {
      end = copy(target, end, view, place, place + length);
      place += length;
    }
  }
  return end;
}
