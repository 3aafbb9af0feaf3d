import { createHash } from 'node:crypto';

/** JSON with the keys of every object in code-unit order and no spaces: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let members = '';
  for (const [key, item] of entriesInOrder(value, canonicalOrder)) {
    if (item !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${members}}`;
}

/** The same for people: one attribute a line, and what an object is before what it has. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(sortKeys(value), undefined, 2)}\n`;
}

/** SHA-256 of a text, in hexadecimal. Line ends are taken as line feeds, so that a checkout cannot change it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

/** SHA-256 of a value by its canonical JSON. */
export function hashValue(value: unknown): string {
  return sha256(canonicalJson(value));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(entriesInOrder(value, prettyOrder).map(([key, item]) => [key, sortKeys(item)]));
}

type Order = (keys: readonly string[]) => readonly number[];

/** An object's entries, their keys in an order. */
function entriesInOrder(value: object, order: Order): readonly (readonly [key: string, value: unknown])[] {
  const entries: readonly [string, unknown][] = Object.entries(value);
  return order(Object.keys(value)).map((index) => entries[index] ?? ['', undefined]);
}

/** Most sets of keys whose order is remembered: objects of a schema are of few kinds. */
const MAX_KINDS = 1_000;

function rememberOrder(compare: (a: string, b: string) => number): Order {
  const known = new Map<string, readonly number[]>();
  return (keys) => {
    const kind = keys.join('\n');
    const found = known.get(kind) ?? [...keys.keys()].toSorted((a, b) => compare(keys[a] ?? '', keys[b] ?? ''));
    if (known.size < MAX_KINDS) known.set(kind, found);
    return found;
  };
}

/** Keys that say what an object is; the rest follows in code-unit order, long lists last. */
const FIRST = [
  'format',
  'kind',
  'id',
  'table',
  'name',
  'parent',
  'replaces',
  'alsoReplaces',
  'schema',
  'head',
  'from',
  'to',
  'state',
  'sha256',
];

function byRank(a: string, b: string): number {
  return rank(a) - rank(b) || byCodeUnit(a, b);
}

function rank(key: string): number {
  const index = FIRST.indexOf(key);
  return index < 0 ? FIRST.length : index;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const canonicalOrder = rememberOrder(byCodeUnit);
const prettyOrder = rememberOrder(byRank);
