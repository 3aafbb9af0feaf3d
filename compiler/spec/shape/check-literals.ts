import { childPointer, pointer } from '../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { LocatedDocument } from '../located-document.ts';
import { describeValue, isList, isMap, type SpecValue, valueAt } from '../spec-value.ts';
import { hasInterpolation, wholeInterpolation } from './interpolation.ts';

/** Checks what the schema cannot say of values: interpolation only where it is known, and a list exactly where the field is `many`. */
export function checkLiterals(root: SpecValue, document: LocatedDocument, reporter: Reporter): void {
  const broken: string[] = [];
  checkInterpolation(root, '', reporter, broken);
  for (const path of fieldPaths(root)) checkItems(root, path, reporter, broken);
  broken.forEach(document.markBroken);
}

function checkInterpolation(value: SpecValue, at: string, reporter: Reporter, broken: string[]): void {
  if (!isList(value) && !isMap(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string') checkInterpolation(item, childPointer(at, key), reporter, broken);
    else if (key !== 'pattern' && hasInterpolation(item) && !isExpression(value, at, key, item)) {
      const pointer = childPointer(at, key);
      reporter.report('not-yet-supported', pointer, { what: 'Interpolation with "${...}"' });
      broken.push(pointer);
    }
  }
}

/** The default of a day or a moment may be worked out. */
function isExpression(owner: SpecValue, at: string, key: string, text: string): boolean {
  if (key !== 'default' || !isMap(owner) || !FIELD.test(at)) return false;
  return EXPRESSION_TYPES.has(owner['type']) && wholeInterpolation(text) !== undefined;
}

const FIELD = /^\/(?:entities|mixins)\/[^/]+\/fields\/[^/]+$/;
const EXPRESSION_TYPES: ReadonlySet<unknown> = new Set(['date', 'datetime']);

function* fieldPaths(root: SpecValue): Generator<readonly string[], void, undefined> {
  for (const kind of ['entities', 'mixins']) {
    for (const owner of keysOf(valueAt(root, kind))) {
      for (const field of keysOf(valueAt(root, kind, owner, 'fields'))) yield [kind, owner, 'fields', field];
    }
  }
}

function keysOf(value: SpecValue | undefined): readonly string[] {
  return isMap(value) ? Object.keys(value) : [];
}

function checkItems(root: SpecValue, path: readonly string[], reporter: Reporter, broken: string[]): void {
  const field = valueAt(root, ...path);
  if (!isMap(field) || field['type'] === 'json') return;
  const isMany = field['many'] === true;
  for (const key of ['default', 'example']) {
    const value = field[key];
    if (value === undefined || isList(value) === isMany) continue;
    const at = pointer(...path, key);
    const expected = isMany ? 'a list, as the field is "many"' : 'one value, or "many: true" beside it';
    reporter.report('wrong-type', at, { what: `"${key}"`, found: describeValue(value), expected });
    broken.push(at);
  }
}
