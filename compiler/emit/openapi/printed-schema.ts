import { jsonLines } from '../../model/json-lines.ts';
import { jsonObject } from '../json-text.ts';

/** A part of the document as its text, and the components that it refers to. */
export interface PrintedSchema {
  readonly text: string;
  readonly refs: ReadonlySet<string>;
}

/** Prints each member of an object, for so many objects around it. */
export function printAll(
  members: Readonly<Record<string, unknown>>,
  depth: number,
): readonly (readonly [name: string, printed: PrintedSchema])[] {
  return Object.entries(members).map(([name, value]) => {
    const refs = new Set<string>();
    const text = jsonLines(value, { depth, after: name, onText: (key, target) => key === '$ref' && refs.add(target) });
    return [name, { text, refs }];
  });
}

/** An object of printed members, inside of so many others. */
export function printedObject(members: ReadonlyMap<string, PrintedSchema>, depth: number): string {
  return jsonObject(
    [...members].map(([name, { text }]) => [name, text]),
    depth,
  );
}
