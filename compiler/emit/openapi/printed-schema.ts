import { jsonInside, jsonObject } from '../json-text.ts';

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
    const text = jsonInside(value, depth);
    return [name, { text, refs: text.includes('"$ref"') ? refsIn(value) : NONE }];
  });
}

const NONE: ReadonlySet<string> = new Set();

/** An object of printed members, inside of so many others. */
export function printedObject(members: ReadonlyMap<string, PrintedSchema>, depth: number): string {
  return jsonObject(
    [...members].map(([name, { text }]) => [name, text]),
    depth,
  );
}

/** Every `$ref` below a value. Examples hold the user's own keys and are not looked into. */
function refsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  addRefs(value, found);
  return found;
}

function addRefs(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) if (isObject(item)) addRefs(item, found);
    return;
  }
  if (!isObject(value)) return;
  for (const key in value) {
    const child = value[key];
    if (isObject(child)) {
      if (key !== 'example' && key !== 'examples') addRefs(child, found);
    } else if (key === '$ref' && typeof child === 'string') found.add(child);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
