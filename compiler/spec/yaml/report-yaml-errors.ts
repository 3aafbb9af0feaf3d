import type { CST, YAMLError } from 'yaml';
import { clip } from '../spec-value.ts';
import { findUnclosed, type Unclosed } from './find-unclosed.ts';
import { blameIndentation, isInQuotes, skipToContent } from './source-line.ts';
import { quoteDouble } from './quote.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';

/** Tells each of the library's errors in the language's own terms; returns the offset of the first. */
export function reportYamlErrors(
  reporter: SyntaxReporter,
  errors: readonly YAMLError[],
  tokens: readonly CST.Token[],
): number | undefined {
  const structural = errors.filter((error) => !IGNORED.has(error.code));
  if (structural.length === 0) return undefined;
  const unclosed = findUnclosed(tokens, reporter.source, structural[0]?.pos[0] ?? 0);
  if (unclosed !== undefined) {
    reportUnclosed(reporter, unclosed);
    return Math.min(unclosed.offset, structural[0]?.pos[0] ?? 0);
  }
  const colons = structural.filter((error) => isColonInFlow(reporter, error));
  const others = structural.filter(
    (error) => !colons.some(({ pos: [start, end] }) => start <= error.pos[0] && error.pos[0] <= end),
  );
  if (others.length === 0) {
    for (const error of colons) reportColonInFlow(reporter, error);
    return undefined;
  }
  let quietUntil = 0;
  for (const error of structural) {
    const at = errorOffset(reporter, error);
    if (at < quietUntil) continue;
    quietUntil = nextBlock(reporter, at);
    if (!reporter.hasOnLine(at)) reportError(reporter, error, at);
  }
  return Math.min(structural[0]?.pos[0] ?? 0, reporter.firstOf('indentation') ?? Infinity);
}

/** `{ a: b: c }` on one line: what follows is read as it was meant. */
function isColonInFlow({ source }: SyntaxReporter, { code, pos: [start, end] }: YAMLError): boolean {
  return code === 'BLOCK_IN_FLOW' && start < end && !source.text.slice(start, end).trimEnd().includes('\n');
}

/** A text with a colon that is not quoted, or two pairs without a comma between them. */
function reportColonInFlow(reporter: SyntaxReporter, { pos: [start, end] }: YAMLError): void {
  const { source } = reporter;
  const text = source.text.slice(start, end).trimEnd();
  const before = source.text.slice(source.lineStart(start), start);
  const pairs = PROSE.test(before) ? null : /^[^\s:]+( +)[A-Za-z]\w*:\s/.exec(text);
  if (pairs !== null) {
    const at = start + pairs[0].indexOf(' ');
    const fix = { description: 'put a comma between the two', edits: [source.edit(at, at, ',')] };
    return reporter.report(
      'missing-comma',
      at + (pairs[1] ?? '').length,
      at + (pairs[1] ?? '').length + 1,
      {},
      { fix },
    );
  }
  const edits = [source.edit(start, start + text.length, quoteDouble(text))];
  const fix = { description: 'put the value in double quotes', edits };
  reporter.report('colon-in-value', start, start + text.length, {}, /["'\\#{}[\]]/.test(text) ? {} : { fix });
}

/** A key whose value may be several words. */
const PROSE = /\b(?:description|default|example): *$/;

/** Reported already, by the scan of the tokens. */
const IGNORED: ReadonlySet<string> = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_PROP_ORDER',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'NON_STRING_KEY',
  'TAG_RESOLVE_FAILED',
  'BAD_COLLECTION_TYPE',
]);

/** The library points at the end of what went well; the problem is what comes next. */
function errorOffset(reporter: SyntaxReporter, error: YAMLError): number {
  const { text } = reporter.source;
  const at = skipToContent(text, error.pos[0]);
  return at >= text.length ? Math.max(0, text.trimEnd().length - 1) : at;
}

/** Errors inside one entity are nearly always consequences of its first. */
function nextBlock({ source: { text } }: SyntaxReporter, offset: number): number {
  const next = /\n {0,2}[^\s#]/g;
  next.lastIndex = offset;
  const found = next.exec(text);
  return found === null ? Infinity : found.index + 1;
}

function reportUnclosed(reporter: SyntaxReporter, { offset, open }: Unclosed): void {
  if (open === '"' || open === "'") reporter.report('unclosed-quote', offset, offset + 1, { quote: open });
  else reporter.report('unclosed-bracket', offset, offset + 1, { open, close: open === '{' ? '}' : ']' });
}

function reportError(reporter: SyntaxReporter, error: YAMLError, at: number): void {
  const { source } = reporter;
  const start = source.lineStart(at);
  const line = source.text.slice(start, source.lineEnd(at));
  if (reportBraces(reporter, start, line)) return;
  if (error.code === 'BAD_DQ_ESCAPE') return reportEscape(reporter, error);
  if (error.code === 'BAD_SCALAR_START') {
    return reporter.report('special-start', at, at + 1, { character: source.text.charAt(at) });
  }
  if (error.message.startsWith('Missing ,') || isAfterValue(source.text, error, at))
    return reporter.report('missing-comma', at, at + 1, {});
  if (error.message.startsWith('Implicit map keys need')) return reportLoneLine(reporter, start, line);
  if (isColonInFlow(reporter, error)) return reportColonInFlow(reporter, error);
  if (isMultiline(error)) return reportMultiline(reporter, error);
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && reportColon(reporter, start, line)) return;
  if (isIndentation(error)) return reportIndentation(reporter, at);
  if (error.message.includes('at node end')) {
    if (at === start + line.length - line.trimStart().length) return reportIndentation(reporter, at);
    const end = source.lineEnd(at);
    return reporter.report('stray-text', at, end, { text: clip(source.text.slice(at, end)) });
  }
  reporter.report('yaml-syntax', at, at + 1, { detail: describeError(error) });
}

