import { catalogue, type DiagnosticName, type DiagnosticParams } from './catalogue.ts';
import type { Diagnostic, Fix, RelatedPlace } from './diagnostic.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import type { Located, Place, Span } from './span.ts';

/** What a report may say beyond its message. */
export interface ReportOptions {
  /** Where to point: the node's value unless told. */
  readonly at?: Place;
  /** Points at this span instead of a node. */
  readonly span?: Span;
  readonly allowed?: readonly string[];
  /** Other places of the same file, such as the first of two equal names. */
  readonly related?: readonly RelatedNode[];
  readonly fix?: Fix;
}

/** A related place by pointer, or by span where it is no node. */
export interface RelatedNode {
  readonly pointer: string;
  readonly at?: Place;
  readonly span?: Span;
  readonly message: string;
}

/** Collects the diagnostics of one document. */
export interface Reporter {
  report<Name extends DiagnosticName>(
    name: Name,
    pointer: string,
    params: DiagnosticParams[Name],
    options?: ReportOptions,
  ): void;
  /** Whether no further error would be kept, so that checks may save the work of describing it. */
  isFull(): boolean;
  /** Everything reported so far, in the order of the file. */
  diagnostics(): readonly Diagnostic[];
}

/** Most errors that one pass over a document tells: nobody reads more, and a hostile text has a hundred thousand. */
const MAX_ERRORS = 1000;

/** Makes a reporter that drops what follows from a node that was refused before. */
export function createReporter(document: Located): Reporter {
  const reported: Diagnostic[] = [];
  let errors = 0;
  return {
    report(name, pointer, params, options = {}) {
      const isError = catalogue[name].severity === 'error';
      if ((isError && errors >= MAX_ERRORS) || document.isBroken(pointer)) return;
      if (isError) errors += 1;
      reported.push(createDiagnostic(document, name, pointer, params, options));
    },
    isFull: () => errors >= MAX_ERRORS,
    diagnostics: () => sortDiagnostics(reported),
  };
}

/** Makes one diagnostic; `reporter.report` is the usual way in. */
export function createDiagnostic<Name extends DiagnosticName>(
  document: Located,
  name: Name,
  pointer: string,
  params: DiagnosticParams[Name],
  options: ReportOptions = {},
): Diagnostic {
  const row = catalogue[name];
  return {
    code: row.code,
    name,
    severity: row.severity,
    file: document.file,
    ...pickSpan(options.span ?? document.locate(pointer, options.at ?? 'value')),
    path: document.written?.(pointer) ?? pointer,
    message: row.message(params),
    ...(options.allowed === undefined ? {} : { allowed: options.allowed }),
    related: (options.related ?? []).map((place) => locateRelated(document, place)),
    ...(options.fix === undefined ? {} : { fix: options.fix }),
  };
}

function locateRelated(document: Located, place: RelatedNode): RelatedPlace {
  const span = place.span ?? document.locate(place.pointer, place.at ?? 'key');
  return { file: document.file, ...pickSpan(span), message: place.message };
}

function pickSpan({ line, column, endLine, endColumn }: Span): Span {
  return { line, column, endLine, endColumn };
}
