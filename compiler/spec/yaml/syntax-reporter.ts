import type { DiagnosticName, DiagnosticParams } from '../../diagnostics/catalogue.ts';
import type { Diagnostic, Fix } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic, type RelatedNode } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { MAX_SYNTAX_ERRORS } from '../spec-limits.ts';
import type { SourceText } from './source-text.ts';

/** What a syntax report may say beyond its message. */
export interface SyntaxReportOptions {
  /** Pointer of the node, where the text got that far. */
  readonly path?: string;
  readonly fix?: Fix;
  readonly related?: readonly RelatedNode[];
}

/** Collects problems of the text by offset: there is no document to point into yet. */
export interface SyntaxReporter {
  readonly source: SourceText;
  report<Name extends DiagnosticName>(
    name: Name,
    start: number,
    end: number,
    params: DiagnosticParams[Name],
    options?: SyntaxReportOptions,
  ): void;
  /** Where this was reported first, by offset. */
  firstOf(name: DiagnosticName): number | undefined;
  /** Whether something was reported on the line of this offset. */
  hasOnLine(offset: number): boolean;
  /** Whether no more would be kept. */
  isFull(): boolean;
  diagnostics(): readonly Diagnostic[];
}

/** Makes a reporter for one text. */
export function createSyntaxReporter(file: string, source: SourceText): SyntaxReporter {
  const reported: Diagnostic[] = [];
  const lines = new Set<number>();
  const places = new Set<string>();
  const firsts = new Map<DiagnosticName, number>();
  const document = unlocated(file);
  return {
    source,
    report(name, start, end, params, { path = '', ...options } = {}) {
      if (reported.length >= MAX_SYNTAX_ERRORS) return;
      // The reader of the text and the check of its values may meet one mistake.
      const place = `${name} ${start}`;
      if (places.has(place)) return;
      places.add(place);
      const span = source.span(start, Math.max(start, end));
      lines.add(span.line);
      firsts.set(name, Math.min(start, firsts.get(name) ?? start));
      reported.push(createDiagnostic(document, name, path, params, { ...options, span }));
    },
    firstOf: (name) => firsts.get(name),
    hasOnLine: (offset) => lines.has(source.span(offset, offset).line),
    isFull: () => reported.length >= MAX_SYNTAX_ERRORS,
    diagnostics: () => reported,
  };
}
