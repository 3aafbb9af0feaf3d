import type { Aggregate, ListTree, RowTree, Tree } from './tree.ts';
import { ENTITIES, VALUES, type EntityName, type JsonRow, type Sort, type World } from './world.ts';

/**
 * What expressions mean, told a second time from the language's principles: nothing is unknown, `==` and
 * `!=` take null for a value, all else that compares is false beside null, arithmetic with null is null.
 */
export interface Reference {
  readonly world: World;
  /** Microseconds since 1970. */
  readonly now: bigint;
  /** Told of the operands of every operator that is evaluated. */
  readonly note: (operator: string, operands: readonly Value[]) => void;
}

type Exact = { readonly n: bigint; readonly places: number };
export type Value =
  | null
  | boolean
  | string
  | bigint
  | { readonly exact: Exact }
  | { readonly double: number }
  | { readonly mail: string }
  | { readonly place: number; readonly word: string };

type Names = ReadonlyMap<string, { readonly row?: JsonRow | null; readonly value?: Value }>;

export function evaluate(tree: Tree, names: Names, on: Reference): Value {
  const go = (part: Tree): Value => evaluate(part, names, on);
  switch (tree.op) {
    case 'literal':
      return tree.sort === 'span' ? BigInt(tree.text) * 1_000_000n : read(tree.sort, tree.text);
    case 'null':
      return null;
    case 'now':
      return on.now;
    case 'field': {
      const raw = rowOf(tree.row, names, on)?.[tree.key];
      return raw === null || raw === undefined ? null : read(tree.sort, String(raw));
    }
    case 'item':
      return names.get(tree.name)?.value ?? null;
    case 'row': {
      const id = rowOf(tree.row, names, on)?.['id'];
      return typeof id === 'string' ? id : null;
    }
    case 'rule': {
      const row = rowOf(tree.row, names, on);
      return row !== null && evaluate(tree.means, new Map([['record', { row }]]), on) === true;
    }
    case '?:':
      return go(tree.args[0]) === true ? go(tree.args[1]) : go(tree.args[2]);
    case 'in': {
      const [item, items] = [go(tree.args[0]), tree.items.map(go)];
      on.note('in', [item, items.find((one) => one === null) === null ? null : true]);
      return item !== null && items.some((one) => one !== null && same(item, one));
    }
    case 'in array': {
      const item = go(tree.args[0]);
      on.note('in', [item, true]);
      return (
        item !== null && itemsOf(tree.list, names, on).some(({ value = null }) => value !== null && same(item, value))
      );
    }
    case 'size list': {
      const { row } = tree.list;
      if (tree.list.of === undefined && rowOf(row, names, on) === null) return null;
      return whole(BigInt(itemsOf(tree.list, names, on).length));
    }
    case 'aggregate':
      return aggregate(tree.name, itemsOf(tree.list, names, on), (item) =>
        evaluate(tree.body, new Map([...names, [tree.variable, item]]), on),
      );
    case 'round': {
      const value = go(tree.args[0]);
      on.note('round', [value]);
      return value === null ? null : nearest(number(value), tree.places);
    }
    case 'today': {
      const zone = go(tree.args[0]);
      on.note('today', [zone]);
      return zone === null ? null : compute('today', zone, on.now, null);
    }
    default: {
      const operands = tree.args.map(go);
      on.note(tree.op, operands);
      return apply(tree.op, operands);
    }
  }
}

function apply(op: string, [left = null, right = null, third = null]: readonly Value[]): Value {
  if (op === '!') return left !== true;
  if (op === '&&') return left === true && right === true;
  if (op === '||') return left === true || right === true;
  if (op === '==') return same(left, right);
  if (op === '!=') return !same(left, right);
  if (['<', '<=', '>', '>=', 'contains', 'startsWith'].includes(op))
    return left !== null && right !== null && test(op, left, right);
  if (left === null || (right === null && !UNARY.includes(op)) || (op === 'at' && third === null)) return null;
  return compute(op, left, right, third);
}

