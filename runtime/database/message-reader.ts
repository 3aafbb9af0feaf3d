import { RawRow, viewOf } from './raw-row.ts';

/** Bytes of a message's head: its type, and the length of what follows the type. */
const HEAD = 5;
const DATA_ROW = 'D'.charCodeAt(0);
/** Bytes of the number of values at the start of a row. */
const VALUE_COUNT = 2;

export interface MessageHandlers {
  readonly onRow: (row: RawRow) => void;
  /** Whole messages of any other type. */
  readonly onOthers: (bytes: Buffer) => void;
}

/**
 * Splits what a Postgres server sends into rows, which stay bytes, and all else. The bytes of a row stay as they are
 * for as long as somebody holds it: nothing is read into a buffer twice.
 */
export class MessageReader {
  readonly #handlers: MessageHandlers;
  /** Of a message that has not come whole. */
  #parts: Buffer[] = [];
  /** Bytes that are wanting before anything more can be read. */
  #missing = 0;

  constructor(handlers: MessageHandlers) {
    this.#handlers = handlers;
  }

  read(chunk: Buffer): void {
    const bytes = this.#join(chunk);
    if (bytes === undefined) return;
    const view = viewOf(bytes);
    let at = 0;
    let others = 0;
    while (bytes.length - at >= HEAD) {
      const next = at + 1 + view.getUint32(at + 1);
      if (next > bytes.length) break;
      if (bytes[at] === DATA_ROW) {
        this.#passOthers(bytes, others, at);
        this.#handlers.onRow(new RawRow(bytes, view, at + HEAD + VALUE_COUNT, next));
        others = next;
      }
      at = next;
    }
    this.#passOthers(bytes, others, at);
    this.#keep(bytes.subarray(at));
  }

  #passOthers(bytes: Buffer, from: number, to: number): void {
    if (to > from) this.#handlers.onOthers(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
  }

  /** `undefined` while a message is not whole: a long one is put together once, however many parts it comes in. */
  #join(chunk: Buffer): Buffer | undefined {
    if (this.#parts.length === 0) return chunk;
    this.#parts.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return undefined;
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    return bytes;
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#parts = [rest];
    const whole = rest.length < HEAD ? HEAD : 1 + rest.readUInt32BE(1);
    this.#missing = whole - rest.length;
  }
}
