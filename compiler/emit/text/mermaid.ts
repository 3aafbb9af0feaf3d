/** Text inside the double quotes of a mermaid label: entities stand for what its grammar or HTML would read. */
export function mermaidLabel(text: string): string {
  const plain = text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
  const safe = plain.replaceAll(/[^A-Za-z0-9 _.,()/+-]/gu, (character) => `#${character.codePointAt(0)};`);
  return `"${safe}"`;
}

/** A bare word of mermaid made from any text; different texts give different words. */
export function mermaidWord(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}_`);
}
