import { walkExpression } from '../../expression/walk-expression.ts';
import type { App, Field, Literal } from '../../model/app.ts';
import { literalProblem } from '../../model/literal.ts';
import { samples } from '../../model/samples.ts';
import { find } from '../migration/named-list.ts';
import type { ShiftSample } from './sample-shifts.ts';

/** The least size of a number that a product with another may not have room for. */
const LARGE = 10 ** 12;

/** Small numbers in place of large samples of those that a computed number is made of: it might get out of range. */
export function smallSamples(app: App): ShiftSample {
  const read = new Set(app.entities.flatMap(({ fields }) => fields.flatMap((field) => numbersRead(app, field))));
  return (field, sample) => (read.has(field) && isLarge(sample) ? smallFor(field, sample) : sample);
}

function numbersRead(app: App, { computed }: Field): readonly Field[] {
  if (computed === undefined) return [];
  return [...walkExpression(computed.expression)].flatMap((part) => {
    if (part.kind !== 'value' || part.of.type.kind !== 'entity') return [];
    const { entity } = part.of.type;
    return find(app.entities, entity)?.fields.find(({ key }) => key === part.value.key) ?? [];
  });
}

function isLarge(sample: Literal): boolean {
  return typeof sample === 'string' && /^-?\d+(\.\d+)?$/.test(sample) && Math.abs(Number(sample)) >= LARGE;
}

function smallFor(field: Field, sample: Literal): Literal {
  const taken = samples(field);
  const free = ['43', '5', '-43', '-5'].filter((small) => !taken.includes(small));
  return free.find((small) => literalProblem(field, small) === undefined) ?? sample;
}
