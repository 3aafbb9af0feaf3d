const INITIAL_SIZE = 64 * 1024;
/** A larger buffer than this is not kept for the next answer. */
const KEPT_SIZE = 1024 * 1024;
/** Most bytes of one byte of text: a control character as `\u001f`. */
const MOST_ESCAPED = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** The bytes below a space as JSON strings spell them, beside `"` and `\`. */
const ESCAPES: readonly Buffer[] = Array.from({ length: FIRST_PRINTABLE }, (_, byte) =>
  Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1)),
);

/**
 * JSON text under construction, as bytes: what comes from the database as UTF-8 goes to the client as it is, and is
 * never a string in between. One buffer serves every answer in turn, since none is written across a tick.
 */
export class JsonWriter {
  #bytes = Buffer.allocUnsafe(INITIAL_SIZE);
  #length = 0;

  /** Constant text, encoded once. */
  literal(text: Buffer): void {
    this.copy(text, 0, text.length);
  }

  /** Text that is JSON already. */
  text(text: string): void {
    this.#reserve(Buffer.byteLength(text));
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Bytes that are JSON already. */
  copy(source: Buffer, from: number, to: number): void {
    this.#reserve(to - from);
    let at = this.#length;
    const bytes = this.#bytes;
    // For the few bytes of most values a loop is quicker than a call into the engine.
    if (to - from > 64) at += source.copy(bytes, at, from, to);
    else for (let index = from; index < to; index++) bytes[at++] = source[index] ?? 0;
    this.#length = at;
  }

  /** UTF-8 as a JSON string. */
  string(source: Buffer, from: number, to: number): void {
    this.#reserve((to - from) * MOST_ESCAPED + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let index = from; index < to; index++) {
      const byte = source[index] ?? 0;
      if (byte === QUOTE || byte === BACKSLASH) bytes[at++] = BACKSLASH;
      if (byte >= FIRST_PRINTABLE) bytes[at++] = byte;
      else at += ESCAPES[byte]?.copy(bytes, at) ?? 0;
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  /** What was written, and begins anew. */
  take(): Buffer<ArrayBuffer> {
    const written = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    if (this.#bytes.length > KEPT_SIZE) this.#bytes = Buffer.allocUnsafe(INITIAL_SIZE);
    return written;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

const shared = new JsonWriter();

/** The bytes that `write` writes. */
export function writeJson(write: (json: JsonWriter) => void): Buffer<ArrayBuffer> {
  try {
    write(shared);
    return shared.take();
  } catch (error) {
    shared.take();
    throw error;
  }
}
