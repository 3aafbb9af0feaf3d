import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

/** The kinds of damage done to a spec. */
export const MUTATION_KINDS = ['delete', 'rename', 'retype', 'misindent', 'truncate'] as const;
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** A spec with one thing wrong. */
export interface Mutation {
  readonly kind: MutationKind;
  /** What was done, for a failing test to say. */
  readonly what: string;
  readonly text: string;
  /** Lines of the mutant that a diagnostic may name: its own, and for a deletion the map that lacks it now. */
  readonly lines: readonly number[];
}

/** A pair of a map or an item of a list, by offsets. */
interface Slot {
  readonly key?: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly value: Node;
  readonly inFlow: boolean;
  /** Where the enclosing map or list is named. */
  readonly parentLine: number;
}

/** Every mutation of a valid spec: each node deleted, renamed, retyped, misindented; the text cut at each place. */
export function* mutations(text: string): Generator<Mutation, void, undefined> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  if (document.contents === null) return;
  for (const slot of slotsOf(document.contents, lineOf(document.contents.range?.[0] ?? 0), lineOf)) {
    yield deleteSlot(text, slot, lineOf);
    yield* renameSlot(text, slot, lineOf);
    yield* retypeSlot(text, slot, lineOf);
  }
  yield* misindentLines(text);
  yield* truncations(text);
}

function* slotsOf(
  node: Node,
  parentLine: number,
  lineOf: (offset: number) => number,
): Generator<Slot, void, undefined> {
  const inFlow = (isMap(node) || isSeq(node)) && node.flow === true;
  if (isMap(node)) {
    for (const pair of node.items) {
      const slot = slotOfPair(pair, inFlow, parentLine);
      if (slot === undefined) continue;
      yield slot;
      yield* slotsOf(slot.value, lineOf(slot.keyStart), lineOf);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      if (!isScalar(item) && !isMap(item) && !isSeq(item)) continue;
      const [valueStart, valueEnd] = item.range ?? [0, 0];
      yield { keyStart: valueStart, keyEnd: valueStart, valueStart, valueEnd, value: item, inFlow, parentLine };
      yield* slotsOf(item, lineOf(valueStart), lineOf);
    }
  }
}

function slotOfPair({ key, value }: Pair, inFlow: boolean, parentLine: number): Slot | undefined {
  if (!isScalar(key) || !(isScalar(value) || isMap(value) || isSeq(value))) return undefined;
  const [keyStart, keyEnd] = key.range ?? [0, 0];
  const [valueStart, valueEnd] = value.range ?? [0, 0];
  return { key: String(key.value), keyStart, keyEnd, valueStart, valueEnd, value, inFlow, parentLine };
}

function deleteSlot(text: string, slot: Slot, lineOf: (offset: number) => number): Mutation {
  const [from, to] = slot.inFlow ? flowStretch(text, slot) : blockStretch(text, slot);
  const lines = [slot.parentLine, lineOf(slot.keyStart)];
  return { kind: 'delete', what: describe(slot), text: text.slice(0, from) + text.slice(to), lines };
}

function blockStretch(text: string, slot: Slot): readonly [number, number] {
  const from = text.lastIndexOf('\n', slot.keyStart) + 1;
  const end = text.indexOf('\n', slot.valueEnd - 1);
  return [from, end === -1 ? text.length : end + 1];
}

function flowStretch(text: string, slot: Slot): readonly [number, number] {
  const after = /^\s*,\s*/.exec(text.slice(slot.valueEnd));
  if (after !== null) return [slot.keyStart, slot.valueEnd + after[0].length];
  const before = /,\s*$/.exec(text.slice(0, slot.keyStart));
  return [slot.keyStart - (before?.[0].length ?? 0), slot.valueEnd];
}

function* renameSlot(
  text: string,
  slot: Slot,
  lineOf: (offset: number) => number,
): Generator<Mutation, void, undefined> {
  const [start, end] = slot.key === undefined ? [slot.valueStart, slot.valueEnd] : [slot.keyStart, slot.keyEnd];
  const name = text.slice(start, end);
  if (!/^[A-Za-z]\w*$/.test(name)) return;
  for (const renamed of [`${name}s`, `${name.slice(0, 1)}${name.slice(2)}`, `my_${name}`, 'zzzzzz']) {
    if (renamed === name || renamed === '') continue;
    yield {
      kind: 'rename',
      what: `${describe(slot)} to ${renamed}`,
      text: text.slice(0, start) + renamed + text.slice(end),
      lines: [lineOf(start)],
    };
  }
}

function* retypeSlot(
  text: string,
  slot: Slot,
  lineOf: (offset: number) => number,
): Generator<Mutation, void, undefined> {
  const end = slot.valueStart + text.slice(slot.valueStart, slot.valueEnd).trimEnd().length;
  for (const value of replacements(slot.value)) {
    const onKeyLine = lineOf(slot.keyStart) === lineOf(slot.valueStart);
    const start = onKeyLine ? slot.valueStart : slot.keyEnd + 1;
    yield {
      kind: 'retype',
      what: `${describe(slot)} to ${value}`,
      text: text.slice(0, start) + (onKeyLine ? value : ` ${value}`) + text.slice(end),
      lines: [lineOf(slot.keyStart)],
    };
  }
}

function replacements(value: Node): readonly string[] {
  const all = ['zzz', '42', 'true', '[zzz]', '{ zzz: 1 }', 'null', '""'];
  if (isMap(value)) return all.filter((one) => one !== '{ zzz: 1 }');
  return isSeq(value) ? all.filter((one) => one !== '[zzz]') : all;
}

function* misindentLines(text: string): Generator<Mutation, void, undefined> {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    for (const shift of [-4, -2, -1, 1, 2, 4]) {
      if (indent + shift < 0) continue;
      const shifted = ' '.repeat(indent + shift) + line.trimStart();
      yield {
        kind: 'misindent',
        what: `line ${index + 1} by ${shift}: ${line.trim()}`,
        text: lines.toSpliced(index, 1, shifted).join('\n'),
        lines: [index + 1],
      };
    }
  }
}

function* truncations(text: string): Generator<Mutation, void, undefined> {
  for (let at = 0; at < text.length; at += 1) {
    const cut = text.slice(0, at);
    const last = cut.split('\n').length;
    const lines = cut.endsWith('\n') ? [last - 1, last] : [last];
    yield { kind: 'truncate', what: `after ${JSON.stringify(cut.slice(-30))}`, text: cut, lines };
  }
}

function describe(slot: Slot): string {
  return slot.key ?? `item ${String(slot.value)}`;
}
