import type { Diagnostic, Edit } from '../../compiler/diagnostics/diagnostic.ts';

/** The text with every fix applied, the last first so that positions hold. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split('\n');
  const starts = lines.map((_, index) => lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0));
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  const edits = diagnostics.flatMap((one) => one.fix?.edits ?? []);
  return edits
    .toSorted((a, b) => offset(b.line, b.column) - offset(a.line, a.column))
    .reduce((result, edit) => applyEdit(result, edit, offset), text);
}

function applyEdit(text: string, edit: Edit, offset: (line: number, column: number) => number): string {
  return text.slice(0, offset(edit.line, edit.column)) + edit.text + text.slice(offset(edit.endLine, edit.endColumn));
}
