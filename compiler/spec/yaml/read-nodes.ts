import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { childPointer } from '../../diagnostics/json-pointer.ts';
import type { NodePlace, NodeStyle } from '../located-document.ts';
import { createMap, type SpecMapValue, type SpecValue } from '../spec-value.ts';
import { checkKey } from './check-key.ts';
import { checkScalar } from './check-scalar.ts';
import { joinCutTypes } from './join-cut-types.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';

/** The plain values of a document and where each stands. */
export interface ReadNodes {
  readonly value: SpecValue;
  readonly places: ReadonlyMap<string, NodePlace>;
  /** Pointers of values that could not be read; a null stands in for each. */
  readonly broken: readonly string[];
}

interface Context {
  readonly reporter: SyntaxReporter;
  readonly places: Map<string, NodePlace>;
  readonly broken: string[];
}

type Range = readonly [start: number, end: number];

interface At {
  readonly pointer: string;
  /** Name under which the node stands; a list's items stand under the list's. */
  readonly key: string;
  readonly keyRange?: Range;
  readonly inFlow: boolean;
}

/** Turns the library's nodes into plain data, checking the quoting rule and every key on the way. */
export function readNodes(contents: ParsedNode | null, reporter: SyntaxReporter): ReadNodes {
  const context: Context = { reporter, places: new Map(), broken: [] };
  const value = readNode(context, contents, { pointer: '', key: '', inFlow: false });
  return { value, places: context.places, broken: context.broken };
}

function readNode(context: Context, node: unknown, at: At): SpecValue {
  if (isScalar(node)) return readScalar(context, node, at);
  if (isMap(node) && at.inFlow && node.flow !== true) return refuse(context, 'plain', rangeOf(node), at);
  if (isMap(node)) return readMap(context, node, at);
  if (isSeq(node)) return readList(context, node, at);
  return refuse(context, isAlias(node) ? 'plain' : 'empty', rangeOf(node), at);
}

/** What was told already, such as a colon in a text that is not quoted. */
function refuse(context: Context, style: NodeStyle, range: Range | undefined, at: At): SpecValue {
  setPlace(context, at, style, range ?? at.keyRange ?? [0, 0]);
  context.broken.push(at.pointer);
  return null;
}

function readScalar(context: Context, node: Scalar, at: At): SpecValue {
  const style = scalarStyle(node);
  const range = rangeOf(node) ?? [0, 0];
  setPlace(context, at, style, style === 'empty' && at.keyRange !== undefined ? at.keyRange : range);
  const { value } = node;
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const source = style === 'empty' ? '' : (node.source ?? '');
  const isSound =
    checkScalar(context.reporter, {
      ...at,
      style,
      range,
      source,
      value: scalar,
      startsLine: startsLine(context, range),
    }) && !isCut(context, style, at);
  if (!isSound) context.broken.push(at.pointer);
  return scalar;
}

function startsLine({ reporter: { source } }: Context, [start]: Range): boolean {
  return source.text.slice(source.lineStart(start), start).trim() === '';
}

/** Nothing is left of the value, and its line says why: a comment that was none, an anchor, a tag. */
function isCut({ reporter }: Context, style: NodeStyle, { keyRange }: At): boolean {
  return style === 'empty' && keyRange !== undefined && reporter.hasOnLine(keyRange[0]);
}

function readList(context: Context, node: YAMLSeq, at: At): SpecValue {
  setPlace(context, at, 'list', rangeOf(node) ?? [0, 0]);
  const inFlow = at.inFlow || node.flow === true;
  return node.items.map((item, index) =>
    readNode(context, item, { pointer: childPointer(at.pointer, index), key: at.key, inFlow }),
  );
}

function readMap(context: Context, node: YAMLMap, at: At): SpecValue {
  setPlace(context, at, node.flow === true ? 'flow-map' : 'block-map', rangeOf(node) ?? [0, 0]);
  const map = createMap();
  const keys = new Map<string, Range>();
  for (const pair of joinCutTypes(node.items, context.reporter.source.text)) {
    if (context.reporter.isFull()) break;
    readPair(context, node, pair, at, map, keys);
  }
  return map;
}

function readPair(
  context: Context,
  node: YAMLMap,
  pair: Pair,
  at: At,
  map: SpecMapValue,
  keys: Map<string, Range>,
): void {
  const { reporter, broken } = context;
  const range = rangeOf(pair.key) ?? [node.range?.[0] ?? 0, node.range?.[0] ?? 0];
  const key = checkKey(reporter, pair, range, at.pointer);
  if (key === undefined) {
    broken.push(at.pointer);
    return;
  }
  const pointer = childPointer(at.pointer, key.name);
  const first = keys.get(key.name);
  if (first !== undefined) {
    const related = { pointer: '', span: reporter.source.span(...first), message: 'the first is here' };
    reporter.report('duplicate-key', ...range, { key: key.name }, { path: pointer, related: [related] });
    return;
  }
  keys.set(key.name, range);
  const inFlow = at.inFlow || node.flow === true;
  const value = readNode(context, pair.value, { pointer, key: key.name, keyRange: range, inFlow });
  if (!key.isSound) broken.push(pointer);
  map[key.name] = value;
}

function setPlace(context: Context, at: At, style: NodeStyle, value: Range): void {
  context.places.set(at.pointer, at.keyRange === undefined ? { style, value } : { style, value, key: at.keyRange });
}

function scalarStyle(node: Scalar): NodeStyle {
  switch (node.type) {
    case Scalar.QUOTE_DOUBLE:
      return 'double';
    case Scalar.QUOTE_SINGLE:
      return 'single';
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return 'block';
    default:
      return node.source === undefined || node.source === '' ? 'empty' : 'plain';
  }
}

function rangeOf(node: unknown): Range | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  const range = node.range;
  return range == null ? undefined : [range[0], range[1]];
}
