import type { Edit } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/span.ts';

/** A text whose offsets can be told as lines and columns. */
export interface SourceText {
  readonly text: string;
  span(start: number, end: number): Span;
  /** Offset at which the line of this offset starts. */
  lineStart(offset: number): number;
  /** Offset of the line break that ends the line of this offset, or of the end of the text. */
  lineEnd(offset: number): number;
  /** Replaces a stretch of the text. */
  edit(start: number, end: number, text: string): Edit;
}

/** Prepares a text for lookups by binary search over its line starts. */
export function createSourceText(text: string): SourceText {
  const starts = findLineStarts(text);
  const lineAt = (offset: number): number => findLine(starts, offset);
  const span = (start: number, end: number): Span => {
    const first = lineAt(start);
    const last = lineAt(end);
    return {
      line: first + 1,
      column: start - (starts[first] ?? 0) + 1,
      endLine: last + 1,
      endColumn: end - (starts[last] ?? 0) + 1,
    };
  };
  return {
    text,
    span,
    lineStart: (offset) => starts[lineAt(offset)] ?? 0,
    lineEnd: (offset) => {
      const next = starts[lineAt(offset) + 1];
      const end = next === undefined ? text.length : next - 1;
      return text[end - 1] === '\r' && next !== undefined ? end - 1 : end;
    },
    edit: (start, end, replacement) => ({ ...span(start, end), text: replacement }),
  };
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function findLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
