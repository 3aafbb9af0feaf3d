/** Parsers of environment variables: the message of what they throw finishes "NAME must be ...". */

/** Text without white space. */
export function word(text: string): string {
  if (/\s/.test(text)) throw new Error('a single word');
  return text;
}

/** A path; nothing is asked of the folder itself. */
export function folder(text: string): string {
  if (text.includes('\u0000')) throw new Error('a path');
  return text;
}

/** A decimal integer between two bounds, inclusive. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Error(`an integer from ${min} to ${max}`);
    return value;
  };
}

/** A duration of at most an hour. */
export function milliseconds(text: string): number {
  return integer(1, 3_600_000)(text);
}

/** One of a closed set of words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((candidate) => candidate === text);
    if (found === undefined) throw new Error(`one of ${words.join(', ')}`);
    return found;
  };
}

/** `on` or `off`. */
export function boolean(text: string): boolean {
  return oneOf('on', 'off')(text) === 'on';
}

/** A connection string of Postgres. */
export function postgresUrl(text: string): string {
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Error('a connection string like postgres://user:password@host:5432/database');
  }
  return text;
}

/** At least 32 bytes, written in hexadecimal or base64 (either alphabet). */
export function secretBytes(text: string): Uint8Array {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  const bytes = isHex || isBase64 ? Buffer.from(text, isHex ? 'hex' : 'base64') : Buffer.alloc(0);
  if (bytes.length < 32 || text.length > 1024) {
    throw new Error('at least 32 bytes in hexadecimal or base64; make some with: openssl rand -hex 32');
  }
  return new Uint8Array(bytes);
}

/** A secret of at least 16 visible characters. */
export function token(text: string): string {
  if (!/^[\x21-\x7e]{16,512}$/.test(text)) throw new Error('16 to 512 visible characters of ASCII');
  return text;
}

/** Origins as browsers send them, separated by commas; empty text is none. */
export function origins(text: string): readonly string[] {
  const listed = text.split(',').map((part) => part.trim());
  if (listed.length === 1 && listed[0] === '') return [];
  if (listed.every(isOrigin)) return listed;
  throw new Error('origins like https://app.example.com, without a path, separated by commas');
}

/** Written exactly so: lower case, no path, no default port. `*` is none. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
