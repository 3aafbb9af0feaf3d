/** JSON as a file carries it: one attribute a line, keys in the order they were put in. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** An object inside of so many others, of members that are JSON already, printed for one level further in. */
export function jsonObject(members: Iterable<readonly [key: string, json: string]>, depth: number): string {
  const lineBreak = `\n${'  '.repeat(depth)}`;
  // Added and not joined: what is large is then copied once, when all of it stands.
  let text = '';
  for (const [key, json] of members) text += `${text === '' ? '{' : ','}${lineBreak}  ${JSON.stringify(key)}: ${json}`;
  return text === '' ? '{}' : `${text}${lineBreak}}`;
}
