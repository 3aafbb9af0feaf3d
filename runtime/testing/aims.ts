import { exact, type Exact } from '../expression/exact.ts';
import { moment, momentText } from '../expression/moments.ts';
import type { AimCase, AimedValue, FieldCase, Json, JsonObject, ResourceCase } from './resource-case.ts';
import { asStored } from './row-checks.ts';

/** Values of a field at which conditions of its row turn, and those just beside them; another comes first for each index. */
export function aimedValues(
  { aims = [] }: ResourceCase,
  { key, type }: FieldCase,
  row: JsonObject,
  index: number,
): readonly Json[] {
  return aims.flatMap((aim) => {
    if (aim.key !== key) return [];
    return aim.at === undefined ? turned(aim.values ?? [], index) : besides(aim, type, aim.at(asStored(row)));
  });
}

/** The list, begun at another place for each index. */
export function turned<Value>(list: readonly Value[], index: number): readonly Value[] {
  const start = list.length === 0 ? 0 : index % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

/** How two values of a type lie to each other; undefined where that is not known. */
export function compareAimed(type: string, left: AimedValue, right: AimedValue): number | undefined {
  const measure = MEASURES[type];
  const [a, b] = [measure?.read(left, FINE), measure?.read(right, FINE)];
  return a === undefined || b === undefined ? undefined : a < b ? -1 : a > b ? 1 : 0;
}

/** Places that numbers are compared with. */
const FINE = 20;

/** The value itself, what is one step more and one less, as the API spells them and as far as the limits allow. */
function besides({ limits = {} }: AimCase, type: string, value: AimedValue): readonly Json[] {
  const measure = MEASURES[type];
  const { scale = 0 } = limits;
  const at = measure?.read(value, scale);
  if (measure === undefined || at === undefined) return [];
  const least = limits.min === undefined ? measure.least : measure.read(limits.min, scale);
  const most = limits.max === undefined ? measure.most : measure.read(limits.max, scale);
  return [at, at + measure.step, at - measure.step]
    .filter((one) => (least === undefined || one >= least) && (most === undefined || one <= most))
    .map((one) => measure.write(one, scale));
}

/** How far values of a type lie from each other. */
interface Measure {
  readonly read: (value: AimedValue, scale: number) => bigint | undefined;
  readonly write: (at: bigint, scale: number) => Json;
  readonly step: bigint;
  readonly least?: bigint;
  readonly most?: bigint;
}

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
/** Years that every part spells with four digits. */
const YEARS = { least: -30_610_224_000n * SECOND, most: 253_402_214_400n * SECOND };

const MEASURES: Readonly<Record<string, Measure>> = {
  integer: { read: units, write: Number, step: 1n, least: -(2n ** 31n), most: 2n ** 31n - 1n },
  bigint: { read: units, write: String, step: 1n, least: -(2n ** 63n), most: 2n ** 63n - 1n },
  decimal: { read: units, write: decimalText, step: 1n },
  number: { read: (value) => units(value, THOUSANDTHS), write: (at) => Number(at) / 1000, step: 1000n },
  date: {
    read: (value) => micros(value, '', 'T00:00:00Z'),
    write: (at) => textAt(at).slice(0, 10),
    step: DAY,
    ...YEARS,
  },
  time: {
    read: (value) => micros(value, '1970-01-01T', 'Z'),
    write: (at) => textAt(at).slice(11, -1),
    step: 60n * SECOND,
    least: 0n,
    most: DAY - SECOND,
  },
  datetime: { read: (value) => micros(value, '', ''), write: textAt, step: SECOND, ...YEARS },
};

const THOUSANDTHS = 3;
const PLAIN = /^-?\d+(\.\d+)?$/;

/** Units of 10^-`scale`, cut off. */
function units(value: AimedValue, scale: number): bigint | undefined {
  const number = isExact(value) ? value : PLAIN.test(String(value)) ? exact(String(value)) : null;
  if (number === null) return undefined;
  const more = scale - number.scale;
  return more >= 0 ? number.units * 10n ** BigInt(more) : number.units / 10n ** BigInt(-more);
}

function isExact(value: AimedValue): value is Exact {
  return typeof value === 'object' && value !== null && 'units' in value;
}

function decimalText(at: bigint, scale: number): string {
  const digits = String(at < 0n ? -at : at).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${at < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

function micros(value: AimedValue, before: string, after: string): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'string' ? (moment(`${before}${value}${after}`) ?? undefined) : undefined;
}

function textAt(at: bigint): string {
  return momentText(at) ?? '';
}
