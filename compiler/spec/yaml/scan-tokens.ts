import type { CST } from 'yaml';
import { MAX_SYNTAX_ERRORS } from '../spec-limits.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';
import { walkTokens } from './walk-tokens.ts';

type Scan = (token: CST.Token, reporter: SyntaxReporter) => void;

/** Refuses the features of YAML that hide what a line says; returns whether what is left can be read. */
export function scanTokens(tokens: readonly CST.Token[], reporter: SyntaxReporter): boolean {
  walkTokens(tokens, (token) => SCANS[token.type]?.(token, reporter));
  if (reporter.isFull()) return false;
  return scanDocuments(tokens, reporter) && !tokens.some((token) => token.type === 'directive');
}

const SCANS: Readonly<Partial<Record<CST.Token['type'], Scan>>> = {
  anchor: (token, reporter) => {
    const [start, end, name] = wholeToken(token);
    reporter.report('anchor', start, end, { name });
  },
  alias: (token, reporter) => {
    const [start, end, name] = wholeToken(token);
    reporter.report('alias', start, end, { name });
  },
  tag: (token, reporter) => {
    const [start, end, tag] = wholeToken(token);
    reporter.report('tag', start, end, { tag });
  },
  directive: (token, reporter) => {
    const [start, end, directive] = wholeToken(token);
    reporter.report('directive', start, end, { directive });
  },
  'double-quoted-scalar': scanEscapes,
  'explicit-key-ind': (token, reporter) => reporter.report('explicit-key', token.offset, token.offset + 1, {}),
  comment: scanComment,
  space: scanSpace,
};

/** Each bad escape becomes an error with a stack trace in the parser: what has more than would be told is told here. */
function scanEscapes(token: CST.Token, reporter: SyntaxReporter): void {
  const bad: { readonly at: number; readonly text: string }[] = [];
  for (const { 0: found, 1: before = '', index } of sourceOf(token).matchAll(BAD_ESCAPE)) {
    bad.push({ at: token.offset + index + before.length, text: found.slice(before.length) });
    if (bad.length === MAX_SYNTAX_ERRORS) break;
  }
  if (bad.length < MAX_SYNTAX_ERRORS) return;
  for (const { at, text } of bad) reporter.report('bad-escape', at, at + text.length, { text });
}

/** A backslash, after any escaped ones, before something that it does not escape. */
const BAD_ESCAPE =
  /(?<=[^\\])((?:\\\\)*)\\(?:[^0abt\tnvfre "/\\N_LPxuU\r\n]|x(?![\dA-Fa-f]{2})|u(?![\dA-Fa-f]{4})|U(?![\dA-Fa-f]{8}))/g;

function scanDocuments(tokens: readonly CST.Token[], reporter: SyntaxReporter): boolean {
  const documents = tokens.filter((token) => token.type === 'document');
  const second = documents[1];
  if (second === undefined) return true;
  const { text } = reporter.source;
  const start = text.startsWith('---', second.offset) ? second.offset : text.indexOf('---', second.offset);
  const at = start === -1 ? second.offset : start;
  reporter.report('several-documents', at, at + 3, {});
  return false;
}

/** A comment that follows content on its line and is glued to its hash sign is nearly always a value that was cut. */
function scanComment(token: CST.Token, { source, ...reporter }: SyntaxReporter): void {
  const text = sourceOf(token);
  const before = source.text.slice(source.lineStart(token.offset), token.offset);
  if (before.trim() === '' || /^#(\s|$|!)/.test(text)) return;
  reporter.report('glued-comment', token.offset, token.offset + text.length, { text });
}

function scanSpace(token: CST.Token, { source, ...reporter }: SyntaxReporter): void {
  const text = sourceOf(token);
  const at = token.offset + text.indexOf('\t');
  if (!text.includes('\t') || source.text.slice(source.lineStart(at), at).trim() === '') return;
  const after = source.text.slice(token.offset + text.length, source.lineEnd(at));
  if (after.trim() === '' || after.startsWith('#')) return;
  const edits = [source.edit(token.offset, token.offset + text.length, ' ')];
  reporter.report('tab', at, at + 1, {}, { fix: { description: 'write a space', edits } });
}

function wholeToken(token: CST.Token): readonly [start: number, end: number, source: string] {
  const source = sourceOf(token);
  return [token.offset, token.offset + source.length, source];
}

function sourceOf(token: CST.Token): string {
  return 'source' in token ? token.source : '';
}
