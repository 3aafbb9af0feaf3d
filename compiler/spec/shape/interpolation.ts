/** Whether the text holds an interpolation: `$${` is a literal `${`. */
export function hasInterpolation(text: string): boolean {
  return text.includes('${') && text.replaceAll('$${', '').includes('${');
}

/** The text that is meant: `$${` becomes `${`. */
export function unescapeInterpolation(text: string): string {
  return text.includes('$${') ? text.replaceAll('$${', () => '${') : text;
}

/** What stands in a text that is one interpolation and nothing else: `${now}`. */
export function wholeInterpolation(text: string): string | undefined {
  return /^\$\{([^]+)\}$/u.exec(text)?.[1];
}
