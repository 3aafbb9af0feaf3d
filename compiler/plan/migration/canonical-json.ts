import { createHash } from 'node:crypto';
import { jsonLines, keyJson, textJson, type JsonObject } from '../../model/json-lines.ts';

/** JSON with the keys of every object in code-unit order and no spaces: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return textJson(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  let members = '';
  for (const key of canonicalOrder(value)) {
    const item = value[key];
    if (item !== undefined) members += `${members === '' ? '' : ','}${keyJson(key)}${canonicalJson(item)}`;
  }
  return `{${members}}`;
}

/** The same of an object whose values are canonical JSON already. */
export function canonicalObject(members: readonly (readonly [key: string, json: string])[]): string {
  const ordered = members.toSorted(([a], [b]) => byCodeUnit(a, b));
  return `{${ordered.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same for people, in few lines: what an object is before what it has. */
export function prettyJson(value: unknown): string {
  return `${jsonLines(value, { keysOf: prettyOrder })}\n`;
}

/** SHA-256 of a text, in hexadecimal. Line ends are taken as line feeds, so that a checkout cannot change it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

/** SHA-256 of a value by its canonical JSON. */
export function hashValue(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Objects of one kind, known by the keys that they begin with, in the order in which they were set. */
interface Kind {
  readonly longer: Map<string, Kind>;
  keys?: readonly string[];
}

/** Most kinds that are remembered: objects of a schema are of few, while keys that are data could be of any number. */
const MAX_KINDS = 10_000;

/** The order of an object's keys, found once for objects of a kind. */
function rememberOrder(compare: (a: string, b: string) => number): (value: JsonObject) => readonly string[] {
  const none: Kind = { longer: new Map() };
  let kinds = 0;
  return (value) => {
    let kind: Kind | undefined = none;
    for (const key in value) {
      let longer: Kind | undefined = kind.longer.get(key);
      if (longer === undefined) {
        if (kinds === MAX_KINDS) return Object.keys(value).toSorted(compare);
        kinds += 1;
        longer = { longer: new Map() };
        kind.longer.set(key, longer);
      }
      kind = longer;
    }
    kind.keys ??= Object.keys(value).toSorted(compare);
    return kind.keys;
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
