/**
 * Where each character of a text value is written, by its place in the value; one more for the end.
 * `written` is the scalar with its quotes, `style` what they are: `double`, `single` or anything else. Line breaks inside quotes are folded as YAML folds them.
 */
export function valueOffsets(written: string, style: string): readonly number[] {
  if (style !== 'double' && style !== 'single') return [...plainOffsets(written, 0, written.length)];
  const end = written.length - 1;
  return style === 'double' ? doubleOffsets(written, end) : singleOffsets(written, end);
}

function plainOffsets(written: string, start: number, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let at = start; at < end;) {
    const fold = FOLD.exec(written.slice(at, end));
    if (fold === null) {
      offsets.push(at);
      at += 1;
      continue;
    }
    pushFold(offsets, fold[0], at);
    at += fold[0].length;
  }
  return [...offsets, end];
}

/** White space around line breaks: one break is a space, more are one break less. */
const FOLD = /^[ \t]*(?:\r?\n[ \t]*)+/;

function pushFold(offsets: number[], fold: string, at: number): void {
  const breaks = fold.split('\n').length - 1;
  for (let count = 0; count < Math.max(1, breaks - 1); count += 1) offsets.push(at);
}

function singleOffsets(written: string, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let at = 1; at < end;) {
    const fold = FOLD.exec(written.slice(at, end));
    if (fold !== null) pushFold(offsets, fold[0], at);
    else offsets.push(at);
    at += fold?.[0].length ?? (written[at] === "'" ? 2 : 1);
  }
  return [...offsets, end];
}

const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function doubleOffsets(written: string, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let at = 1; at < end;) {
    const rest = written.slice(at, end);
    const fold = FOLD.exec(rest);
    const glued = /^\\\r?\n[ \t]*/.exec(rest);
    if (glued !== null) {
      at += glued[0].length;
      continue;
    }
    if (fold !== null) {
      pushFold(offsets, fold[0], at);
      at += fold[0].length;
      continue;
    }
    const length = rest.startsWith('\\') ? 2 + (HEX[rest[1] ?? ''] ?? 0) : 1;
    const isPair = length === 10 && Number.parseInt(rest.slice(2, 10), 16) > 0xffff;
    offsets.push(...(isPair ? [at, at] : [at]));
    at += length;
  }
  return [...offsets, end];
}
