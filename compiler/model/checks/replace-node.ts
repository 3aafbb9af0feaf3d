import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { Located, Place } from '../../diagnostics/span.ts';

/** A fix that writes `text` in place of a node's key or value. */
export function replaceNode(document: Located, pointer: string, text: string, place: Place = 'value'): Fix {
  const { line, column, endLine, endColumn } = document.locate(pointer, place);
  return { description: `write ${text}`, edits: [{ line, column, endLine, endColumn, text }] };
}
