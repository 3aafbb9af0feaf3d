/** Characters of the longest piece. */
export const MOST_AT_ONCE = 2 ** 20;

/**
 * A text in pieces that are a whole text each, whatever they hold: of a large one, Node would take three times as much
 * memory to make bytes of it at once.
 */
export function* textPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + MOST_AT_ONCE, text.length);
    // Between the halves of a pair is no place to cut.
    if (end < text.length && isLowHalf(text.charCodeAt(end))) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff;
}
