import type { NodeStyle } from '../../located-document.ts';
import { isSoundScalar } from '../check-scalar.ts';
import { type PlainCursor, type PlainNode, setPlace } from './plain-cursor.ts';

type Scalar = string | number | boolean | null;

/** Reads a value in quotes without escapes, or a bare one that every reader takes for the same; undefined for any other. */
export function readScalar(cursor: PlainCursor, node: PlainNode, inFlow: boolean): Scalar | undefined {
  const first = cursor.text.charAt(cursor.at);
  if (first === '"') return readMatch(cursor, node, DOUBLE, 'double', (source) => unfold(source, node.indent));
  if (first === "'") return readMatch(cursor, node, SINGLE, 'single', (source) => source.replaceAll("''", "'"));
  return readMatch(cursor, node, inFlow ? BARE_IN_FLOW : BARE, 'plain', bareValue);
}

const DOUBLE = /"([^"\\]*)"/y;
const SINGLE = /'((?:[^'\n]|'')*)'/y;
const BARE = /([\w$./(+\u00A1-\uFFFF-](?:[^\n#: ]| +(?=[^\n#: ])|:(?=[^\s,[\]{}]))*)/y;
const BARE_IN_FLOW = /([\w$./(+\u00A1-\uFFFF-](?:[^\n#:,[\]{} ]| +(?=[^\n#:,[\]{} ]))*)/y;

/** The one line that lines in quotes mean; undefined where one is empty, or stands too far left. */
function unfold(source: string, indent: number): string | undefined {
  if (!source.includes('\n')) return source;
  const [first = '', ...others] = source.split('\n');
  const isEven = first.trim() !== '' && others.every((line) => line.trim() !== '' && line.search(/\S/) > indent);
  return isEven ? source.replaceAll(/ *\n */g, ' ') : undefined;
}

function readMatch(
  cursor: PlainCursor,
  node: PlainNode,
  pattern: RegExp,
  style: NodeStyle,
  valueOf: (source: string) => Scalar | undefined,
): Scalar | undefined {
  pattern.lastIndex = cursor.at;
  const source = pattern.exec(cursor.text)?.[1];
  const value = source === undefined ? undefined : valueOf(source);
  if (source === undefined || value === undefined) return undefined;
  return isKept(cursor, node, { style, source, value, end: pattern.lastIndex }) ? value : undefined;
}

interface Written {
  readonly style: NodeStyle;
  readonly source: string;
  readonly value: Scalar;
  readonly end: number;
}

/** Goes to the end of a scalar, if the quoting rule has nothing to say of it. */
export function isKept(cursor: PlainCursor, node: PlainNode, { style, source, value, end }: Written): boolean {
  const { pointer, key } = node;
  const range = [cursor.at, end] as const;
  if (!isSoundScalar({ pointer, key, style, range, source, value, startsLine: false })) return false;
  setPlace(cursor, node, style, ...range);
  cursor.at = end;
  return true;
}

function bareValue(source: string): Scalar | undefined {
  if (STARTS_NUMBER.test(source)) return numberValue(source);
  // A dash and a space begin an item, and some marks alone end a document.
  if (source.startsWith('-') || source.startsWith('.')) return undefined;
  return WORD.test(source) ? WORDS.get(source) : source;
}

const STARTS_NUMBER = /^[-+.]?[\d.]/;

/** Words that YAML reads as no text, of which the language has one spelling each. */
const WORD = /^(?:true|false|null)$/i;
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A number in the form that the language has, or a text that is none in any form. */
function numberValue(source: string): Scalar | undefined {
  if (NUMBER.test(source)) return Number(source);
  return /^\d/.test(source) && !ODD_NUMBER.test(source) ? source : undefined;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const ODD_NUMBER = /^(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|0[ox][\dA-Fa-f]+)$/;