/** `"a" b: 1` in brackets. */
function isAfterValue(text: string, error: YAMLError, at: number): boolean {
  return (
    /^Unexpected \S*scalar(?!.*at node end)/.test(error.message) &&
    /[\w"'}\]] +$/.test(text.slice(Math.max(0, at - 80), at))
  );
}

/** Unquoted braces read as maps, whatever the library then stumbles over. */
function reportBraces(reporter: SyntaxReporter, start: number, line: string): boolean {
  for (const { 0: braces, index } of line.matchAll(/\$\{|\{\{/g)) {
    if (isInQuotes(line, index)) continue;
    const at = start + index;
    const name = braces === '${' ? 'interpolation-quotes' : 'template-braces';
    reporter.report(name, at, at + 2, {});
    return true;
  }
  return false;
}

function reportEscape(reporter: SyntaxReporter, error: YAMLError): void {
  const { source } = reporter;
  const [at] = error.pos;
  const start = source.lineStart(at);
  const line = source.text.slice(start, source.lineEnd(at));
  const pattern = /\bpattern: *("[^"]*")/.exec(line);
  if (pattern?.[1] === undefined) {
    return reporter.report('bad-escape', at, at + 2, { text: source.text.slice(at, at + 2) });
  }
  const from = start + pattern.index + pattern[0].length - pattern[1].length;
  const to = from + pattern[1].length;
  const raw = `'${pattern[1].slice(1, -1).replaceAll("'", "''")}'`;
  const fix = { description: 'put the pattern in single quotes', edits: [source.edit(from, to, raw)] };
  reporter.report('pattern-quotes', from, to, {}, { fix });
}

/** A line of a map that has no `key: value`. */
function reportLoneLine(reporter: SyntaxReporter, start: number, line: string): void {
  const indent = line.length - line.trimStart().length;
  const glued = /^\s*([A-Za-z_][\w-]*):(?=\S)/.exec(line);
  const at = start + indent;
  if (glued?.[1] === undefined) {
    return reporter.report('missing-colon', at, start + line.trimEnd().length, { text: clip(line.trim()) });
  }
  const colon = start + glued[0].length;
  const fix = { description: 'put a space after the colon', edits: [reporter.source.edit(colon, colon, ' ')] };
  reporter.report('missing-space', at, colon, { key: glued[1] }, { fix });
}

function isMultiline(error: YAMLError): boolean {
  return error.code === 'MULTILINE_IMPLICIT_KEY' || error.code === 'BLOCK_AS_IMPLICIT_KEY';
}

/** Two lines that YAML reads as one: the first lacks its colon, or the second is indented too deep. */
function reportMultiline(reporter: SyntaxReporter, error: YAMLError): void {
  const { source } = reporter;
  const from = skipToContent(source.text, error.pos[0]);
  const start = source.lineStart(from);
  const line = source.text.slice(start, source.lineEnd(from));
  if (reportColon(reporter, start, line)) return;
  if (!/:(\s|$)/.test(line)) return reportLoneLine(reporter, start, line);
  const next = skipToContent(source.text, source.lineEnd(from));
  reportIndentation(reporter, next >= source.text.length ? from : next);
}

/** `description: Leads: the list` on one line. */
function reportColon(reporter: SyntaxReporter, start: number, line: string): boolean {
  const found = /^(\s*(?:- )?[\w$-]+: +)([^"'{[\s].*?: .*?)\s*$/.exec(line);
  if (found?.[1] === undefined || found[2] === undefined) return false;
  const from = start + found[1].length;
  const to = from + found[2].length;
  const isCertain = !/["\\#]/.test(found[2]);
  const edits = [reporter.source.edit(from, to, quoteDouble(found[2]))];
  const fix = isCertain ? { fix: { description: 'put the value in double quotes', edits } } : {};
  reporter.report('colon-in-value', from, to, {}, fix);
  return true;
}

function isIndentation(error: YAMLError): boolean {
  return (
    error.code === 'BAD_INDENT' || error.code === 'TAB_AS_INDENT' || /all collection items|indent/i.test(error.message)
  );
}

function reportIndentation(reporter: SyntaxReporter, offset: number): void {
  const at = blameIndentation(reporter.source, offset);
  reporter.report('indentation', at, reporter.source.lineEnd(at), {});
}

function describeError(error: YAMLError): string {
  const text = error.message.replace(/^Unexpected (\S+) token.*$/, 'there is an unexpected $1 here');
  return clip(text.charAt(0).toLowerCase() + text.slice(1)).replace(/[.:]+$/, '');
}
