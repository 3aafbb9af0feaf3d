import { lastSegment, parentPointer, pointerSegments } from '../../diagnostics/json-pointer.ts';
import { clip, describeValue, isList, isMap, type SpecValue, valueAt } from '../spec-value.ts';
import { nodeAt } from './node-at.ts';
import { nameNode } from './name-node.ts';
import { replaceFix, withFix } from './replace-fix.ts';
import type { SchemaNode } from './schema-node.ts';
import type { ShapeContext } from './shape-context.ts';
import type { ShapeProblem } from './shape-problem.ts';
import { suggestWord } from './suggest-word.ts';

type UnknownWord = Extract<ShapeProblem, { readonly kind: 'unknown-word' }>;

/** Tells that a word may not stand in its place. */
export function reportWord(context: ShapeContext, { pointer, schema, value }: UnknownWord): void {
  const { reporter } = context;
  const allowed = (schema.enum ?? [schema.const]).map(String);
  const key = lastSegment(pointer);
  if (key === 'supercompile') {
    return reporter.report('language-version', pointer, { found: describeValue(value) }, { allowed });
  }
  if (typeof value !== 'string') {
    const expected = GUARDED[schema['x-kind'] ?? '']?.expected ?? describeWords(allowed);
    const params = { what: nameNode(pointer), found: describeValue(value), expected };
    return reporter.report('wrong-type', pointer, params, { allowed });
  }
  const suggestion = suggestWord(schema['x-kind'] ?? key, value, allowed);
  const planned = plannedWord(context, pointer, schema, value, suggestion.replacement);
  if (planned !== undefined) return reporter.report('not-yet-supported', pointer, planned, { allowed });
  const noun = schema['x-noun'] ?? `a value of "${key}"`;
  const isThere = isWrittenBeside(context, pointer, schema, suggestion.replacement, allowed);
  const fix = isThere ? undefined : replaceFix(context, pointer, suggestion.replacement);
  const hint = isThere ? `remove it, as "${suggestion.replacement}" is here` : suggestion.hint;
  reporter.report('unknown-word', pointer, { word: clip(value), noun, hint }, { allowed, ...withFix(fix) });
}

/** Whether the word that is meant stands in the list already, or comes from an item before this one. */
function isWrittenBeside(
  { root }: ShapeContext,
  pointer: string,
  schema: SchemaNode,
  meant: string | undefined,
  allowed: readonly string[],
): boolean {
  const items = nodeAt(root, parentPointer(pointer));
  if (meant === undefined || !isList(items)) return false;
  const place = Number(lastSegment(pointer));
  const kind = schema['x-kind'] ?? lastSegment(pointer);
  return items.some(
    (item, index) =>
      index !== place &&
      (item === meant ||
        (index < place && typeof item === 'string' && suggestWord(kind, item, allowed).replacement === meant)),
  );
}

function describeWords(allowed: readonly string[]): string {
  return allowed.length === 1 ? `"${allowed[0] ?? ''}"` : `one of ${allowed.map((word) => `"${word}"`).join(', ')}`;
}

interface Guarded {
  readonly expected: string;
  readonly what: (word: string) => string;
  readonly instead: string;
}

/** Places whose one supported word lets everybody in: it is never put in the place of a word that may have meant less. */
const GUARDED: Readonly<Record<string, Guarded>> = {
  role: {
    expected: 'the name of a role',
    what: (word) => `The role "${word}"`,
    instead: 'remove it, or the whole grant, for now ("anonymous" would let everybody in)',
  },
  rows: {
    expected: 'which rows the grant is about',
    what: (word) => (isCondition(word) ? 'A condition in "rows"' : `A choice of rows such as "${word}"`),
    instead: 'remove the whole grant for now ("all" would open every row)',
  },
  provider: {
    expected: 'the name of a provider',
    what: (word) => `The provider "${word}"`,
    instead: 'for now there is no signing in, and every caller is "anonymous" (provider "none")',
  },
};

/** A word of the language, or of this spec, that this version cannot compile yet. */
function plannedWord(
  { root }: ShapeContext,
  pointer: string,
  schema: SchemaNode,
  value: string,
  replacement: string | undefined,
): { readonly what: string; readonly instead?: string } | undefined {
  const kind = schema['x-kind'] ?? '';
  const guarded = GUARDED[kind];
  if (guarded !== undefined) {
    const isMeant = replacement !== undefined && !(kind === 'role' && declares(valueAt(root, 'auth', 'roles'), value));
    return isMeant ? undefined : { what: guarded.what(clip(value)), instead: guarded.instead };
  }
  if (schema['x-planned']?.includes(value) === true) return { what: `"${value}"` };
  if (kind !== 'operation') return undefined;
  const [, entity = ''] = pointerSegments(pointer);
  return declares(valueAt(root, 'entities', entity, 'actions'), value) ? { what: `The action "${value}"` } : undefined;
}

function isCondition(value: string): boolean {
  return /[.=<>!&|()?[\]]/.test(value);
}

function declares(names: SpecValue | undefined, name: string): boolean {
  if (isList(names)) return names.includes(name);
  return isMap(names) && Object.hasOwn(names, name);
}
