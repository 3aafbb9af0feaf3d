import { createMap, type SpecMapValue, type SpecValue } from '../../spec-value.ts';
import { childOf, itemOf, type PlainCursor, type PlainNode, readKey, setPlace, skipSpaces } from './plain-cursor.ts';
import { readScalar } from './plain-scalar.ts';

/** Deeper nesting is not the language's. */
const MAX_PLAIN_DEPTH = 20;

/** Reads a value that begins on the line of its name. */
export function readInline(cursor: PlainCursor, node: PlainNode, inFlow: boolean): SpecValue | undefined {
  if (node.depth > MAX_PLAIN_DEPTH) return undefined;
  switch (cursor.text.charAt(cursor.at)) {
    case '{':
      return readFlowMap(cursor, node);
    case '[':
      return readFlowList(cursor, node);
    default:
      return readScalar(cursor, node, inFlow);
  }
}

function readFlowMap(cursor: PlainCursor, node: PlainNode): SpecValue | undefined {
  const map = createMap();
  const isRead = readFlow(cursor, node, '}', () => readEntry(cursor, node, map));
  return isRead ? map : undefined;
}

function readEntry(cursor: PlainCursor, node: PlainNode, map: SpecMapValue): boolean {
  const key = readKey(cursor);
  if (key === undefined || key.name in map) return false;
  skipSpaces(cursor);
  const value = readInline(cursor, childOf(node, key, node.indent), true);
  if (value === undefined) return false;
  map[key.name] = value;
  return true;
}

function readFlowList(cursor: PlainCursor, node: PlainNode): SpecValue | undefined {
  const list: SpecValue[] = [];
  const isRead = readFlow(cursor, node, ']', () => {
    const value = readInline(cursor, itemOf(node, list.length, node.indent), true);
    if (value !== undefined) list.push(value);
    return value !== undefined;
  });
  return isRead ? list : undefined;
}

/** Reads items between brackets, with a comma between two of them and none after the last. */
function readFlow(cursor: PlainCursor, node: PlainNode, close: '}' | ']', readItem: () => boolean): boolean {
  const start = cursor.at;
  cursor.at += 1;
  let next = skipFlowSpace(cursor, node.indent);
  while (next !== close) {
    if (next === undefined || !readItem()) return false;
    next = skipFlowSpace(cursor, node.indent);
    if (next === close) break;
    if (next !== ',') return false;
    cursor.at += 1;
    next = skipFlowSpace(cursor, node.indent);
    if (next === close) return false;
  }
  cursor.at += 1;
  setPlace(cursor, node, close === '}' ? 'flow-map' : 'list', start, cursor.at);
  return true;
}

/** Skips spaces and line breaks; returns what comes next, undefined where its line stands too far left. */
function skipFlowSpace(cursor: PlainCursor, indent: number): string | undefined {
  let next = skipSpaces(cursor);
  while (next === '\n') {
    const start = (cursor.at += 1);
    next = skipSpaces(cursor);
    if (next !== '\n' && cursor.at - start <= indent) return undefined;
  }
  return next === '' ? undefined : next;
}
