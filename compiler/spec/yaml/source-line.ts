import type { SourceText } from './source-text.ts';

/** The first offset from here on that is neither blank nor a comment. */
export function skipToContent(text: string, offset: number): number {
  const blank = /(?:\s+|#[^\n]*)*/y;
  blank.lastIndex = offset;
  const found = blank.exec(text);
  return offset + (found?.[0].length ?? 0);
}

/** Whether the place is inside a quoted stretch of its line. */
export function isInQuotes(line: string, index: number): boolean {
  let quote = '';
  for (let at = 0; at < index; at += 1) {
    const character = line.charAt(at);
    if (quote === '"' && character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if ((character === '"' || character === "'") && /[\s,:[{]/.test(line.charAt(at - 1))) quote = character;
  }
  return quote !== '';
}

/**
 * Of an entry that fits no map and the lines above it, the one that is out of step: the indentation
 * of a file is nearly always even, so an odd line is to blame before the one that no longer fits.
 */
export function blameIndentation(source: SourceText, offset: number): number {
  const here = contentOfLine(source, offset);
  if (indentOf(source, here) % 2 === 1) return here;
  let at = here;
  for (let back = 0; back < LINES_BACK; back += 1) {
    const start = source.lineStart(at);
    if (start === 0) break;
    at = contentOfLine(source, start - 1);
    if (source.text.slice(at, source.lineEnd(at)) === '') continue;
    if (indentOf(source, at) % 2 === 1) return at;
  }
  return here;
}

const LINES_BACK = 12;

function contentOfLine(source: SourceText, offset: number): number {
  const start = source.lineStart(offset);
  const line = source.text.slice(start, source.lineEnd(offset));
  return start + (line.length - line.trimStart().length);
}

function indentOf(source: SourceText, content: number): number {
  return content - source.lineStart(content);
}
