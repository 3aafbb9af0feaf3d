import { isAscii } from 'node:buffer';

/** Bytes of the length before each value. */
export const LENGTH = 4;

/**
 * A row as Postgres sent it: each value as the length of its text (-1 for null) and the text in UTF-8. Nothing is
 * decoded until it is asked for, since most values only go from one socket to another.
 */
export class RawRow {
  readonly bytes: Buffer;
  /** The same bytes, for who reads them word by word. */
  readonly view: DataView;
  /** Where the length of the first value stands. */
  readonly start: number;
  /** Behind the last value. */
  readonly end: number;

  /** @param view of all the `bytes`, shared by the rows that came together */
  constructor(bytes: Buffer, view: DataView, start: number, end: number) {
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.end = end;
  }

  /** Where the length of the value at `index` stands. */
  place(index: number): number {
    let at = this.start;
    for (let skipped = 0; skipped < index; skipped++) at += LENGTH + Math.max(lengthAt(this.view, at), 0);
    return at;
  }

  /** How many values the row has. */
  count(): number {
    let count = 0;
    for (let at = this.start; at < this.end; count++) at += LENGTH + Math.max(lengthAt(this.view, at), 0);
    return count;
  }

  /** The value at `index`; `null` also where the row has no such value. */
  text(index: number): string | null {
    const at = this.place(index);
    if (at >= this.end) return null;
    const length = lengthAt(this.view, at);
    return length < 0 ? null : this.bytes.toString('utf8', at + LENGTH, at + LENGTH + length);
  }

  /** All values. Where all is ASCII they are parts of one string: a fifth of the work of decoding each. */
  texts(): readonly (string | null)[] {
    const { bytes, view, start, end } = this;
    const whole = isAscii(bytes.subarray(start, end)) ? bytes.toString('latin1', start, end) : undefined;
    const values: (string | null)[] = [];
    for (let at = start; at < end;) {
      const from = at + LENGTH;
      const length = lengthAt(view, at);
      at = from + Math.max(length, 0);
      if (length < 0) values.push(null);
      else
        values.push(whole === undefined ? bytes.toString('utf8', from, at) : whole.substring(from - start, at - start));
    }
    return values;
  }
}

/** The length of the value whose length stands at `at`: -1 for null. */
export function lengthAt(bytes: DataView, at: number): number {
  return bytes.getInt32(at);
}

/** The bytes, to be read word by word. */
export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** What a view stands on. */
export function bytesOf(view: DataView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
