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
 * Of an entry that fits no map and the lines above it, the one that is out of step: an odd
 * indentation, a line that breaks a run of equal ones, or a first child that is indented too deep.
 */
export function blameIndentation(source: SourceText, offset: number): number {
  const here = lineAt(source, offset);
  const above = linesAbove(source, here);
  const odd = [here, ...above].find((line) => line.indent % 2 === 1);
  return (odd ?? findDedented(here, above) ?? findTooDeep(here, above) ?? here).content;
}

/** Most lines to look back: an entity's worth. */
const LINES_BACK = 40;

interface Line {
  /** Offset of the first character that is not blank. */
  readonly content: number;
  readonly indent: number;
  /** Whether the line names a map or list that follows. */
  readonly opens: boolean;
}

/** The line before, where it alone left the run that the one above it and this one belong to. */
function findDedented(here: Line, [last, before]: readonly Line[]): Line | undefined {
  if (last === undefined || before === undefined || last.opens || here.indent <= last.indent) return undefined;
  const isRun = before.indent === here.indent || (before.opens && before.indent + 2 === here.indent);
  return isRun ? last : undefined;
}

/** The first child of this line's parent, where it stands deeper than this line. */
function findTooDeep(here: Line, above: readonly Line[]): Line | undefined {
  const parent = above.findIndex((line) => line.indent < here.indent);
  const first = parent === -1 ? above.at(-1) : above[parent - 1];
  const base = parent === -1 ? -2 : (above[parent]?.indent ?? 0);
  return first !== undefined && first.indent > here.indent && first.indent > base + 2 ? first : undefined;
}

/** Lines with content, the nearest first. */
function linesAbove(source: SourceText, from: Line): readonly Line[] {
  const lines: Line[] = [];
  let start = source.lineStart(from.content);
  while (start > 0 && lines.length < LINES_BACK) {
    const line = lineAt(source, start - 1);
    start = source.lineStart(start - 1);
    const first = source.text.charAt(line.content);
    if (first !== '#' && first.trim() !== '') lines.push(line);
  }
  return lines;
}

function lineAt(source: SourceText, offset: number): Line {
  const start = source.lineStart(offset);
  const line = source.text.slice(start, source.lineEnd(offset));
  const indent = line.length - line.trimStart().length;
  return { content: start + indent, indent, opens: /:\s*(?:#.*)?$/.test(line) };
}
