import type { Limits } from './app.ts';

/** `numeric(19,4)` unless the spec says otherwise: money to 10^15 with four places. */
export const DEFAULT_DECIMAL = { precision: 19, scale: 4 } as const;

/** Integer digits of `numeric(precision, scale)`. */
export function wholeDigits({ precision = DEFAULT_DECIMAL.precision, scale = DEFAULT_DECIMAL.scale }: Limits): number {
  return precision - scale;
}

/** What a decimal string must look like so that Postgres stores it without rounding. */
export function decimalPattern(limits: Limits): string {
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  const whole = wholeDigits(limits);
  const head = whole === 0 ? '0' : `(0|[1-9]\\d{0,${whole - 1}})`;
  return scale === 0 ? `^-?${head}$` : `^-?${head}(\\.\\d{1,${scale}})?$`;
}

/** Smallest and greatest value of the field, as counts of 10^-scale: those of the type, narrowed by `min` and `max`. */
export function decimalRange(limits: Limits): { readonly low: bigint; readonly high: bigint } {
  const { precision = DEFAULT_DECIMAL.precision, scale = DEFAULT_DECIMAL.scale, min, max } = limits;
  const edge = 10n ** BigInt(precision) - 1n;
  const low = min === undefined ? -edge : toUnits(String(min), scale, 'up');
  const high = max === undefined ? edge : toUnits(String(max), scale, 'down');
  return { low: low < -edge ? -edge : low, high: high > edge ? edge : high };
}

/** A plain decimal string as a count of 10^-scale; what does not fit is rounded as told. */
export function toUnits(text: string, scale: number, round: 'up' | 'down'): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const value = negative ? -magnitude : magnitude;
  if (!/[1-9]/.test(fraction.slice(scale))) return value;
  if (round === 'up') return negative ? value : value + 1n;
  return negative ? value - 1n : value;
}

/** The decimal string of a count of 10^-scale, all places written. */
export function fromUnits(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Orders two plain decimal strings of any scale: negative, zero or positive. */
export function compareDecimals(left: string, right: string): number {
  const scale = Math.max(places(left), places(right));
  const difference = toUnits(left, scale, 'down') - toUnits(right, scale, 'down');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function places(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
