import type { Field, Literal } from './app.ts';
import { MOST_SAMPLES } from './candidates.ts';
import { canonicalLiteral } from './canonical-literal.ts';
import { fieldTypes } from './field-types.ts';
import { elementProblem, literalProblem } from './literal.ts';

/**
 * Up to three distinct values that a create body may hold, the author's `example` first, spelled as the API
 * gives them back. None for references, whose values are the ids of rows, and where the limits leave none.
 */
export function samples(field: Field): readonly Literal[] {
  const known = memo.get(field);
  if (known !== undefined) return known;
  const found = findSamples(field);
  if (Object.isFrozen(field)) memo.set(field, found);
  return found;
}

/** Documents, examples and tests all ask for the fields of an app, which are frozen. */
const memo = new WeakMap<Field, readonly Literal[]>();

function findSamples(field: Field): readonly Literal[] {
  const made = field.many ? listSamples(field, elementSamples(field)) : elementSamples(field);
  const own = field.example === undefined ? [] : [field.example];
  const found = new Map<string, Literal>();
  for (const value of [...own, ...made]) {
    // One element was looked at before.
    if ((field.many || value === field.example) && literalProblem(field, value) !== undefined) continue;
    const spelled = canonicalLiteral(field, value);
    found.set(JSON.stringify(spelled), spelled);
  }
  return [...found.values()].slice(0, MOST_SAMPLES);
}

/** Up to three distinct values of the field's type, one of them alone where the field is an array. */
export function elementSamples(field: Field): readonly Literal[] {
  const found = new Map<string, Literal>();
  for (const value of fieldTypes[field.type].candidates(field)) {
    if (found.size === MOST_SAMPLES) break;
    if (elementProblem(field, value) === undefined) found.set(JSON.stringify(value), value);
  }
  return [...found.values()];
}

function listSamples({ limits }: Field, elements: readonly Literal[]): readonly Literal[] {
  return [elements.slice(0, 2), elements.slice(2), []].map((list) => list.slice(0, limits.maxItems));
}
