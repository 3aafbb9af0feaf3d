import type { Fix } from '../../diagnostics/diagnostic.ts';
import { parentPointer } from '../../diagnostics/json-pointer.ts';
import { clip, describeValue, isMap, type SpecValue, valueAt } from '../spec-value.ts';
import { fits } from './check-shape.ts';
import { flowText } from './flow-text.ts';
import { fieldTypes, readFieldType } from './read-field-type.ts';
import { replaceFix, withFix } from './replace-fix.ts';
import { branchesOf, isPlanned } from './schema-node.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { type Suggestion, suggestWord } from './suggest-word.ts';
import { nodeAt } from './node-at.ts';

type UnknownBranch = Extract<ShapeProblem, { readonly kind: 'unknown-branch' }>;
type Attributes = Readonly<Record<string, SpecValue>>;

/** Tells that a word is no field type, and which one was meant. */
export function reportFieldType(context: ShapeContext, problem: UnknownBranch): void {
  const { pointer, owner, value } = problem;
  const branches = branchesOf(owner);
  const allowed = [...branches].filter(([, branch]) => !isPlanned(branch)).map(([type]) => type);
  if (typeof value !== 'string') {
    const params = { what: '"type"', found: describeValue(value), expected: 'one of the field types' };
    return context.reporter.report('wrong-type', pointer, params, { allowed });
  }
  const { hint, fix } =
    suggestMany(context, pointer, value) ??
    suggestLink(context, pointer, value) ??
    suggestType(context, problem, value);
  context.reporter.report('unknown-field-type', pointer, { word: clip(value), hint }, { allowed, ...withFix(fix) });
}

interface Advice extends Suggestion {
  readonly fix?: Fix | undefined;
}

/** `string[]`, `array<string>`. */
function suggestMany(context: ShapeContext, pointer: string, value: string): Advice | undefined {
  const item = /^(.+?)\[\]$|^(?:array|list|set)\s*[<(](.+)[>)]$/i.exec(value);
  if (item === null) return undefined;
  const word = item[1] ?? item[2] ?? '';
  const type = fieldTypes().includes(word) ? word : suggestWord('field-type', word, fieldTypes()).replacement;
  if (type === undefined) return { hint: 'write the type of one item with "many: true"' };
  return { hint: `write "type: ${type}" with "many: true"`, fix: typeFix(context, pointer, type, { many: true }) };
}

/** An entity of this spec, as in `owner: { type: Account }`. */
function suggestLink(context: ShapeContext, pointer: string, value: string): Advice | undefined {
  if (valueAt(context.root, 'entities', value) === undefined) return undefined;
  return { hint: `write "type: reference, to: ${value}"`, fix: typeFix(context, pointer, 'reference', { to: value }) };
}

function suggestType(context: ShapeContext, { pointer, owner }: UnknownBranch, value: string): Advice {
  const word = value.replace(/\s*\(.*\)?$/, '');
  const suggestion = suggestWord('field-type', word, fieldTypes());
  const meant = readFieldType(value);
  const type = suggestion.replacement ?? (meant?.isCertain === true ? meant.type : undefined);
  const branch = type === undefined ? undefined : branchesOf(owner).get(type);
  if (type === undefined || branch === undefined) return suggestion;
  if (isPlanned(branch)) {
    return { hint: `it is "${type}" in this language, which is not yet supported; remove the field for now` };
  }
  if (word === value) return { ...suggestion, fix: replaceFix(context, pointer, suggestion.replacement) };
  const attributes = Object.entries(meant?.attributes ?? {});
  if (meant?.isCertain !== true) return suggestion;
  const isSound = attributes.every(([key, item]) => fits(branch.properties?.[key] ?? {}, item));
  const told = attributes.map(([key, item]) => `"${key}: ${flowText(item)}"`).join(' and ');
  return {
    hint: `write "type: ${type}"${told === '' ? '' : ` with ${told}`}`,
    ...(isSound && { fix: typeFix(context, pointer, type, meant.attributes) }),
  };
}

/** Writes the type with its attributes beside it, on the line of a flow map and below in a block. */
function typeFix(context: ShapeContext, pointer: string, type: string, attributes: Attributes): Fix | undefined {
  const parent = parentPointer(pointer);
  const field = nodeAt(context.root, parent);
  if (!isMap(field) || Object.keys(attributes).some((key) => field[key] !== undefined)) return undefined;
  const isFlow = context.document.place(parent)?.style === 'flow-map';
  const between = isFlow ? ', ' : `\n${' '.repeat(context.document.locate(pointer, 'key').column - 1)}`;
  const pairs = Object.entries(attributes).map(([key, item]) => `${key}: ${flowText(item)}`);
  return replaceFix(context, pointer, [type, ...pairs].join(between));
}