const UNARY = ['negate', 'lower', 'size'];

function test(op: string, left: Value, right: Value): boolean {
  if (op === 'contains' || op === 'startsWith') {
    const folds = isMail(left) || isMail(right);
    const [whole, part] = [left, right].map((one) => (folds ? text(one).toLowerCase() : text(one)));
    return op === 'contains' ? (whole ?? '').includes(part ?? '') : (whole ?? '').startsWith(part ?? '');
  }
  const order = compare(left, right);
  return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
}

function compute(op: string, left: Value, right: Value, third: Value): Value {
  switch (op) {
    case 'negate':
      return { exact: { n: -number(left).n, places: number(left).places } };
    case 'lower':
      return text(left).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    case 'size':
      return whole(BigInt(Array.from(text(left)).length));
    case 'concat':
      return text(left) + text(right);
    case 'later':
    case 'span +':
      return micros(left) + micros(right);
    case 'earlier':
    case 'elapsed':
    case 'span -':
      return micros(left) - micros(right);
    case 'today':
      return new Date(Number(micros(right) / 1000n) + ahead(text(left)) * 60_000).toISOString().slice(0, 10);
    case 'at': {
      const wall = Date.parse(`${text(left)}T${text(right).slice(0, 8)}Z`) - ahead(text(third)) * 60_000;
      return BigInt(wall) * 1000n + BigInt((text(right).split('.')[1] ?? '').padEnd(6, '0'));
    }
    default:
      return arithmetic(op, number(left), number(right));
  }
}

/** Minutes that the test's zones are ahead of UTC; none of them moves its clocks. */
function ahead(zone: string): number {
  return { UTC: 0, 'Asia/Kathmandu': 345, 'Asia/Tokyo': 540 }[zone] ?? 0;
}

function arithmetic(op: string, a: Exact, b: Exact): Value {
  const places = Math.max(a.places, b.places);
  const [x, y] = [scaled(a, places), scaled(b, places)];
  switch (op) {
    case '+':
      return { exact: { n: x + y, places } };
    case '-':
      return { exact: { n: x - y, places } };
    case '*':
      return { exact: { n: a.n * b.n, places: a.places + b.places } };
    case '%':
      return y === 0n ? null : { exact: { n: x % y, places } };
    case 'whole /':
      return y === 0n ? null : whole(x / y);
    default: {
      if (y === 0n) return null;
      // Ten places, half away from zero: |2q + 1| halves.
      const [top, bottom] = [x * 10n ** 10n, y];
      const sign = top < 0n === bottom < 0n ? 1n : -1n;
      const [p, q] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
      return { exact: { n: sign * ((2n * p + q) / (2n * q)), places: 10 } };
    }
  }
}

/** Half away from zero, by the digits as they are written. */
function nearest({ n, places }: Exact, to: number): Value {
  if (places <= to) return { exact: { n, places } };
  const digits = String(n < 0n ? -n : n).padStart(places + 1, '0');
  const cut = digits.length - (places - to);
  const up = (digits[cut] ?? '0') >= '5' ? 1n : 0n;
  const kept = BigInt(digits.slice(0, cut)) + up;
  return { exact: { n: n < 0n ? -kept : kept, places: to } };
}

