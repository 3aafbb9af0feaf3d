import type { Fix } from '../../diagnostics/diagnostic.ts';
import { lastSegment, parentPointer, pointerSegments } from '../../diagnostics/json-pointer.ts';
import { clip, describeValue, isList, isMap, type SpecValue, valueAt } from '../spec-value.ts';
import { quoteDouble } from '../yaml/quote.ts';
import { describeBounds, describeCount, describeLength, describeType } from './describe-schema.ts';
import type { ShapeContext } from './shape-context.ts';
import { branchesOf, isPlanned, type SchemaNode } from './schema-node.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { suggestName } from './suggest-name.ts';
import { suggestWord } from './suggest-word.ts';

type ValueProblem = Exclude<
  ShapeProblem,
  { readonly kind: 'unknown-key' | 'missing-key' | 'planned-key' | 'bad-name' }
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

/** A value is named by its key; a list's item by the key of its list. */
function nameNode(pointer: string): string {
  const name = lastSegment(pointer);
  if (pointer === '') return 'The spec';
  return /^\d+$/.test(name) ? `An item of "${lastSegment(parentPointer(pointer))}"` : `"${clip(name)}"`;
}

function reportFieldType(context: ShapeContext, { pointer, owner, value }: Of<'unknown-branch'>): void {
  const branches = branchesOf(owner);
  const allowed = [...branches].filter(([, branch]) => !isPlanned(branch)).map(([type]) => type);
  if (typeof value !== 'string') {
    const params = { what: '"type"', found: describeValue(value), expected: 'one of the field types' };
    return context.reporter.report('wrong-type', pointer, params, { allowed });
  }
  const item = /^(.+?)\[\]$|^(?:array|list|set)\s*[<(](.+)[>)]$/i.exec(value);
  const suggestion =
    item === null
      ? suggestWord('field-type', value.replace(/\s*\(.*\)$/, ''), [...branches.keys()])
      : suggestMany(item[1] ?? item[2] ?? '', allowed);
  const isBare = item === null && !/\(.*\)$/.test(value);
  const fix = isBare ? replaceFix(context, pointer, suggestion.replacement) : undefined;
  const params = { word: clip(value), hint: suggestion.hint };
  context.reporter.report('unknown-field-type', pointer, params, { allowed, ...withFix(fix) });
}

function suggestMany(item: string, allowed: readonly string[]) {
  const type = allowed.includes(item) ? item : suggestWord('field-type', item, allowed).replacement;
  return {
    hint: `write ${type === undefined ? 'the type of one item' : `"type: ${type}"`} with "many: true"`,
    replacement: undefined,
  };
}

function reportWord(context: ShapeContext, { pointer, schema, value }: Of<'unknown-word'>): void {
  const { reporter } = context;
  const allowed = (schema.enum ?? [schema.const]).map(String);
  const key = lastSegment(pointer);
  if (key === 'supercompile') {
    return reporter.report('language-version', pointer, { found: describeValue(value) }, { allowed });
  }
  const planned = plannedWord(context, pointer, schema, value);
  if (planned !== undefined) return reporter.report('not-yet-supported', pointer, { what: planned });
  if (typeof value !== 'string') {
    const params = { what: nameNode(pointer), found: describeValue(value), expected: describeWords(allowed) };
    return reporter.report('wrong-type', pointer, params, { allowed });
  }
  const noun = schema['x-noun'] ?? `a value of "${key}"`;
  const suggestion = suggestWord(schema['x-kind'] ?? key, value, allowed);
  const fix = replaceFix(context, pointer, suggestion.replacement);
  reporter.report(
    'unknown-word',
    pointer,
    { word: clip(value), noun, hint: suggestion.hint },
    { allowed, ...withFix(fix) },
  );
}

function describeWords(allowed: readonly string[]): string {
  return allowed.length === 1 ? `"${allowed[0] ?? ''}"` : `one of ${allowed.map((word) => `"${word}"`).join(', ')}`;
}

