import type { Diagnostic, Fix, RelatedPlace } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { createPaint, type Paint } from './paint.ts';

/** Texts of the files that diagnostics point into, by file name. */
export type SourceTexts = ReadonlyMap<string, string>;

/** Most words of an allowed set that are printed. */
const MAX_ALLOWED = 40;
/** What a terminal would obey or hide instead of showing. */
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
/** Widest stretch of a line that a frame shows. */
const MAX_WIDTH = 160;

/** Prints diagnostics for people: place, message, code frame, what is allowed, how to mend it. */
export function renderText(diagnostics: readonly Diagnostic[], sources: SourceTexts, colours = false): string {
  const paint = createPaint(colours);
  return diagnostics.map((one) => `${renderOne(one, sources, paint)}\n\n`).join('');
}

function renderOne(diagnostic: Diagnostic, sources: SourceTexts, paint: Paint): string {
  const { severity, code, message } = diagnostic;
  const label = paint(severity === 'error' ? 'red' : 'yellow', `${severity} ${code}`);
  const place = paint('bold', `${diagnostic.file}:${diagnostic.line}:${diagnostic.column}`);
  return [
    `${place} ${label} ${message.replaceAll(UNPRINTABLE, '\uFFFD')}`,
    ...renderFrame(diagnostic, sources.get(diagnostic.file), paint),
    ...renderAllowed(diagnostic.allowed ?? []),
    ...diagnostic.related.flatMap((related) => renderRelated(related, sources, paint)),
    ...renderFix(diagnostic.fix, paint),
  ].join('\n');
}

function renderFrame(span: Span, text: string | undefined, paint: Paint): readonly string[] {
  const line = text === undefined ? undefined : lineOf(text, span.line);
  if (line === undefined || line === '') return [];
  const start = span.column - 1;
  const end = span.endLine > span.line ? line.length : Math.min(span.endColumn - 1, line.length);
  const from = start > MAX_WIDTH / 2 ? start - MAX_WIDTH / 2 : 0;
  const shown = line
    .slice(from, from + MAX_WIDTH)
    .replaceAll('\t', ' ')
    .replaceAll(UNPRINTABLE, '\uFFFD');
  const width = Math.max(1, Math.min(end, from + MAX_WIDTH) - start);
  const gutter = String(span.line);
  const squiggle = paint('red', '^'.repeat(width));
  return [
    `  ${paint('dim', `${gutter} |`)} ${shown}`,
    `  ${paint('dim', `${' '.repeat(gutter.length)} |`)} ${' '.repeat(start - from)}${squiggle}`,
  ];
}

function lineOf(text: string, line: number): string | undefined {
  return text.split('\n', line)[line - 1]?.replace(/\r$/, '');
}

function renderAllowed(allowed: readonly string[]): readonly string[] {
  if (allowed.length === 0) return [];
  const more = allowed.length > MAX_ALLOWED ? `, and ${allowed.length - MAX_ALLOWED} more` : '';
  return [`  allowed: ${allowed.slice(0, MAX_ALLOWED).join(', ')}${more}`];
}

function renderRelated(place: RelatedPlace, sources: SourceTexts, paint: Paint): readonly string[] {
  const where = `${place.file}:${place.line}:${place.column}`;
  return [`  ${where} ${place.message}`, ...renderFrame(place, sources.get(place.file), paint)];
}

function renderFix(fix: Fix | undefined, paint: Paint): readonly string[] {
  return fix === undefined ? [] : [`  ${paint('green', 'fix')}: ${fix.description}`];
}
