import type { Field, Literal } from './app.ts';
import { MOST_SAMPLES } from './candidates.ts';
import { canonicalLiteral } from './canonical-literal.ts';
import { perKind, type SampledField } from './field-kinds.ts';
import { fieldTypes } from './field-types.ts';
import { elementProblem, literalProblem } from './literal.ts';

/**
 * Up to three distinct values that a create body may hold, the author's `example` first, spelled as the API
 * gives them back. None for references, whose values are the ids of rows, and where the limits leave none.
 */
export function samples(field: Field): readonly Literal[] {
  const made = madeSamples(field);
  const { example } = field;
  return example === undefined ? made : distinct(field, [example, ...made]);
}

const madeSamples = perKind((field) =>
  distinct(field, field.many ? listSamples(field, elementSamples(field)) : elementSamples(field)),
);

/** Those that are valid, each in one spelling. */
function distinct(field: SampledField, values: readonly Literal[]): readonly Literal[] {
  const valid = values.filter((value) => literalProblem(field, value) === undefined);
  const spelled = valid.map((value) => canonicalLiteral(field, value));
  const found = new Map(spelled.map((value) => [JSON.stringify(value), value]));
  return [...found.values()].slice(0, MOST_SAMPLES);
}

/** Up to three distinct values of the field's type, one of them alone where the field is an array. */
export const elementSamples = perKind((field): readonly Literal[] => {
  const found = new Map<string, Literal>();
  for (const value of fieldTypes[field.type].candidates(field)) {
    if (found.size === MOST_SAMPLES) break;
    if (elementProblem(field, value) === undefined) found.set(JSON.stringify(value), value);
  }
  return [...found.values()];
});

function listSamples({ limits }: SampledField, elements: readonly Literal[]): readonly Literal[] {
  return [elements.slice(0, 2), elements.slice(2), []].map((list) => list.slice(0, limits.maxItems));
}
