import { childPointer, lastSegment, parentPointer } from '../../diagnostics/json-pointer.ts';
import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { SpecMapValue } from '../spec-value.ts';
import { clip } from '../spec-value.ts';
import { suggestName } from './suggest-name.ts';
import { readLink, reportUnknownKey } from './report-unknown-key.ts';
import { resolveSchema, type SchemaNode } from './schema-node.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { suggestWord } from './suggest-word.ts';

type KeyProblem = Extract<
  ShapeProblem,
  { readonly kind: 'unknown-key' | 'missing-key' | 'planned-key' | 'bad-name' | 'misplaced-key' }
>;

/** Tells what is wrong with a key, or with its absence. */
export function reportKeyProblem(context: ShapeContext, problem: KeyProblem): void {
  switch (problem.kind) {
    case 'unknown-key':
      return reportUnknownKey(context, problem);
    case 'missing-key':
      return reportMissing(context, problem);
    case 'planned-key':
      return reportPlanned(context, problem);
    case 'bad-name':
      return reportName(context, problem);
    case 'misplaced-key':
      return reportMisplaced(context, problem);
  }
}

function reportMisplaced(
  { reporter }: ShapeContext,
  { pointer, key, under }: Extract<KeyProblem, { readonly kind: 'misplaced-key' }>,
): void {
  const related = [{ pointer: childPointer(parentPointer(pointer), under), message: `"${clip(under)}" is here` }];
  const params = { key, found: `stands beside "${clip(under)}", which is empty`, under: clip(under) };
  reporter.report('misplaced-key', pointer, params, { at: 'key', related });
}

function reportMissing(
  context: ShapeContext,
  { pointer, key, owner, map }: Extract<KeyProblem, { readonly kind: 'missing-key' }>,
): void {
  if (isWrittenOtherwise(owner, map, key)) return;
  const schema = resolveSchema(owner.properties?.[key] ?? {});
  const name = lastSegment(pointer);
  const noun = owner['x-noun'] ?? 'this map';
  const params = {
    key,
    owner: pointer === '' ? 'The spec' : name === noun ? `"${name}"` : `"${name}", ${noun},`,
    hint: hintOf(owner, key) ?? `"${key}: ${exampleOf(schema)}"`,
  };
  const related = openEnd(context, pointer);
  context.reporter.report('missing-key', pointer, params, { at: 'key', ...(related === undefined ? {} : { related }) });
}

/** What is lacking is there under a misspelled name, or comes from a key that is refused already. */
function isWrittenOtherwise(owner: SchemaNode, map: SpecMapValue, missing: string): boolean {
  if (missing === 'access' && map['partOf'] !== undefined) return true;
  if (missing === 'type' && Object.entries(map).some(([key, value]) => readLink(owner, key, value))) return true;
  const known = Object.keys(owner.properties ?? {});
  return Object.keys(map).some(
    (key) =>
      key.startsWith(`${missing}:`) ||
      (!known.includes(key) && suggestWord(owner['x-kind'] ?? '', key, known).replacement === missing),
  );
}

function hintOf({ 'x-kind': kind, properties }: SchemaNode, key: string): string | undefined {
  // Of a range, and not of a link.
  if (key === 'to' && properties?.['from'] !== undefined) return undefined;
  return kind === 'jsonSchema' ? '"type: object", or another type of JSON' : MISSING_HINTS[key];
}

const MISSING_HINTS: Readonly<Record<string, string>> = {
  access: '"access" with named grants, or "access: {}" where nobody may reach it',
  fields: '"fields" with at least one field',
  entities: '"entities" with at least one entity',
  type: '"type" with one of the field types',
  auth: '"auth: { provider: none }"',
  provider: '"provider: none" (no signing in: every caller is "anonymous")',
  to: '"to" with the entity that it refers to',
  roles: '"roles" with those who may do it',
  rows: '"rows" with the rows that it is about',
};

function exampleOf(schema: SchemaNode): string {
  const example = schema.examples?.[0];
  if (Array.isArray(example)) return `[${example.join(', ')}]`;
  return typeof example === 'object' ? '...' : String(example);
}

/** Where a map that lacks something is the last of a file without a last line break, the file may have been cut off there. */
function openEnd({ document }: ShapeContext, pointer: string) {
  const place = document.place(pointer);
  const end = document.text.trimEnd().length;
  if (document.text.endsWith('\n') || place === undefined || place.value[1] < end) return undefined;
  const span = document.source.span(document.text.length, document.text.length);
  return [{ pointer, span, message: 'the file ends here' }];
}

function reportPlanned(
  { reporter }: ShapeContext,
  { pointer, key }: Extract<KeyProblem, { readonly kind: 'planned-key' }>,
): void {
  const at = key.startsWith('"') ? 'key' : 'value';
  reporter.report('not-yet-supported', pointer, { what: key.charAt(0).toUpperCase() + key.slice(1) }, { at });
}

function reportName(
  { reporter, document }: ShapeContext,
  { pointer, key, schema }: Extract<KeyProblem, { readonly kind: 'bad-name' }>,
): void {
  const suggestion = suggestName(key, schema);
  const hint = suggestion === undefined ? '' : `, such as "${suggestion.name}"`;
  const fix: Fix | undefined = suggestion?.isCertain
    ? {
        description: `write "${suggestion.name}"`,
        edits: [{ ...document.locate(pointer, 'key'), text: suggestion.name }],
      }
    : undefined;
  reporter.report(
    'bad-name',
    pointer,
    { name: clip(key), form: schema['x-form'] ?? 'a name', hint },
    { at: 'key', ...(fix === undefined ? {} : { fix }) },
  );
}
