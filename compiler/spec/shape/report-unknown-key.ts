import type { Fix } from '../../diagnostics/diagnostic.ts';
import { parentPointer } from '../../diagnostics/json-pointer.ts';
import { clip, type SpecMapValue, type SpecValue } from '../spec-value.ts';
import { findAlias } from './aliases.ts';
import { looksLikeField } from './looks-like-field.ts';
import { appSchema, branchesOf, isPlanned, resolveSchema, type SchemaNode } from './schema-node.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { type Suggestion, suggestWord } from './suggest-word.ts';

type UnknownKey = Extract<ShapeProblem, { readonly kind: 'unknown-key' }>;

/** Tells that a map has no such key, and which one was meant. */
export function reportUnknownKey(context: ShapeContext, problem: UnknownKey): void {
  const { pointer, key, owner, map } = problem;
  const { reporter } = context;
  if (owner['x-kind'] === 'entity' && looksLikeField(key, map[key] ?? null)) {
    const params = { key: clip(key), found: 'looks like a field and stands beside "fields"', under: 'fields' };
    return reporter.report('misplaced-key', pointer, params, { at: 'key' });
  }
  const types = typesWith(owner, key);
  if (types.length > 0) return reportElsewhere(context, problem, types);
  const allowed = supportedKeys(owner);
  const { hint, replacement } = suggestKey(problem);
  const fix = linkFix(context, problem) ?? renameFix(context, problem, replacement) ?? removeFix(context, problem);
  const params = { key: clip(key), owner: owner['x-noun'] ?? 'this map', hint };
  reporter.report('unknown-key', pointer, params, { at: 'key', allowed, ...(fix === undefined ? {} : { fix }) });
}