/** A word of the language, or of this spec, that this version cannot compile yet. */
function plannedWord(
  { root }: ShapeContext,
  pointer: string,
  schema: SchemaNode,
  value: SpecValue,
): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (schema['x-planned']?.includes(value) === true) return `"${value}"`;
  switch (schema['x-kind']) {
    case 'rows':
      return isCondition(value) ? 'A condition in "rows"' : undefined;
    case 'role':
      return declares(valueAt(root, 'auth', 'roles'), value) || signsIn(root) ? `The role "${value}"` : undefined;
    case 'operation': {
      const [, entity = ''] = pointerSegments(pointer);
      return declares(valueAt(root, 'entities', entity, 'actions'), value) ? `The action "${value}"` : undefined;
    }
    default:
      return undefined;
  }
}

/** With a provider, which is refused already, other roles are none of this one's mistakes. */
function signsIn(root: SpecValue): boolean {
  const provider = valueAt(root, 'auth', 'provider');
  return typeof provider === 'string' && provider !== 'none';
}

function isCondition(value: string): boolean {
  return /[.=<>!&|()?[\]]/.test(value);
}

function declares(names: SpecValue | undefined, name: string): boolean {
  if (isList(names)) return names.includes(name);
  return isMap(names) && Object.hasOwn(names, name);
}

function reportType(context: ShapeContext, { pointer, schema, value }: Of<'wrong-type'>): void {
  const { document, reporter } = context;
  const place = document.place(pointer);
  const source = place === undefined ? '' : document.text.slice(...place.value);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const isScalarText = types.includes('string') && (typeof value === 'number' || typeof value === 'boolean');
  const quoted = isScalarText ? replaceFix(context, pointer, quoteDouble(source)) : undefined;
  if (typeof value === 'number' && isScalarText && isNumberForm(schema)) {
    const params = { what: nameNode(pointer), text: source };
    return reporter.report('unquoted-number', pointer, params, withFix(quoted));
  }
  const params = {
    what: nameNode(pointer),
    found: describeValue(value),
    expected: describeType(schema),
  };
  const fix = quoted ?? typeFix(context, pointer, types, value) ?? shorthandFix(context, pointer, schema, value);
  reporter.report('wrong-type', pointer, params, withFix(fix));
}

function isNumberForm(schema: SchemaNode): boolean {
  return (
    schema['x-form']?.includes('number in quotes') === true || schema['x-form']?.includes('decimal in quotes') === true
  );
}

/** `maxLength: "120"`, `optional: yes`, `filter: status`. */
function typeFix(context: ShapeContext, pointer: string, types: readonly string[], value: SpecValue): Fix | undefined {
  if (typeof value !== 'string') return undefined;
  if (types.includes('integer') || types.includes('number')) {
    return /^-?(0|[1-9]\d{0,14})$/.test(value) ? replaceFix(context, pointer, value) : undefined;
  }
  if (types.includes('boolean')) {
    return replaceFix(context, pointer, suggestWord('boolean', value, ['true', 'false']).replacement);
  }
  if (types.length === 1 && types[0] === 'array' && /^[A-Za-z]\w*$/.test(value)) {
    return replaceFix(context, pointer, `[${value}]`);
  }
  return undefined;
}

/** `name: string` for a field. */
function shorthandFix(context: ShapeContext, pointer: string, schema: SchemaNode, value: SpecValue): Fix | undefined {
  if (schema.discriminator === undefined || typeof value !== 'string') return undefined;
  const types = [...branchesOf(schema).keys()];
  const type = types.includes(value) ? value : suggestWord('field-type', value, types).replacement;
  return type === undefined ? undefined : replaceFix(context, pointer, `{ type: ${type} }`);
}

function reportForm(context: ShapeContext, { pointer, schema, value }: Of<'wrong-form'>): void {
  const params = { what: nameNode(pointer), value: clip(value), form: schema['x-form'] ?? 'another text' };
  const suggestion = /name of ASCII/.test(params.form) ? suggestName(value, schema) : undefined;
  const fix = suggestion?.isCertain === true ? replaceFix(context, pointer, suggestion.name) : undefined;
  context.reporter.report('wrong-form', pointer, params, withFix(fix));
}

function replaceFix({ document }: ShapeContext, pointer: string, text: string | undefined): Fix | undefined {
  const place = document.place(pointer);
  if (text === undefined || place === undefined || place.style === 'empty') return undefined;
  return {
    description: /^[a-z][\w-]*$/i.test(text) ? `write "${text}"` : `write ${text}`,
    edits: [document.source.edit(...place.value, text)],
  };
}

function withFix(fix: Fix | undefined): { readonly fix?: Fix } {
  return fix === undefined ? {} : { fix };
}
