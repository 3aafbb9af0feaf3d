/** Columns of a line, as in compiled TypeScript. */
const WIDTH = 120;

/** Most keys whose JSON is remembered: those of documents are few, while keys that are data could be of any number. */
const MAX_KEYS = 10_000;

export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonLinesOptions {
  /** Objects around the value, which is indented for them. */
  readonly depth?: number;
  /** The key in front of it, in the same line. */
  readonly after?: string;
  /** The keys of an object in their order; as they were set unless told. */
  readonly keysOf?: (value: JsonObject) => readonly string[];
  /** Hears of each text that is a member. */
  readonly onText?: (key: string, text: string) => void;
}

/**
 * JSON for reviewers: an object or list that fits in a line stands in one, any other has a member a line.
 * Members without a value are left out. @throws TypeError for a function or a symbol
 */
export function jsonLines(
  value: unknown,
  { depth = 0, after, keysOf = Object.keys, onText }: JsonLinesOptions = {},
): string {
  const before = 2 * depth + (after === undefined ? 0 : keyJson(after).length + 1);
  return print(value, `\n${'  '.repeat(depth)}`, WIDTH - before - 1);

  /** `room`: columns that are left for the value, with a comma after it. */
  function print(item: unknown, lineBreak: string, room: number): string {
    if (typeof item === 'string') return textJson(item);
    const isList = Array.isArray(item);
    if (!isList && !isObject(item)) return scalarJson(item);
    const inner = `${lineBreak}  `;
    const innerRoom = WIDTH - inner.length;
    const parts: string[] = [];
    if (isList) for (const one of item) parts.push(print(one ?? null, inner, innerRoom));
    else {
      for (const key of keysOf(item)) {
        const member = item[key];
        if (member === undefined) continue;
        if (typeof member === 'string') onText?.(key, member);
        const prefix = `${keyJson(key)} `;
        parts.push(prefix + print(member, inner, innerRoom - prefix.length));
      }
    }
    return assemble(parts, isList, lineBreak, room);
  }
}

/** What a list or an object holds, in one line if there is room. What did not fit further in does not fit here. */
function assemble(parts: readonly string[], isList: boolean, lineBreak: string, room: number): string {
  if (parts.length === 0) return isList ? '[]' : '{}';
  let length = (isList ? 0 : 2) + 2 * parts.length;
  for (const part of parts) length += part.length;
  if (length <= room) return isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const inner = `${lineBreak}  `;
  const lines = `${inner}${parts.join(`,${inner}`)}${lineBreak}`;
  return isList ? `[${lines}]` : `{${lines}}`;
}

/** @throws TypeError for what JSON has no word for, which `JSON.stringify` would leave out in silence. */
function scalarJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`JSON cannot hold a ${typeof value}`);
  return json;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

/** ASCII without quotes, backslashes and control characters: what most texts are, and JSON leaves as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A text as JSON. */
export function textJson(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

const keys = new Map<string, string>();

/** A key as JSON, with its colon. */
export function keyJson(key: string): string {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const json = `${textJson(key)}:`;
  if (keys.size < MAX_KEYS) keys.set(key, json);
  return json;
}
