import type { Field, Literal } from '../../model/app.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { DEFAULT_DECIMAL, wholeDigits } from '../../model/decimals.ts';
import { perKind, type SampledField } from '../../model/field-kinds.ts';
import { invalidSamples, type InvalidSample } from '../../model/invalid-samples.ts';
import { literalProblem } from '../../model/literal.ts';
import { elementSamples, samples } from '../../model/samples.ts';

/** Longer texts and lists make tests no better. */
const LONGEST = 500;

/** Valid values that lie on the limits themselves, as the API gives them back; none that is a sample anyway. */
export function edgeValues(field: Field): readonly Literal[] {
  const edges = validEdges(field);
  if (edges.length === 0) return [];
  const known = new Set(samples(field).map((value) => JSON.stringify(value)));
  return edges.filter((value) => !known.has(JSON.stringify(value)));
}

const validEdges = perKind((field) => {
  const edges = field.many ? fullLists(field) : [...boundsOf(field), ...textsOf(field)];
  return edges
    .filter((value) => literalProblem(field, value) === undefined)
    .map((value) => canonicalLiteral(field, value));
});

function boundsOf({ limits: { min, max } }: SampledField): readonly Literal[] {
  return [min, max].filter((bound) => bound !== undefined);
}

function textsOf({
  type,
  limits: { minLength = 0, maxLength = LONGEST + 1, pattern },
}: SampledField): readonly Literal[] {
  if ((type !== 'string' && type !== 'text') || pattern !== undefined) return [];
  return [minLength, maxLength].filter((length) => length <= LONGEST).map((length) => 'z'.repeat(length));
}

function fullLists(field: SampledField): readonly Literal[] {
  const [item] = elementSamples(field);
  const { maxItems = LONGEST } = field.limits;
  return item === undefined || maxItems >= LONGEST ? [] : [Array.from({ length: maxItems }, () => item)];
}

/** Values that break one rule of the field, those that the database would quietly round among them. */
export function refusedValues(field: SampledField): readonly InvalidSample[] {
  return field.many ? invalidSamples(field) : [...invalidSamples(field), ...unfitDecimals(field)];
}

/** The same for one item of a list. */
export function refusedItems(field: SampledField): readonly InvalidSample[] {
  return field.many ? refusedValues({ ...field, many: false }) : [];
}

function unfitDecimals(field: SampledField): readonly InvalidSample[] {
  if (field.type !== 'decimal') return [];
  const { scale = DEFAULT_DECIMAL.scale } = field.limits;
  const values = [`0.${'0'.repeat(scale)}1`, `1${'0'.repeat(wholeDigits(field.limits))}`];
  return values.flatMap((value) => {
    const code = literalProblem(field, value)?.code;
    return code === 'format' ? [{ value, code }] : [];
  });
}