function aggregate(name: Aggregate, items: readonly Item[], body: (item: Item) => Value): Value {
  const values = items.map(body);
  const present = values.filter((value) => value !== null);
  switch (name) {
    case 'exists':
      return values.includes(true);
    case 'all':
      return values.every((value) => value === true);
    case 'count':
      return whole(BigInt(values.filter((value) => value === true).length));
    case 'sum':
      return present.reduce<Value>((sum, value) => arithmetic('+', number(sum), number(value)), whole(0n));
    default: {
      const sorted = present.toSorted((a, b) => compare(a, b));
      return (name === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
    }
  }
}

interface Item {
  readonly row?: JsonRow;
  readonly value?: Value;
}

function itemsOf({ row: path, name, of }: ListTree, names: Names, on: Reference): readonly Item[] {
  const row = rowOf(path, names, on);
  if (row === null) return [];
  if (of !== undefined)
    return on.world[of.entity].filter((one) => one[of.by] === row['id']).map((one) => ({ row: one }));
  const sort = ENTITIES.Thing.arrays.find(({ key }) => key === name)?.sort ?? 'text';
  const list = row[name];
  return Array.isArray(list) ? list.map((item) => ({ value: read(sort, String(item)) })) : [];
}

function rowOf({ name, entity, links }: RowTree, names: Names, { world }: Reference): JsonRow | null {
  let row = names.get(name)?.row ?? null;
  let at: EntityName = entity;
  for (const link of links) {
    const next = ENTITIES[at].links.find((one) => one.name === link);
    if (next === undefined) throw new Error(`${at} has no link ${link}`);
    const id: unknown = row?.[`${link}Id`] ?? null;
    row = world[next.entity].find((one) => one['id'] === id) ?? null;
    at = next.entity;
  }
  return row;
}

function read(sort: Sort, raw: string): Value {
  switch (sort) {
    case 'bool':
      return raw === 'true';
    case 'int':
    case 'dec': {
      const [before = '', after = ''] = raw.split('.');
      return { exact: { n: BigInt(before + after), places: after.length } };
    }
    case 'num':
      return { double: Number(raw) };
    case 'mail':
      return { mail: raw };
    case 'kind':
    case 'other':
      return { word: raw, place: VALUES[sort].indexOf(raw) };
    case 'moment': {
      const [before = '', after = ''] = raw.replace('Z', '').split('.');
      return BigInt(Date.parse(`${before}Z`)) * 1000n + BigInt(after.padEnd(6, '0'));
    }
    default:
      return raw;
  }
}

function same(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'boolean') return left === right;
  return compare(left, right) === 0;
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'bigint' && typeof right === 'bigint') return sign(left - right);
  if (isDouble(left) || isDouble(right)) return double(left) - double(right);
  if (isExact(left) && isExact(right)) {
    const places = Math.max(left.exact.places, right.exact.places);
    return sign(scaled(left.exact, places) - scaled(right.exact, places));
  }
  if (isWord(left) && isWord(right)) return left.place - right.place;
  const folds = isMail(left) || isMail(right);
  const [a, b] = [left, right].map((one) => Buffer.from(folds ? text(one).toLowerCase() : text(one)));
  return Buffer.compare(a ?? Buffer.of(), b ?? Buffer.of());
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}

function scaled({ n, places }: Exact, to: number): bigint {
  return n * 10n ** BigInt(to - places);
}

function whole(n: bigint): Value {
  return { exact: { n, places: 0 } };
}

function number(value: Value): Exact {
  if (!isExact(value)) throw new Error('no exact number');
  return value.exact;
}

function double(value: Value): number {
  if (isDouble(value)) return value.double;
  const { n, places } = number(value);
  return Number(`${n}e-${places}`);
}

function micros(value: Value): bigint {
  if (typeof value !== 'bigint') throw new Error('no moment');
  return value;
}

function text(value: Value): string {
  if (isMail(value)) return value.mail;
  if (typeof value !== 'string') throw new Error('no text');
  return value;
}

function isExact(value: Value): value is { readonly exact: Exact } {
  return typeof value === 'object' && value !== null && 'exact' in value;
}

function isDouble(value: Value): value is { readonly double: number } {
  return typeof value === 'object' && value !== null && 'double' in value;
}

function isMail(value: Value): value is { readonly mail: string } {
  return typeof value === 'object' && value !== null && 'mail' in value;
}

function isWord(value: Value): value is { readonly word: string; readonly place: number } {
  return typeof value === 'object' && value !== null && 'word' in value;
}
