import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import type { LocatedDocument } from '../located-document.ts';

/** Points at the end of a file that has no last line break, where an error says that something is unfinished there. */
export function reportCutOff(document: LocatedDocument, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const { source, text } = document;
  if (text.endsWith('\n') || !found.some((one) => one.severity === 'error')) return [];
  const last = source.span(text.length, text.length);
  const content = source.span(text.trimEnd().length, text.trimEnd().length);
  if (!found.some((one) => isUnfinished(one, last.line, content.line)) || found.some((one) => one.line === last.line))
    return [];
  return [
    createDiagnostic(document, 'cut-off', '', {}, { span: source.span(source.lineStart(text.length), text.length) }),
  ];
}

/** Something lacks its end, or the problem reaches the last line. */
function isUnfinished(diagnostic: Diagnostic, lastLine: number, lastContent: number): boolean {
  return (
    diagnostic.line === lastContent ||
    UNFINISHED.has(diagnostic.name) ||
    diagnostic.related.some((place) => place.line === lastLine)
  );
}

const UNFINISHED: ReadonlySet<string> = new Set(['unclosed-quote', 'unclosed-bracket']);
