/** A name as SQL takes it anywhere. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
