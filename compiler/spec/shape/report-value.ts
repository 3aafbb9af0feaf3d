import { clip, isMap, type SpecValue } from '../spec-value.ts';
import { describeBounds, describeCount, describeLength } from './describe-schema.ts';
import { nameNode } from './name-node.ts';
import { replaceFix, withFix } from './replace-fix.ts';
import { reportFieldType } from './report-field-type.ts';
import { reportType, reportUnnamed } from './report-type.ts';
import { reportWord } from './report-word.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { suggestName } from './suggest-name.ts';
import { findSpelling } from './suggest-word.ts';

type ValueProblem = Exclude<
  ShapeProblem,
  { readonly kind: 'unknown-key' | 'missing-key' | 'planned-key' | 'bad-name' | 'misplaced-key' }
>;
type Of<Kind extends ValueProblem['kind']> = Extract<ValueProblem, { readonly kind: Kind }>;

/** Tells what is wrong with a value. */
export function reportValueProblem(context: ShapeContext, problem: ValueProblem): void {
  const { pointer } = problem;
  const what = nameNode(pointer);
  const { reporter } = context;
  switch (problem.kind) {
    case 'unknown-branch':
      return reportFieldType(context, problem);
    case 'unknown-word':
      return reportWord(context, problem);
    case 'wrong-type':
      return reportType(context, problem);
    case 'unnamed-entry':
      return reportUnnamed(context, problem);
    case 'wrong-form':
      return reportForm(context, problem);
    case 'out-of-bounds': {
      const params = { what, value: String(problem.value), bounds: describeBounds(problem.schema) };
      return reporter.report('out-of-bounds', pointer, params);
    }
    case 'wrong-length': {
      const { found, bounds } = describeLength(problem.schema, problem.value);
      return reporter.report('wrong-length', pointer, { what, found, bounds });
    }
    case 'wrong-count': {
      const { found, bounds } = describeCount(problem.schema, problem.count);
      return reporter.report('wrong-count', pointer, { what, found, bounds }, { at: 'key' });
    }
    case 'duplicate-item':
      return reporter.report('duplicate-item', pointer, { item: clip(String(problem.value)) });
  }
}

/** Where the name of an entity stands. */
const LINKS = /\/to$/;

function entityNames(root: SpecValue): readonly string[] {
  const entities = isMap(root) ? root['entities'] : undefined;
  return isMap(entities) ? Object.keys(entities) : [];
}

const SORTS = /\/list\/sort\/\d+$/;

/** `-name`, `name desc`, `name:asc`. */
const DIRECTED = /^[-+]?(?<name>[a-z][A-Za-z0-9]*)(?:[ :.](?:asc|desc))?$/i;

function reportForm(context: ShapeContext, { pointer, schema, value }: Of<'wrong-form'>): void {
  const direction = SORTS.test(pointer) ? DIRECTED.exec(value)?.groups : undefined;
  if (direction !== undefined) {
    const { name = '' } = direction;
    const form = `"${name}": the direction is the request's, as in "?sort=-${name}"`;
    const params = { what: nameNode(pointer), value: clip(value), form };
    return context.reporter.report('wrong-form', pointer, params, withFix(replaceFix(context, pointer, name)));
  }
  const params = { what: nameNode(pointer), value: clip(value), form: schema['x-form'] ?? 'another text' };
  const known = LINKS.test(pointer) ? findSpelling(value, entityNames(context.root)) : undefined;
  if (known !== undefined)
    return context.reporter.report('wrong-form', pointer, params, withFix(replaceFix(context, pointer, known)));
  const suggestion = /name of ASCII/.test(params.form) ? suggestName(value, schema) : undefined;
  const fix = suggestion?.isCertain === true ? replaceFix(context, pointer, suggestion.name) : undefined;
  context.reporter.report('wrong-form', pointer, params, withFix(fix));
}
