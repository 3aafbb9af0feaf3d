import type { Literal } from './app.ts';
import { decimalRange, DEFAULT_DECIMAL, fromUnits } from './decimals.ts';
import type { SampledField } from './field-kinds.ts';
import { BIGINT, INTEGER, toRegex } from './literal.ts';
import { patternSamples } from './pattern/pattern-samples.ts';
import { codePointLength } from './storable-text.ts';

/** How many distinct samples a field has at most. */
export const MOST_SAMPLES = 3;

/** Words fitted into the length limits; where there is a pattern, also strings written from it. */
export function textCandidates({ name, limits }: SampledField): readonly string[] {
  const { minLength = 0, maxLength = 255, pattern } = limits;
  const words = ['first', 'second', 'third'].map((word) => fitText(`${word} ${name}`, minLength, maxLength));
  const regex = pattern === undefined ? undefined : toRegex(pattern);
  if (pattern === undefined || regex === undefined) return [...words, ...letters(minLength)];
  const fits = (text: string): boolean => {
    const length = codePointLength(text);
    return length >= minLength && length <= maxLength && regex.test(text);
  };
  return [...words, ...patternSamples(pattern, Math.min(maxLength, minLength + 1000), MOST_SAMPLES, fits)];
}

function fitText(text: string, min: number, max: number): string {
  const padded = text.padEnd(min, '-');
  return padded.length <= max ? padded : padded.slice(0, max);
}

/** Distinct even where only one character fits. */
function letters(length: number): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => letter.repeat(Math.max(1, length)));
}

/** Small numbers, then steps from the bounds inwards. */
export function integerCandidates({ limits }: SampledField): readonly number[] {
  const low = Number(limits.min ?? INTEGER.min);
  const high = Number(limits.max ?? INTEGER.max);
  return [7, 42, 99, ...inward(low, high, 1), 0, 1, -1];
}

/** Fractions that a double holds exactly, then steps from the bounds inwards. */
export function numberCandidates({ limits }: SampledField): readonly number[] {
  const low = Number(limits.min ?? -1e15);
  const high = Number(limits.max ?? 1e15);
  return [1.5, 2.25, 40.75, ...inward(low, high, Math.min(1, (high - low) / 4)), low, high];
}

/** From the bound nearer to zero. */
function inward(low: number, high: number, step: number): readonly number[] {
  const up = Math.abs(low) <= Math.abs(high);
  return [0, 1, 2].map((count) => (up ? low + count * step : high - count * step));
}

/** One that a double cannot hold first, so that a lossy path shows. */
export function bigintCandidates({ limits }: SampledField): readonly string[] {
  const low = BigInt(limits.min ?? BIGINT.min);
  const high = BigInt(limits.max ?? BIGINT.max);
  return [9007199254740993n, 42n, 7n, ...bigInward(low, high)].map(String);
}

/** All places written, as Postgres gives them back. */
export function decimalCandidates({ limits }: SampledField): readonly string[] {
  const { scale = DEFAULT_DECIMAL.scale } = limits;
  const unit = 10n ** BigInt(scale);
  const { low, high } = decimalRange(limits);
  const wished = [(unit * 3n) / 2n, (unit * 9n) / 4n, unit * 12n + 1n, 1n, 2n, 3n, 0n];
  return [...wished, ...bigInward(low, high)]
    .filter((value) => value >= low && value <= high)
    .map((value) => fromUnits(value, scale));
}

function bigInward(low: bigint, high: bigint): readonly bigint[] {
  if (low <= 0n && high >= 0n) return [0n, 1n, 2n, -1n, -2n];
  return [0n, 1n, 2n].map((count) => (low > 0n ? low + count : high - count));
}

/** The wished moments, then the bounds themselves. */
export function orderedCandidates(wished: readonly string[]): (field: SampledField) => readonly string[] {
  return ({ limits: { min, max } }) => [...wished, ...[min, max].filter((value) => value !== undefined).map(String)];
}

/** What a new row may have. */
export function enumCandidates({ enum: enumeration }: SampledField): readonly Literal[] {
  return enumeration?.initial ?? enumeration?.values ?? [];
}
