import type { App, Field, Literal } from '../../model/app.ts';
import { literalProblem } from '../../model/literal.ts';
import { samples } from '../../model/samples.ts';
import { computedFrom } from './field-orders.ts';
import type { ShiftSample } from './sample-shifts.ts';

/** The least size of a number that a product with another may not have room for. */
const LARGE = 10 ** 12;

/** Small numbers in place of large samples of those that a computed number is made of: it might get out of range. */
export function smallSamples(app: App): ShiftSample {
  const read = new Set(computedFrom(app));
  return (field, sample) => (read.has(field) && isLarge(sample) ? smallFor(field, sample) : sample);
}

function isLarge(sample: Literal): boolean {
  return typeof sample === 'string' && /^-?\d+(\.\d+)?$/.test(sample) && Math.abs(Number(sample)) >= LARGE;
}

function smallFor(field: Field, sample: Literal): Literal {
  const taken = samples(field);
  const free = ['43', '5', '-43', '-5'].filter((small) => !taken.includes(small));
  return free.find((small) => literalProblem(field, small) === undefined) ?? sample;
}
