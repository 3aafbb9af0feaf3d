import type { SchemaNode } from './schema-node.ts';

/** A name of the right form that is near to what was written. */
export interface SuggestedName {
  readonly name: string;
  /** Whether only case and separators differ. */
  readonly isCertain: boolean;
}

/** Respells a name in the form that its schema asks for; undefined where no name would be near. */
export function suggestName(written: string, schema: SchemaNode): SuggestedName | undefined {
  const ascii = written.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const words = ascii.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  const name = respell(words, schema.pattern ?? '');
  const isName = new RegExp(schema.pattern ?? '', 'u').test(name) && name.length <= (schema.maxLength ?? Infinity);
  if (!isName || name === written) return undefined;
  return { name, isCertain: /^[A-Za-z][A-Za-z0-9_ -]*$/.test(written) };
}

function respell(words: readonly string[], pattern: string): string {
  if (pattern.startsWith('^[A-Z]')) return words.map(capitalize).join('');
  if (pattern.includes('-[a-z0-9]')) return words.map((word) => word.toLowerCase()).join('-');
  if (pattern.includes('_')) return words.map((word) => word.toLowerCase()).join('_');
  const [first = '', ...rest] = words;
  return uncapitalize(first) + rest.map(capitalize).join('');
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + (isShouted(word) ? word.slice(1).toLowerCase() : word.slice(1));
}

function uncapitalize(word: string): string {
  return isShouted(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function isShouted(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}
