import { jsonPointer } from './json-pointer.ts';
import type { ProblemError } from './problem.ts';

/** What may be a number that a double does not keep: with an exponent, or of more than fifteen digits. */
const CANDIDATE = /(?:^|[\s:,[])-?(?:[\d.]{16}|[\d.]+[eE])/;

/** Enough to act on. */
const MAX_ERRORS = 20;

/**
 * Where a JSON text has numbers that are not what a double gives back: `1e-400` would come back as 0, and
 * 9007199254740993 as its neighbour. Of a text that parses and is not nested deeply.
 */
export function inexactNumbers(text: string): readonly ProblemError[] {
  if (!CANDIDATE.test(text)) return [];
  let isAny = false;
  const marked: unknown = JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value !== 'number' || isExact(value, context?.source ?? '')) return value;
    isAny = true;
    return INEXACT;
  });
  return isAny ? [...placesOf(marked, [])].slice(0, MAX_ERRORS).map(errorAt) : [];
}

/** Stands for a number that is not kept. */
const INEXACT = Symbol('inexact');

function* placesOf(value: unknown, path: readonly PropertyKey[]): Generator<readonly PropertyKey[]> {
  if (value === INEXACT) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* placesOf(member, [...path, key]);
}

function errorAt(path: readonly PropertyKey[]): ProblemError {
  return {
    pointer: jsonPointer(path),
    code: 'number',
    detail: 'is a number that cannot be kept exactly as it is written',
  };
}

/** Whether the shortest decimal that stands for the double is the number that was written. */
function isExact(value: number, source: string): boolean {
  return Number.isFinite(value) && canonical(String(value)) === canonical(source);
}

const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The significant digits of a decimal, and the power of ten of the last; the sign is never lost. */
function canonical(decimal: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = PARTS.exec(decimal) ?? [];
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return start === end
    ? '0'
    : `${digits.slice(start, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
