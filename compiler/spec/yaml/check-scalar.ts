import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { NodeStyle } from '../located-document.ts';
import { clip } from '../spec-value.ts';
import { quoteDouble, quoteSingle } from './quote.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';

/** A scalar as it is written and as YAML reads it. */
export interface WrittenScalar {
  readonly pointer: string;
  /** Name under which it stands. */
  readonly key: string;
  readonly style: NodeStyle;
  readonly range: readonly [start: number, end: number];
  /** Without quotes; escapes as written. */
  readonly source: string;
  readonly value: string | number | boolean | null;
  /** Whether nothing stands before it on its line. */
  readonly startsLine: boolean;
}

/** Keys whose value is a condition in CEL, not a literal. */
const CONDITION_KEYS: ReadonlySet<string> = new Set(['rows', 'require', 'if', 'where', 'at', 'computed', 'frozen']);
/** Maps whose values are conditions. */
const CONDITION_MAPS = /\/(?:rules|checks)\/[^/]+$/;
/** What makes an unquoted text a condition rather than a misspelled word. */
const LOOKS_LIKE_CEL = /[.=<>!&|()?+*[\]]|\s/;

/** Holds a scalar to the quoting rule; returns whether its value is what the author meant. */
export function checkScalar(reporter: SyntaxReporter, scalar: WrittenScalar): boolean {
  const rule = RULES.find((one) => one.applies(scalar));
  rule?.report(reporter, scalar);
  return rule === undefined;
}

/** Whether the quoting rule has nothing to say of a scalar. */
export function isSoundScalar(scalar: WrittenScalar): boolean {
  return !RULES.some(({ applies }) => applies(scalar));
}

interface QuotingRule {
  readonly applies: (scalar: WrittenScalar) => boolean;
  readonly report: (reporter: SyntaxReporter, scalar: WrittenScalar) => void;
}

const RULES: readonly QuotingRule[] = [
  { applies: isGluedPair, report: reportGluedPair },
  { applies: isPatternElsewhere, report: reportPattern },
  { applies: isConditionElsewhere, report: reportCondition },
  { applies: isInterpolationElsewhere, report: reportInterpolation },
  { applies: isOddNumber, report: reportNumber },
  { applies: isOddWord, report: reportWord },
];

/** `type:string` on a line of its own, which YAML reads as a text. */
function isGluedPair({ style, source, startsLine }: WrittenScalar): boolean {
  return style === 'plain' && startsLine && GLUED_PAIR.test(source);
}

const GLUED_PAIR = /^([A-Za-z_][\w-]*):(?!\/\/)[^\s:]+$/;

function reportGluedPair(reporter: SyntaxReporter, { pointer, range: [start], source }: WrittenScalar): void {
  const key = GLUED_PAIR.exec(source)?.[1] ?? '';
  const colon = start + key.length + 1;
  const fix = { description: 'put a space after the colon', edits: [reporter.source.edit(colon, colon, ' ')] };
  reporter.report('missing-space', start, colon, { key }, { path: pointer, fix });
}

function isPatternElsewhere({ key, pointer, style, value }: WrittenScalar): boolean {
  return (
    key === 'pattern' && typeof value === 'string' && style !== 'single' && /\/fields\/[^/]+\/pattern$/.test(pointer)
  );
}

function reportPattern(reporter: SyntaxReporter, scalar: WrittenScalar): void {
  const fix =
    scalar.style === 'block' ? undefined : replace(reporter, scalar, 'single', quoteSingle(String(scalar.value)));
  reportAt(reporter, 'pattern-quotes', scalar, {}, fix);
}

function isConditionElsewhere({ key, pointer, style, value }: WrittenScalar): boolean {
  if (typeof value !== 'string' || style === 'double' || value === 'all' || value.includes('${')) return false;
  return (CONDITION_KEYS.has(key) || CONDITION_MAPS.test(pointer)) && (style !== 'plain' || LOOKS_LIKE_CEL.test(value));
}

function reportCondition(reporter: SyntaxReporter, scalar: WrittenScalar): void {
  const fix = quoteFix(reporter, scalar);
  reportAt(reporter, 'condition-quotes', scalar, { key: scalar.key }, fix);
}

function isInterpolationElsewhere({ style, value, source, key }: WrittenScalar): boolean {
  return key !== 'pattern' && typeof value === 'string' && style !== 'double' && source.includes('${');
}

function reportInterpolation(reporter: SyntaxReporter, scalar: WrittenScalar): void {
  const fix = quoteFix(reporter, scalar);
  reportAt(reporter, 'interpolation-quotes', scalar, {}, fix);
}

/** Certain where the text is whole: an open parenthesis says that YAML cut it at a comma. */
function quoteFix(reporter: SyntaxReporter, scalar: WrittenScalar): Fix | undefined {
  const text = String(scalar.value);
  const isWhole = text.split('(').length === text.split(')').length;
  const isCertain = scalar.style !== 'block' && isWhole && !/["\\]/.test(text);
  return isCertain ? replace(reporter, scalar, 'double', quoteDouble(text)) : undefined;
}

function isOddNumber({ value, source }: WrittenScalar): boolean {
  return typeof value === 'number' && (!/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(source) || !isExact(value, source));
}

function isExact(value: number, source: string): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || source.includes('.')) && source !== '-0';
}

function reportNumber(reporter: SyntaxReporter, scalar: WrittenScalar): void {
  const { source, value } = scalar;
  const quoted = replace(reporter, scalar, 'double', quoteDouble(source));
  if (/^-?[1-9]\d*$/.test(source))
    return reportAt(reporter, 'number-too-large', scalar, { text: clip(source) }, quoted);
  // A phone number, or a code of some digits; `010` may as well be meant as a number.
  const isText = /^(\+\d{5,}|0\d{3,})$/.test(source);
  const params = { text: clip(source), value: String(value) };
  reportAt(reporter, 'number-form', scalar, params, isText ? quoted : undefined);
}

function isOddWord({ style, value, source }: WrittenScalar): boolean {
  if (style !== 'plain' || typeof value === 'string' || typeof value === 'number') return false;
  return source !== String(value);
}

function reportWord(reporter: SyntaxReporter, scalar: WrittenScalar): void {
  const value = String(scalar.value);
  reportAt(reporter, 'word-form', scalar, { text: scalar.source, value });
}

type QuotingName =
  'pattern-quotes' | 'condition-quotes' | 'interpolation-quotes' | 'number-form' | 'number-too-large' | 'word-form';

type QuotingParams = Readonly<Record<'key' | 'text' | 'value', string>>;

function reportAt(
  reporter: SyntaxReporter,
  name: QuotingName,
  { pointer, range: [start, end] }: WrittenScalar,
  params: Partial<QuotingParams>,
  fix?: Fix,
): void {
  const all: QuotingParams = { key: '', text: '', value: '', ...params };
  const lineEnd = reporter.source.lineEnd(start);
  reporter.report(name, start, Math.min(end, lineEnd), all, { path: pointer, ...(fix === undefined ? {} : { fix }) });
}

function replace(reporter: SyntaxReporter, scalar: WrittenScalar, kind: 'single' | 'double', text: string): Fix {
  return { description: `put the value in ${kind} quotes`, edits: [reporter.source.edit(...scalar.range, text)] };
}
