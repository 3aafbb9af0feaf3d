/** JSON as a file carries it: one attribute a line, keys in the order they were put in. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
