import type { NodePlace } from '../../located-document.ts';
import { createMap, type SpecMapValue, type SpecValue } from '../../spec-value.ts';
import {
  childOf,
  endLine,
  itemOf,
  nextLine,
  type PlainCursor,
  type PlainNode,
  readKey,
  setPlace,
  skipSpaces,
} from './plain-cursor.ts';
import { readBlockText } from './plain-block-text.ts';
import { readInline } from './plain-flow.ts';

/** What a plain text says, and where. */
export interface PlainYaml {
  readonly value: SpecMapValue;
  /** Reads the text again; undefined where comments leave open which of its blocks they belong to. */
  readonly readPlaces: () => ReadonlyMap<string, NodePlace> | undefined;
}

/**
 * Reads the part of YAML that specs are written in, ten times as fast as the library that reads all of it; undefined
 * for whatever else a text may hold, a mistake included. A test holds it to the library's values and places.
 */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (/[\t\r]/.test(text)) return undefined;
  const value = readRoot({ text, at: 0, linesEnd: 0, hasOddComments: false });
  return value && { value, readPlaces: () => readPlaces(text) };
}

function readPlaces(text: string): ReadonlyMap<string, NodePlace> | undefined {
  const places = new Map<string, NodePlace>();
  const cursor: PlainCursor = { text, at: 0, linesEnd: 0, hasOddComments: false, places };
  readRoot(cursor);
  return cursor.hasOddComments ? undefined : places;
}

function readRoot(cursor: PlainCursor): SpecMapValue | undefined {
  if (nextLine(cursor) !== 0) return undefined;
  const value = readMap(cursor, { pointer: '', key: '', indent: -1, depth: 0 }, 0);
  return cursor.at < cursor.text.length ? undefined : value;
}

/** Reads lines of keys from a column on, up to the first that stands further left. */
function readMap(cursor: PlainCursor, node: PlainNode, column: number): SpecMapValue | undefined {
  const map = createMap();
  const start = cursor.at;
  for (let at = column; at === column;) {
    const key = readKey(cursor);
    if (key === undefined || key.name in map) return undefined;
    const next = readValue(cursor, childOf(node, key, column), column);
    if (next === undefined || next.column > column) return undefined;
    map[key.name] = next.value;
    at = next.column;
  }
  setPlace(cursor, node, 'block-map', start, cursor.linesEnd);
  return map;
}

/** Reads lines of items from a column on. */
function readList(cursor: PlainCursor, node: PlainNode, column: number): Value | undefined {
  const list: SpecValue[] = [];
  const start = cursor.at;
  let at = column;
  while (at === column && isItem(cursor)) {
    cursor.at += 1;
    const next = readItem(cursor, itemOf(node, list.length, column), column);
    if (next === undefined || next.column > column) return undefined;
    list.push(next.value);
    at = next.column;
  }
  setPlace(cursor, node, 'list', start, cursor.linesEnd);
  return { value: list, column: at };
}

/** A value, and the column of the line that follows it. */
interface Value {
  readonly value: SpecValue;
  readonly column: number;
}

function readItem(cursor: PlainCursor, node: PlainNode, column: number): Value | undefined {
  const dash = cursor.at - 1;
  const next = skipSpaces(cursor);
  const inner = column + cursor.at - dash;
  const { at } = cursor;
  if (next !== '' && next !== '\n' && readKey(cursor) !== undefined) {
    cursor.at = at;
    return readBlock(cursor, node, inner);
  }
  return readValue(cursor, node, column);
}

/** What follows a name: on its line, or as a block below it. */
function readValue(cursor: PlainCursor, node: PlainNode, column: number): Value | undefined {
  const { at } = cursor;
  if (endLine(cursor)) {
    const inner = nextLine(cursor);
    // A list may stand as far left as the name that it belongs to.
    const isBelow = inner > column || (inner === column && node.keyRange !== undefined && isItem(cursor));
    return isBelow ? readBlock(cursor, node, inner) : undefined;
  }
  cursor.at = at;
  const mark = skipSpaces(cursor);
  if (mark === '|' || mark === '>') return readLines(cursor, node);
  const value = readInline(cursor, node, false);
  if (value === undefined || !endLine(cursor)) return undefined;
  return { value, column: nextLine(cursor) };
}

function readLines(cursor: PlainCursor, node: PlainNode): Value | undefined {
  const value = readBlockText(cursor, node);
  return value === undefined ? undefined : { value, column: nextLine(cursor) };
}

function readBlock(cursor: PlainCursor, node: PlainNode, column: number): Value | undefined {
  if (isItem(cursor)) return readList(cursor, node, column);
  const value = readMap(cursor, node, column);
  return value === undefined ? undefined : { value, column: columnOf(cursor) };
}

function isItem({ text, at }: PlainCursor): boolean {
  return text.charAt(at) === '-' && /^[ \n]?$/.test(text.charAt(at + 1));
}

/** The column of what comes next, which is the first of its line; -1 at the end of the text. */
function columnOf({ text, at }: PlainCursor): number {
  return at >= text.length ? -1 : at - 1 - text.lastIndexOf('\n', at - 1);
}
