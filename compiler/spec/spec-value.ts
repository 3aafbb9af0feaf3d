/** A value of the file before its shape is known: what JSON could carry. */
export type SpecValue = string | number | boolean | null | SpecValue[] | SpecMapValue;

/** A map of the file; it has no prototype, so that any key is only a key. */
export interface SpecMapValue {
  [key: string]: SpecValue;
}

/** Whether the value is a map. */
export function isMap(value: SpecValue | undefined): value is SpecMapValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a list. */
export function isList(value: SpecValue | undefined): value is SpecValue[] {
  return Array.isArray(value);
}

/** Makes a map without a prototype. */
export function createMap(): SpecMapValue {
  return Object.create(null);
}

/** The value at a path of keys, if there is one. */
export function valueAt(root: SpecValue, ...path: readonly string[]): SpecValue | undefined {
  let value: SpecValue | undefined = root;
  for (const key of path) value = isMap(value) ? value[key] : undefined;
  return value;
}

/** The value as an error message names it. */
export function describeValue(value: SpecValue | undefined): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text "${clip(value)}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** The text, cut where it would drown its message. */
export function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
