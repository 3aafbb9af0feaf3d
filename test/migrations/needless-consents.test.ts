import { expect, test } from 'vitest';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

const lead = (fields: string, head = ''): string =>
  spec({ Lead: `fields:\n  name: { type: string }\n  ${fields}` }, head);

test.each([
  ['a string becomes a text', 'x: { type: string, maxLength: 40 }', 'x: { type: text }', ''],
  [
    'a string becomes a text that may be as long',
    'x: { type: string, maxLength: 40 }',
    'x: { type: text, maxLength: 40 }',
    '',
  ],
  ['an email becomes a text', 'x: { type: email }', 'x: { type: text }', ''],
  [
    'the one item that a list may have becomes the value',
    'x: { type: string, maxLength: 40, many: true, maxItems: 1 }',
    'x: { type: string, maxLength: 40, optional: true }',
    'migration:\n  allow: [rewrite entity Lead]\n  cast: { Lead.x: { element: first } }\n',
  ],
  [
    'an item of a list that is held to the same bounds becomes the value',
    'x: { type: integer, min: 0, max: 9, many: true, maxItems: 1 }',
    'x: { type: integer, min: 0, max: 9, optional: true }',
    'migration:\n  allow: [rewrite entity Lead]\n  cast: { Lead.x: { element: first } }\n',
  ],
  [
    'a whole number within its bounds becomes a decimal of fewer digits',
    'x: { type: integer, min: 100, max: 100000 }',
    'x: { type: decimal, precision: 8, scale: 1, min: "100", max: "100000" }',
    'migration:\n  allow: [rewrite entity Lead]\n',
  ],
  [
    'a long whole number within its bounds becomes a shorter one',
    'x: { type: bigint, min: "-5", max: "2147483647" }',
    'x: { type: integer, min: -5 }',
    'migration:\n  allow: [rewrite entity Lead]\n',
  ],
  [
    'links take another name, and keep what they lead to from now on',
    'x: { type: references, to: Lead, inverse: of, onDelete: unlink }',
    'y: { type: references, to: Lead, inverse: of, was: x }',
    '',
  ],
  [
    'an enum becomes a text',
    'x: { type: enum, values: [a, b] }',
    'x: { type: text }',
    'migration:\n  allow: [rewrite entity Lead]\n',
  ],
  [
    'a unique enum takes another name, and so do its values',
    'x: { type: enum, values: [a, b], unique: true, optional: true }',
    'y: { type: enum, values: [p, q], unique: true, optional: true, was: x, valuesWere: { p: a, q: b } }',
    '',
  ],
])('no rule that cannot be broken asks for a consent: %s', (_, before, after, head) => {
  const { history } = planSpecs(lead(before));
  const { diagnostics, migration } = planSpec(lead(after, head), history);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  expect(migration?.sql.text).not.toContain('MAY_FAIL_ON_DATA');
});
