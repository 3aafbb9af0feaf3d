import { createHash } from 'node:crypto';

/** JSON with the keys of every object in code-unit order and no spaces: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return textJson(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  let members = '';
  for (const { key, prefix } of canonicalOrder(value)) {
    const item = value[key];
    if (item !== undefined) members += `${members === '' ? '' : ','}${prefix}${canonicalJson(item)}`;
  }
  return `{${members}}`;
}

/** ASCII without quotes, backslashes and control characters: what most texts are, and JSON leaves as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function textJson(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The same of an object whose values are canonical JSON already. */
export function canonicalObject(members: readonly (readonly [key: string, json: string])[]): string {
  const ordered = members.toSorted(([a], [b]) => byCodeUnit(a, b));
  return `{${ordered.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

type PlainObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same for people: one attribute a line, and what an object is before what it has. */
export function prettyJson(value: unknown): string {
  return `${prettyText(value, '\n')}\n`;
}

function prettyText(value: unknown, lineBreak: string): string {
  if (typeof value === 'string') return textJson(value);
  const inner = `${lineBreak}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => prettyText(item, inner)).join(`,${inner}`);
    return items === '' ? '[]' : `[${inner}${items}${lineBreak}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  let members = '';
  for (const { key, prefix } of prettyOrder(value)) {
    const item = value[key];
    if (item !== undefined) members += `${members === '' ? '' : ','}${inner}${prefix} ${prettyText(item, inner)}`;
  }
  return members === '' ? '{}' : `{${members}${lineBreak}}`;
}

/** SHA-256 of a text, in hexadecimal. Line ends are taken as line feeds, so that a checkout cannot change it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

/** SHA-256 of a value by its canonical JSON. */
export function hashValue(value: unknown): string {
  return sha256(canonicalJson(value));
}

interface Member {
  readonly key: string;
  /** The key as JSON, with its colon. */
  readonly prefix: string;
}

/** Objects of one kind, known by the keys that they begin with, in the order in which they were set. */
interface Kind {
  readonly longer: Map<string, Kind>;
  members?: readonly Member[];
}

/** Most kinds that are remembered: objects of a schema are of few, while keys that are data could be of any number. */
const MAX_KINDS = 10_000;

/** The order of an object's keys, found once for objects of a kind. */
function rememberOrder(compare: (a: string, b: string) => number): (value: PlainObject) => readonly Member[] {
  const none: Kind = { longer: new Map() };
  let kinds = 0;
  return (value) => {
    let kind: Kind | undefined = none;
    for (const key in value) {
      let longer: Kind | undefined = kind.longer.get(key);
      if (longer === undefined) {
        if (kinds === MAX_KINDS) return membersOf(value, compare);
        kinds += 1;
        longer = { longer: new Map() };
        kind.longer.set(key, longer);
      }
      kind = longer;
    }
    kind.members ??= membersOf(value, compare);
    return kind.members;
  };
}

function membersOf(value: PlainObject, compare: (a: string, b: string) => number): readonly Member[] {
  return Object.keys(value)
    .toSorted(compare)
    .map((key) => ({ key, prefix: `${textJson(key)}:` }));
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
