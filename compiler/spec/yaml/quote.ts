/** A YAML scalar in single quotes: only the quote itself is special. */
export function quoteSingle(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A YAML scalar in double quotes; every JSON string is one. */
export function quoteDouble(text: string): string {
  return JSON.stringify(text);
}
