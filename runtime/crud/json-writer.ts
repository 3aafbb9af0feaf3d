import { isAscii } from 'node:buffer';
import { viewOf } from '../database/raw-row.ts';
import { copyBytes } from './copy-values.ts';

const INITIAL_SIZE = 64 * 1024;
/** A larger buffer than this is not kept for the next answer. */
const KEPT_SIZE = 1024 * 1024;

/** Most bytes that become a string. */
const MAX_STRING = 64 * 1024;

/** JSON text, or its bytes. */
export type JsonText = string | Buffer<ArrayBuffer>;

/**
 * JSON text under construction, as bytes: what comes from the database as UTF-8 goes to the client as it is, and is
 * never a string in between. One buffer serves every answer in turn, since none is written across a tick.
 */
export class JsonWriter {
  #bytes = Buffer.allocUnsafe(INITIAL_SIZE);
  #view = viewOf(this.#bytes);
  /** Bytes that are written. */
  length = 0;

  /** Constant text, encoded once by `literalOf`. */
  literal(text: DataView): void {
    this.length = copyBytes(this.reserve(text.byteLength), this.length, text, 0, text.byteLength);
  }

  /** Text that is JSON already. */
  text(text: string): void {
    this.reserve(Buffer.byteLength(text));
    this.length += this.#bytes.write(text, this.length);
  }

  /**
   * What was written, and begins anew. Text of one byte a character is a string: with the head of its answer it goes to
   * the socket in one piece, and is no memory outside the heap.
   */
  take(): JsonText {
    const written = this.#bytes.subarray(0, this.length);
    const isShort = this.length <= MAX_STRING && isAscii(written);
    const taken = isShort ? written.toString('latin1') : Buffer.from(written);
    this.length = 0;
    if (this.#bytes.length > KEPT_SIZE) this.#use(Buffer.allocUnsafe(INITIAL_SIZE));
    return taken;
  }

  /** Where there is room for so many more bytes behind the present length; whoever writes them sets that. */
  reserve(more: number): DataView {
    const needed = this.length + more;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#use(larger);
    }
    return this.#view;
  }

  #use(bytes: Buffer<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }
}

/** Constant text as a writer takes it. */
export function literalOf(text: string): DataView {
  return viewOf(Buffer.from(text));
}

const shared = new JsonWriter();

/** What `write` writes. */
export function writeJson(write: (json: JsonWriter) => void): JsonText {
  try {
    write(shared);
    return shared.take();
  } catch (error) {
    shared.take();
    throw error;
  }
}
