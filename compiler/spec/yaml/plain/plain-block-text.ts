import { afterLine, type PlainCursor, type PlainNode } from './plain-cursor.ts';
import { isKept } from './plain-scalar.ts';

/** Reads the lines below `|` or `>`, to the line that follows them; undefined where their form says more than their words do. */
export function readBlockText(cursor: PlainCursor, node: PlainNode): string | undefined {
  const { text } = cursor;
  HEAD.lastIndex = cursor.at;
  const [head, mark, strip, indent = ''] = HEAD.exec(text) ?? [];
  if (head === undefined || indent.length <= node.indent) return undefined;
  const lines: string[] = [];
  let end = HEAD.lastIndex - indent.length;
  while (text.startsWith(indent, end)) {
    const next = afterLine(text, end);
    lines.push(text.slice(end + indent.length, next - 1));
    end = next;
  }
  cursor.linesEnd = end;
  if (!text.endsWith('\n') || !isClear(text, end) || !lines.every((line) => WORDS.test(line))) return undefined;
  const value = lines.join(mark === '|' ? '\n' : ' ') + (strip === '-' ? '' : '\n');
  return isKept(cursor, node, { style: 'block', source: value, value, end }) ? value : undefined;
}

const HEAD = /([|>])(-?)\n( +)(?=[^ \n])/y;
/** Words with a space between two of them: what is further right or empty has rules of its own. */
const WORDS = /^[^ ]+(?: [^ ]+)*$/;

/** Whether what follows is neither a comment nor a line of spaces, empty lines apart. */
function isClear(text: string, at: number): boolean {
  NEXT.lastIndex = at;
  return NEXT.test(text);
}

const NEXT = /\n*(?: *[^ \n#]|$)/y;
