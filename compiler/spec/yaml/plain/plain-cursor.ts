import { childPointer } from '../../../diagnostics/json-pointer.ts';
import type { NodePlace, NodeStyle } from '../../located-document.ts';

/** How far a text is read, and what was found on the way. */
export interface PlainCursor {
  readonly text: string;
  /** Offset of what comes next. */
  at: number;
  /** Offset after the last line that had more than a comment. */
  linesEnd: number;
  /** Whether a comment stands at another column than what follows it. */
  hasOddComments: boolean;
  /** Where nodes stand; absent where nobody asks. */
  readonly places?: Map<string, NodePlace>;
}

/** The node that is read: its pointer, the name it stands under, and where that name is. */
export interface PlainNode {
  readonly pointer: string;
  readonly key: string;
  readonly keyRange?: readonly [start: number, end: number];
  /** Columns that lines of it must exceed. */
  readonly indent: number;
  readonly depth: number;
}

/** A key of a map, its colon read too; undefined where what comes next is none that is plain. */
export function readKey(
  cursor: PlainCursor,
): { readonly name: string; readonly range: readonly [number, number] } | undefined {
  KEY.lastIndex = cursor.at;
  const found = KEY.exec(cursor.text);
  if (found === null) return undefined;
  const start = cursor.at;
  const name = found[1] ?? found[2] ?? '';
  if (found[1] !== undefined && NO_TEXT.test(name)) return undefined;
  cursor.at = KEY.lastIndex;
  return { name, range: [start, KEY.lastIndex - 1] };
}

const KEY = /(?:([A-Za-z_$][\w$.-]{0,200})|"([^"\\\n]{0,200})"):(?=[ \n]|$)/y;
/** Words that YAML reads as no text. */
const NO_TEXT = /^(?:true|false|null)$/i;

/** The node below a node. */
export function childOf(
  { pointer, depth }: PlainNode,
  key: { readonly name: string; readonly range: readonly [number, number] },
  indent: number,
): PlainNode {
  return {
    pointer: childPointer(pointer, key.name),
    key: key.name,
    keyRange: key.range,
    indent,
    depth: depth + 1,
  };
}

/** The item of a list: it stands under the list's name. */
export function itemOf({ pointer, key, depth }: PlainNode, index: number, indent: number): PlainNode {
  return { pointer: childPointer(pointer, index), key, indent, depth: depth + 1 };
}

/** Remembers where a node stands. */
export function setPlace({ places }: PlainCursor, node: PlainNode, style: NodeStyle, start: number, end: number): void {
  if (places === undefined) return;
  const { keyRange } = node;
  places.set(node.pointer, { style, value: [start, end], ...(keyRange !== undefined && { key: keyRange }) });
}

/** Skips spaces; returns the character that comes next, empty at the end of the text. */
export function skipSpaces(cursor: PlainCursor): string {
  const { text } = cursor;
  let { at } = cursor;
  while (text.charCodeAt(at) === SPACE) at += 1;
  cursor.at = at;
  return text.charAt(at);
}

const SPACE = 32;

/** Reads what may follow a value on its line, a comment; says whether nothing else did. */
export function endLine(cursor: PlainCursor): boolean {
  const { text } = cursor;
  const isSpaced = text.charAt(cursor.at) === ' ';
  const next = skipSpaces(cursor);
  if (next !== '' && next !== '\n' && !(isSpaced && COMMENT.has(text.slice(cursor.at, cursor.at + 2)))) return false;
  cursor.at = afterLine(text, cursor.at);
  cursor.linesEnd = cursor.at;
  return true;
}

/** Comments that are not glued to what they say. */
const COMMENT: ReadonlySet<string> = new Set(['# ', '#\n', '#']);

/** Goes to the next line that has more than a comment; returns its column, -1 at the end of the text. */
export function nextLine(cursor: PlainCursor): number {
  const { text } = cursor;
  let comments: number | undefined;
  for (let start = cursor.at; start < text.length; start = cursor.at) {
    const next = skipSpaces(cursor);
    const column = cursor.at - start;
    if (next !== '' && next !== '\n' && next !== '#') {
      cursor.hasOddComments ||= comments !== undefined && comments !== column;
      return column;
    }
    if (next === '#') {
      cursor.hasOddComments ||= comments !== undefined && comments !== column;
      comments = column;
    }
    cursor.at = afterLine(text, cursor.at);
  }
  cursor.hasOddComments ||= comments !== undefined && comments !== 0;
  return -1;
}

/** Offset after the line break that comes next, or of the end of the text. */
export function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
