import type { Fix } from '../../diagnostics/diagnostic.ts';
import { parentPointer } from '../../diagnostics/json-pointer.ts';
import { describeValue, isList, isMap, type SpecValue } from '../spec-value.ts';
import { quoteDouble } from '../yaml/quote.ts';
import { fits } from './check-shape.ts';
import { describeMap, describeType } from './describe-schema.ts';
import { flowText } from './flow-text.ts';
import { looksLikeField } from './looks-like-field.ts';
import { nameNode } from './name-node.ts';
import { nodeAt } from './node-at.ts';
import { replaceFix, withFix } from './replace-fix.ts';
import type { SchemaNode } from './schema-node.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { suggestWord } from './suggest-word.ts';
import { toForm } from './written-form.ts';

type WrongType = Extract<ShapeProblem, { readonly kind: 'wrong-type' }>;
type UnnamedEntry = Extract<ShapeProblem, { readonly kind: 'unnamed-entry' }>;

/** Tells that a value is of another type than its key takes, and the form to write. */
export function reportType(context: ShapeContext, problem: WrongType): void {
  const { pointer, schema, value } = problem;
  const { reporter } = context;
  if (value === null && isToldBySiblings(context, pointer)) return;
  const what = nameNode(pointer);
  if (typeof value === 'number' && isNumberForm(schema)) {
    const params = { what, text: sourceOf(context, pointer) };
    return reporter.report('unquoted-number', pointer, params, withFix(quoteFix(context, problem)));
  }
  const form = formOf(problem);
  const fix = quoteFix(context, problem) ?? typeFix(context, problem) ?? formFix(context, pointer, form);
  const found = isNullWord(context, problem) ? 'null' : describeValue(value);
  const params = { what, found, expected: form?.text ?? describeExpected(problem) };
  reporter.report('wrong-type', pointer, params, withFix(fix));
}

function typesOf({ type = [] }: SchemaNode): readonly string[] {
  return typeof type === 'string' ? [type] : type;
}

function sourceOf({ document }: ShapeContext, pointer: string): string {
  const place = document.place(pointer);
  return place === undefined ? '' : document.text.slice(...place.value);
}

/** Of a list of words: one that YAML takes for nothing. */
function isNullWord(context: ShapeContext, { pointer, value }: Pick<WrongType, 'pointer' | 'value'>): boolean {
  return value === null && /\/values\/\d+$/.test(pointer) && sourceOf(context, pointer) !== '';
}

/** `default: 5` for a text. */
function quoteFix(context: ShapeContext, { pointer, schema, value }: WrongType): Fix | undefined {
  const isScalar =
    typeof value === 'number' ||
    (typeof value === 'boolean' && !isCondition(schema)) ||
    isNullWord(context, { pointer, value });
  const source = sourceOf(context, pointer);
  const isText = isScalar && typesOf(schema).includes('string') && fits(schema, source);
  return isText ? replaceFix(context, pointer, quoteDouble(source)) : undefined;
}

/** Where a condition is asked for, true and false are answers of habit and none that was meant. */
function isCondition({ examples = [] }: SchemaNode): boolean {
  return examples.some((example) => typeof example === 'string' && example.includes('record.'));
}

interface Form {
  /** What to write, in words where it is an example only. */
  readonly text: string;
  readonly replacement?: string;
}

/** What was written, put into the map that belongs there. */
function formOf({ pointer, schema, value }: WrongType): Form | undefined {
  const form = typesOf(schema).includes('object') ? toForm(schema, pointer, value) : undefined;
  if (form === undefined || !fits(schema, form.value)) return undefined;
  const text = flowText(form.value);
  return form.isCertain ? { text, replacement: text } : { text: `a map, such as ${text}` };
}

function formFix(context: ShapeContext, pointer: string, form: Form | undefined): Fix | undefined {
  return replaceFix(context, pointer, form?.replacement);
}

function describeExpected({ pointer, schema, value }: WrongType): string {
  if (typeof value === 'boolean' && isCondition(schema))
    return `a condition, such as "${String(schema.examples?.[0])}"`;
  return typesOf(schema).includes('object') ? describeMap(schema, pointer, value) : describeType(schema);
}

/** `fields:` is empty because its fields stand beside it, which is told of them. */
function isToldBySiblings({ root }: ShapeContext, pointer: string): boolean {
  const parent = nodeAt(root, parentPointer(pointer));
  return (
    pointer.endsWith('/fields') &&
    isMap(parent) &&
    Object.entries(parent).some(([key, value]) => looksLikeField(key, value))
  );
}

/** Tells that a map of named things holds one without its name. */
export function reportUnnamed(context: ShapeContext, { pointer, schema, entry, value }: UnnamedEntry): void {
  const place = context.document.place(pointer);
  const isFlow = place?.style === 'flow-map';
  const name = entry['x-kind'] === 'grant' ? nameGrant(value['roles']) : 'byName';
  const insides = flowText(value);
  const text = `{ ${name}: ${insides} }`;
  const isSound = entry.discriminator === undefined && fits(entry, value);
  const params = {
    what: nameNode(pointer),
    found: `${entry['x-noun'] ?? 'an entry'} without a name`,
    expected:
      isSound && insides.length <= 120 ? `a name above it, such as ${text}` : describeMap(schema, pointer, value),
  };
  context.reporter.report('wrong-type', pointer, params, {
    at: 'key',
    ...withFix(isSound && isFlow ? replaceFix(context, pointer, text) : undefined),
  });
}

function nameGrant(roles: SpecValue | undefined): string {
  return isList(roles) && roles.includes('anonymous') ? 'everyone' : 'team';
}

function isNumberForm(schema: SchemaNode): boolean {
  return (
    schema['x-form']?.includes('number in quotes') === true || schema['x-form']?.includes('decimal in quotes') === true
  );
}

/** `maxLength: "120"`, `optional: yes`, `filter: status`; only what is right afterwards. */
function typeFix(context: ShapeContext, { pointer, schema, value }: WrongType): Fix | undefined {
  if (typeof value !== 'string') return undefined;
  const types = typesOf(schema);
  if (types.includes('integer') || types.includes('number')) {
    const isNumber = /^-?(0|[1-9]\d{0,14})$/.test(value) && fits(schema, Number(value));
    return isNumber ? replaceFix(context, pointer, value) : undefined;
  }
  if (types.includes('boolean')) {
    return replaceFix(context, pointer, suggestWord('boolean', value, ['true', 'false']).replacement);
  }
  const isItem = types.length === 1 && types[0] === 'array' && /^[A-Za-z]\w*$/.test(value);
  return isItem && fits(schema, [value]) ? replaceFix(context, pointer, `[${value}]`) : undefined;
}
