import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { Located, Place } from '../../diagnostics/span.ts';

/** Words that YAML takes for text as they stand. */
const PLAIN = /^(?!(?:true|false|null)$)[A-Za-z][A-Za-z0-9_.-]*$/i;

/** A fix that writes a text in place of a node's key or value, in quotes where YAML needs them. */
export function replaceNode(document: Located, pointer: string, text: string, place: Place = 'value'): Fix {
  const { line, column, endLine, endColumn } = document.locate(pointer, place);
  const written = PLAIN.test(text) ? text : JSON.stringify(text);
  return { description: `write "${text}"`, edits: [{ line, column, endLine, endColumn, text: written }] };
}
