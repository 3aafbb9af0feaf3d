/** Plain data as YAML on one line; `...` stands for what the reader fills in. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${flowText(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value === 'string' && !IS_PLAIN.test(value)) return JSON.stringify(value);
  return String(value);
}

/** Read back as the same text wherever it stands. */
const IS_PLAIN = /^(?!(?:true|false|null)$)(?:[A-Za-z_][\w./-]*|\.\.\.)$/;
