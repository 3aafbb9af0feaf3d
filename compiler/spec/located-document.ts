import { parentPointer } from '../diagnostics/json-pointer.ts';
import { FILE_START, type Located, type Place, type Span } from '../diagnostics/span.ts';
import type { SourceText } from './yaml/source-text.ts';
import { valueOffsets } from './yaml/value-offsets.ts';

/** How a node is written. */
export type NodeStyle = 'plain' | 'single' | 'double' | 'block' | 'flow-map' | 'block-map' | 'list' | 'empty';

/** Where one node stands, in offsets. */
export interface NodePlace {
  readonly style: NodeStyle;
  /** Absent for list items and the root. */
  readonly key?: readonly [start: number, end: number];
  readonly value: readonly [start: number, end: number];
}

/** Where the node of a pointer stands, if there is one. */
export type PlaceOf = (pointer: string) => NodePlace | undefined;

/** A spec's text, its nodes by pointer, and which of them were refused. */
export interface LocatedDocument extends Located {
  readonly source: SourceText;
  readonly place: PlaceOf;
  /** Remembers that the node was refused. */
  markBroken(pointer: string): void;
}

/** Makes a document of the nodes found in a text. */
export function createLocatedDocument(file: string, source: SourceText, place: PlaceOf): LocatedDocument {
  const broken = new Set<string>();
  const locate = (pointer: string, at: Place = 'value'): Span => locateNode(source, place, pointer, at);
  const isBroken = (pointer: string): boolean => broken.size > 0 && ancestors(pointer).some((one) => broken.has(one));
  return {
    file,
    text: source.text,
    source,
    place,
    locate,
    locateInside: (pointer, start, end) => locateInside(source, place, pointer, start, end),
    isBroken,
    isIncomplete: (pointer) => isBroken(pointer) || [...broken].some((one) => one.startsWith(`${pointer}/`)),
    markBroken: (pointer) => void broken.add(pointer),
  };
}

function locateNode(source: SourceText, placeOf: PlaceOf, pointer: string, at: Place): Span {
  const place = placeOf(pointer);
  if (place === undefined)
    return pointer === '' ? FILE_START : locateNode(source, placeOf, parentPointer(pointer), 'key');
  if (place.key !== undefined && (at === 'key' || place.style === 'empty')) return source.span(...place.key);
  return firstLine(source, place);
}

function locateInside(source: SourceText, placeOf: PlaceOf, pointer: string, start: number, end: number): Span {
  const place = placeOf(pointer);
  if (place === undefined) return locateNode(source, placeOf, pointer, 'value');
  const [from, to] = place.value;
  const offsets = valueOffsets(source.text.slice(from, to), place.style);
  const at = (offset: number): number => from + (offsets[Math.min(offset, offsets.length - 1)] ?? 0);
  return source.span(at(start), at(end));
}

/** A map or list that spans lines is pointed at by its first line. */
function firstLine(source: SourceText, { value: [start, end] }: NodePlace): Span {
  return source.span(start, Math.min(end, source.lineEnd(start)));
}

function ancestors(pointer: string): readonly string[] {
  const found = [pointer];
  for (let next = pointer; next !== '';) found.push((next = parentPointer(next)));
  return found;
}