/** An attribute of other types: the one of this type that was meant, or the types that have it. */
function reportElsewhere(context: ShapeContext, problem: UnknownKey, types: readonly string[]): void {
  const { pointer, key, owner, map } = problem;
  const own = OWN_LIMITS[key];
  const instead = own !== undefined && owner.properties?.[own] !== undefined ? own : undefined;
  const fix = renameFix(context, problem, instead);
  const isSaid = instead !== undefined && isTaken(map, instead);
  const advice = isSaid ? `remove it, as "${instead}" is here` : `write "${instead}"`;
  const elsewhere = key === 'many' && map['type'] === 'reference' ? MANY_LINKS : ELSEWHERE_HINTS[key];
  const hint = instead === undefined ? elsewhere : advice;
  const params = { key, owner: owner['x-noun'] ?? 'this map', types, ...(hint !== undefined && { hint }) };
  context.reporter.report('attribute-not-applicable', pointer, params, {
    at: 'key',
    allowed: types,
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Of a text, what is bounded is its length. */
const OWN_LIMITS: Readonly<Record<string, string>> = { min: 'minLength', max: 'maxLength' };

const MANY_LINKS = 'write "type: references" for links to many rows';

const ELSEWHERE_HINTS: Readonly<Record<string, string>> = {
  values: 'write "type: enum" with "values"',
  to: 'write "type: reference" with "to"',
};

function suggestKey({ key, owner, map }: UnknownKey): Suggestion {
  const link = readLink(owner, key, map[key]);
  if (link !== undefined) return { hint: `write "type: reference, to: ${link}"` };
  const kind = owner['x-kind'] ?? '';
  const suggestion = suggestWord(kind, key, Object.keys(owner.properties ?? {}));
  const alias = findAlias(kind, key);
  // A field that may be null is one that may be left out.
  if (kind === 'field' && alias?.word === 'optional' && map[key] === true)
    return { hint: alias.hint ?? suggestion.hint, replacement: alias.word };
  if (kind === 'field' && isNotRequired(key, map)) return { hint: 'write "optional: true"' };
  return suggestElsewhere(owner, suggestion, alias?.word ?? '', alias?.hint !== undefined) ?? suggestion;
}

/** Where the word that was meant is not yet supported, or belongs to fields of other types. */
function suggestElsewhere(
  owner: SchemaNode,
  { replacement }: Suggestion,
  habitual: string,
  isAdvised: boolean,
): Suggestion | undefined {
  const meant = replacement ?? habitual;
  const property = owner.properties?.[meant] ?? anyField(owner, meant);
  if (property !== undefined && isPlanned(resolveSchema(property))) {
    return { hint: `it is "${meant}" in this language, which is not yet supported; remove it for now` };
  }
  const types = replacement === undefined && !isAdvised ? typesWith(owner, meant) : [];
  if (types.length === 0) return undefined;
  return { hint: ELSEWHERE_HINTS[meant] ?? `it is "${meant}" in this language, and belongs to ${types.join(', ')}` };
}

/** The entity that a habitual key such as `references: Group` links to. */
export function readLink(owner: SchemaNode, key: string, value: SpecValue | undefined): string | undefined {
  if (owner['x-kind'] !== 'field' || Object.hasOwn(owner.properties ?? {}, key)) return undefined;
  const isLink = LINKS.has(key.toLowerCase()) && typeof value === 'string' && /^[A-Z][A-Za-z0-9]{0,47}$/.test(value);
  return isLink ? value : undefined;
}

const LINKS: ReadonlySet<string> = new Set(
  'references ref reference belongsto belongs_to foreignkey foreign_key relation target model entity relatesto'.split(
    ' ',
  ),
);

/** Certain where the field has no type yet and stands on one line. */
function linkFix({ document }: ShapeContext, { pointer, key, owner, map }: UnknownKey): Fix | undefined {
  const link = readLink(owner, key, map[key]);
  const isFlow = document.place(parentPointer(pointer))?.style === 'flow-map';
  if (link === undefined || !isFlow || map['type'] !== undefined || map['to'] !== undefined) return undefined;
  const edits = [{ ...document.locate(pointer, 'key'), text: 'type: reference, to' }];
  return { description: `write "type: reference, to: ${link}"`, edits };
}

/** The field types that do have the attribute, where the map is a field of another type. */
function typesWith(owner: SchemaNode, key: string): readonly string[] {
  return fieldBranches(owner)
    .filter(([, branch]) => !isPlanned(branch) && Object.hasOwn(branch.properties ?? {}, key))
    .filter(([, branch]) => !isPlanned(resolveSchema(branch.properties?.[key] ?? {})))
    .map(([type]) => type);
}

/** The attribute as some field type has it. */
function anyField(owner: SchemaNode, key: string): SchemaNode | undefined {
  return fieldBranches(owner).find(([, branch]) => Object.hasOwn(branch.properties ?? {}, key))?.[1].properties?.[key];
}

function fieldBranches(owner: SchemaNode): readonly (readonly [string, SchemaNode])[] {
  const field = owner['x-kind'] === 'field' ? appSchema.definitions?.['field'] : undefined;
  return field === undefined ? [] : [...branchesOf(field)];
}

function supportedKeys(owner: SchemaNode): readonly string[] {
  return Object.entries(owner.properties ?? {})
    .filter(([, property]) => !isPlanned(resolveSchema(property)))
    .map(([key]) => key);
}

/** `required: true` says what holds without it. */
function removeFix({ document }: ShapeContext, { pointer, key, owner, map }: UnknownKey): Fix | undefined {
  if (owner['x-kind'] !== 'field' || !REQUIRED.test(key) || map[key] !== true) return undefined;
  const [place, around] = [document.place(pointer), document.place(parentPointer(pointer))];
  if (place?.key === undefined || around?.style !== 'flow-map') return undefined;
  const [start, end] = [place.key[0], place.value[1]];
  const before = /,[ \t]*$/.exec(document.text.slice(around.value[0], start))?.[0].length ?? 0;
  const after = before > 0 ? 0 : (/^[ \t]*,[ \t]*/.exec(document.text.slice(end))?.[0].length ?? 0);
  return { description: `remove "${key}"`, edits: [document.source.edit(start - before, end + after, '')] };
}

function isNotRequired(key: string, map: SpecMapValue): boolean {
  return REQUIRED.test(key) && map[key] === false;
}

const REQUIRED = /^(?:required|not_?null)$/i;

/** Certain only where the right key is supported and is not written already. */
function renameFix(
  { document }: ShapeContext,
  { pointer, owner, map }: UnknownKey,
  replacement: string | undefined,
): Fix | undefined {
  if (replacement === undefined || isTaken(map, replacement)) return undefined;
  const property = owner.properties?.[replacement];
  if (property === undefined || isPlanned(resolveSchema(property))) return undefined;
  const edits = [{ ...document.locate(pointer, 'key'), text: replacement }];
  return { description: `write "${replacement}"`, edits };
}

function isTaken(map: SpecMapValue, key: string): boolean {
  return map[key] !== undefined;
}
