import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { validationProblem } from '../../../runtime/http/validation-problem.ts';

const SECRET = 'sécret';

const CASES: readonly (readonly [name: string, schema: z.ZodType, value: unknown, code: string, detail: string])[] = [
  ['an absent value', z.string(), undefined, 'required', 'is required'],
  ['an absent enum', z.enum(['a', 'b']), undefined, 'required', 'is required'],
  ['a wrong type', z.number(), SECRET, 'type', 'must be a number'],
  ['a fraction', z.number().int(), 1.5, 'type', 'must be an integer'],
  ['null', z.boolean(), null, 'type', 'must be a boolean'],
  ['a scalar for an object', z.object({}), SECRET, 'type', 'must be an object'],
  ['a scalar for an array', z.array(z.string()), SECRET, 'type', 'must be an array'],
  ['a pattern', z.string().regex(/^\d+$/), SECRET, 'pattern', 'must match /^\\d+$/'],
  ['a low number', z.number().min(3), 2, 'min', 'must be at least 3'],
  ['a high number', z.number().max(3), 4, 'max', 'must be at most 3'],
  ['a short text', z.string().min(10), SECRET, 'minLength', 'must have at least 10 characters'],
  ['an empty text', z.string().min(1), '', 'minLength', 'must have at least 1 character'],
  ['a long text', z.string().max(3), SECRET, 'maxLength', 'must have at most 3 characters'],
  ['few items', z.array(z.number()).min(2), [1], 'minItems', 'must have at least 2 items'],
  ['many items', z.array(z.number()).max(1), [1, 2], 'maxItems', 'must have at most 1 item'],
  ['a word outside an enum', z.enum(['a', 'b']), SECRET, 'enum', 'must be one of a, b'],
  ['a format', z.email(), SECRET, 'format', 'must be an email'],
  ['a union', z.union([z.number(), z.boolean()]), SECRET, 'invalid', 'is not valid'],
  ["a refusal in zod's own words", z.string().refine(() => false), SECRET, 'invalid', 'is not valid'],
];

test.each(CASES)('%s has its own code and words, and never the value', (_name, schema, value, code, detail) => {
  const input = value === undefined ? {} : { field: value };
  const outcome = z.strictObject({ field: schema }).safeParse(input);
  if (outcome.success) throw new Error('the case is valid');
  const problem = validationProblem(outcome.error, input, 'pointer');
  expect(problem.status).toBe(422);
  expect(problem.errors).toEqual([{ pointer: '/field', code, detail }]);
  expect(JSON.stringify(problem.errors)).not.toContain(SECRET);
});

test('all mistakes come at once, each at its own pointer', () => {
  const schema = z.strictObject({ 'a/b': z.array(z.strictObject({ n: z.number() })), c: z.string() });
  const input = { 'a/b': [{ n: 1 }, { n: 'x', more: 1 }], extra: 1, __proto__x: 2 };
  const outcome = schema.safeParse(input);
  if (outcome.success) throw new Error('the case is valid');
  const places = validationProblem(outcome.error, input, 'pointer').errors.map(({ pointer, code }) => [pointer, code]);
  expect(places.toSorted()).toEqual([
    ['/__proto__x', 'unknown'],
    ['/a~1b/1/more', 'unknown'],
    ['/a~1b/1/n', 'type'],
    ['/c', 'required'],
    ['/extra', 'unknown'],
  ]);
});

test('mistakes of a query name their parameter', () => {
  const schema = z.strictObject({ limit: z.string().regex(/^\d+$/) });
  const input = { limit: '0x10', 'score[gte]': '3' };
  const outcome = schema.safeParse(input);
  if (outcome.success) throw new Error('the case is valid');
  expect(validationProblem(outcome.error, input, 'parameter').errors).toEqual([
    { parameter: 'limit', code: 'pattern', detail: 'must match /^\\d+$/' },
    { parameter: 'score[gte]', code: 'unknown', detail: 'is not a known parameter' },
  ]);
});

test('an own check names its code and its words', () => {
  const schema = z.string().check((context) => {
    context.issues.push({
      code: 'custom',
      params: { code: 'sort' },
      input: context.value,
      message: 'must name known keys',
    });
  });
  const outcome = schema.safeParse('x');
  if (outcome.success) throw new Error('the case is valid');
  expect(validationProblem(outcome.error, 'x', 'pointer').errors).toEqual([
    { pointer: '', code: 'sort', detail: 'must name known keys' },
  ]);
});
