/** Colours a text for a terminal, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Select Graphic Rendition codes (ECMA-48). */
const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32 };

/** Paints only where colours are asked for. */
export function createPaint(colours: boolean): Paint {
  return colours ? (style, text) => `\u001B[${CODES[style]}m${text}\u001B[0m` : (_, text) => text;
}
