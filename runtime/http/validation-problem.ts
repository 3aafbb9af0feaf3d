import type { z } from '@hono/zod-openapi';
import type { ExplainKey } from './explain-key.ts';
import { jsonPointer } from './json-pointer.ts';
import { Problem, type ProblemError } from './problem.ts';

/** Where the validated value came from: the body, or the path, query and headers. */
export type ErrorTarget = 'pointer' | 'parameter';

/** 422 with every mistake that zod found in `input`, each once. */
export function validationProblem(
  error: z.core.$ZodError,
  input: unknown,
  target: ErrorTarget,
  explain?: ExplainKey,
): Problem {
  const errors = error.issues.flatMap((issue) => errorsOfIssue(issue, input, target, explain));
  return new Problem(422, { detail: 'The request does not validate.', errors: errors.slice(0, MAX_ERRORS) });
}

const MAX_ERRORS = 100;

function errorsOfIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  target: ErrorTarget,
  explain: ExplainKey | undefined,
): readonly ProblemError[] {
  if (issue.code === 'unrecognized_keys') {
    const detail = target === 'pointer' ? 'is not a known key' : 'is not a known parameter';
    return issue.keys.map((key) => ({
      ...placeOf([...issue.path, key], target),
      ...((issue.path.length === 0 && explain?.(key)) || { code: 'unknown', detail }),
    }));
  }
  return [{ ...placeOf(issue.path, target), ...describeIssue(issue, valueAt(input, issue.path)) }];
}

function placeOf(path: readonly PropertyKey[], target: ErrorTarget): Pick<ProblemError, 'pointer' | 'parameter'> {
  return target === 'pointer' ? { pointer: jsonPointer(path) } : { parameter: path.map(String).join('.') };
}

type Description = Pick<ProblemError, 'code' | 'detail'>;
type Issue = Exclude<z.core.$ZodIssue, { readonly code: 'unrecognized_keys' }>;

function describeIssue(issue: Issue, value: unknown): Description {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return { code: 'required', detail: 'is required' };
      return { code: 'type', detail: `must be ${withArticle(issue.expected)}` };
    case 'too_small':
    case 'too_big':
      return describeBound(issue);
    case 'invalid_format':
      if (issue.format === 'regex') return { code: 'pattern', detail: `must match ${issue.pattern ?? 'its pattern'}` };
      return { code: 'format', detail: ownWords(issue.message) ?? `must be ${withArticle(issue.format)}` };
    case 'invalid_value':
      if (value === undefined) return { code: 'required', detail: 'is required' };
      return { code: 'enum', detail: `must be one of ${issue.values.map(String).join(', ')}` };
    case 'not_multiple_of':
      return { code: 'multipleOf', detail: `must be a multiple of ${issue.divisor}` };
    case 'custom':
      return { code: customCode(issue), detail: ownWords(issue.message) ?? 'is not valid' };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      if (value === undefined) return { code: 'required', detail: 'is required' };
      return { code: 'invalid', detail: 'is not valid' };
    default:
      return issue satisfies never;
  }
}

type Bound = Extract<Issue, { readonly code: 'too_small' | 'too_big' }>;

function describeBound(issue: Bound): Description {
  const isLower = issue.code === 'too_small';
  const bound = String(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const words = isLower ? 'at least' : 'at most';
  if (issue.origin === 'string') {
    return { code: isLower ? 'minLength' : 'maxLength', detail: `must have ${words} ${count(bound, 'character')}` };
  }
  if (issue.origin === 'array' || issue.origin === 'set' || issue.origin === 'map') {
    return { code: isLower ? 'minItems' : 'maxItems', detail: `must have ${words} ${count(bound, 'item')}` };
  }
  return { code: isLower ? 'min' : 'max', detail: `must be ${words} ${bound}` };
}

function count(bound: string, noun: string): string {
  return bound === '1' ? `1 ${noun}` : `${bound} ${noun}s`;
}

/** Checks of ours name their code in `params`. */
function customCode(issue: Extract<Issue, { readonly code: 'custom' }>): string {
  const code: unknown = issue.params?.['code'];
  return typeof code === 'string' ? code : 'invalid';
}

/** The message of a check of ours; zod's own begin otherwise and may quote the value. */
function ownWords(message: string): string | undefined {
  return /^(must|is|has|may) /.test(message) ? message : undefined;
}

function withArticle(expected: string): string {
  const noun = TYPES[expected] ?? expected;
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** JSON's names for zod's. */
const TYPES: Readonly<Record<string, string>> = { int: 'integer', record: 'object' };

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
