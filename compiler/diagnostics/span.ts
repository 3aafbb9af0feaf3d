/** A stretch of a file: 1-based lines, 1-based columns in UTF-16 code units, the end is exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Whether to point at a node's key or at its value. */
export type Place = 'key' | 'value';

/** A file whose nodes can be found again by JSON pointer. */
export interface Located {
  readonly file: string;
  readonly text: string;
  /** The node's span, or that of its nearest ancestor that exists. */
  locate(pointer: string, place?: Place): Span;
  /** A stretch of a text value, by offsets in what it means: quotes, escapes and line breaks are accounted for. */
  locateInside(pointer: string, start: number, end: number): Span;
  /** Whether the node or one of its ancestors was refused already, so that what follows from it is not reported again. */
  isBroken(pointer: string): boolean;
  /** Whether the node is not all there: it, an ancestor or something below it was refused. */
  isIncomplete(pointer: string): boolean;
  /** The pointer under which a node is written, where that is not its own. */
  readonly written?: (pointer: string) => string;
}

/** The first character of a file: where a problem stands that belongs to no line. */
export const FILE_START: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** A file that is no located document (a folder, a database, a command line): every pointer is its start. */
export function unlocated(file: string): Located {
  return {
    file,
    text: '',
    locate: () => FILE_START,
    locateInside: () => FILE_START,
    isBroken: () => false,
    isIncomplete: () => false,
  };
}
