import { describe, expect, test } from 'vitest';
import { applyFixes, buildText, leadWith, problemsOf, specOf } from './find-problems.ts';

const F = '/entities/Lead/fields';

function accept(fields: string, rest = ''): void {
  expect(problemsOf(leadWith(fields, rest))).toEqual([]);
}

function refuse(fields: string, ...problems: readonly string[]): void {
  expect(problemsOf(leadWith(fields))).toEqual(problems);
}

describe('defaults and examples', () => {
  test('values within the limits are accepted', () => {
    accept(`
score: { type: integer, min: 0, max: 100, default: 0 }
price: { type: decimal, precision: 6, scale: 2, default: "19.90", example: "0.05" }
day: { type: date, default: 2024-02-29 }
at: { type: datetime, min: 2020-01-01T00:00:00Z, default: 2026-03-14T09:26:53+02:00 }
tags: { type: string, maxLength: 5, many: true, maxItems: 2, default: [a, b] }
color: { type: string, pattern: '^#[0-9a-f]{6}$', default: "#888888" }
data: { type: json, default: { a: [1, null] } }
count: { type: bigint, default: "9223372036854775807" }
note: { type: string, optional: true, default: none }`);
  });

  test.each([
    ['type: integer, max: 100, default: 101', 'invalid-default', ''],
    ['type: string, maxLength: 3, default: long', 'invalid-default', ''],
    ["type: string, pattern: '^[a-z]+$', default: ABC", 'invalid-default', ''],
    ['type: decimal, precision: 4, scale: 2, default: "1.234"', 'invalid-default', ''],
    ['type: decimal, precision: 4, scale: 2, default: "123.0"', 'invalid-default', ''],
    ['type: date, default: 2023-02-29', 'invalid-default', ''],
    ['type: datetime, default: 2023-02-29T00:00:00Z', 'invalid-default', ''],
    ['type: bigint, default: "9223372036854775808"', 'invalid-default', ''],
    ['type: enum, values: [new, won], default: wonn', 'invalid-default', ''],
    ['type: email, default: a@b', 'invalid-default', ''],
    ['type: phone, default: "+12"', 'invalid-default', ''],
    ['type: integer, many: true, max: 5, default: [1, 9]', 'invalid-default', '/1'],
    ['type: string, many: true, maxItems: 1, default: [a, b]', 'invalid-default', ''],
    ['type: json, default: null', 'invalid-default', ''],
  ])('%s is refused', (field, name, below) => {
    refuse(`value: { ${field} }`, `${name} ${F}/value/default${below}`);
  });

  test('a slip in a value of an enum is mended', () => {
    const text = leadWith('stage: { type: enum, values: [open, closed], default: closd }');
    expect(problemsOf(text)).toEqual([`invalid-default ${F}/stage/default`]);
    expect(problemsOf(applyFixes(text))).toEqual([]);
  });

  test('an example may be a state that rows do not start in', () => {
    accept('status: { type: enum, values: [new, won], default: new, example: won, transitions: { new: [won] } }');
  });
});

describe('limits', () => {
  test.each([
    ['type: integer, min: 10, max: 1', 'crossed-limits', 'max'],
    ['type: decimal, precision: 5, scale: 2, min: "2", max: "1.99"', 'crossed-limits', 'max'],
    ['type: date, min: 2026-01-02, max: 2026-01-01', 'crossed-limits', 'max'],
    ['type: datetime, min: 2026-01-01T00:00:00Z, max: 2026-01-01T00:00:00+01:00', 'crossed-limits', 'max'],
    ['type: string, minLength: 300', 'crossed-limits', 'minLength'],
    ['type: decimal, precision: 2, scale: 3', 'crossed-limits', 'scale'],
    ['type: date, min: 2026-02-30', 'invalid-bound', 'min'],
    ['type: bigint, max: "9999999999999999999"', 'invalid-bound', 'max'],
    ['type: decimal, precision: 4, scale: 2, max: "1000"', 'invalid-bound', 'max'],
  ])('%s is refused', (field, name, attribute) => {
    refuse(`value: { ${field} }`, `${name} ${F}/value/${attribute}`);
  });

  test('what a value breaks beside a broken limit is still said, and nothing else', () => {
    refuse(
      'value: { type: date, min: 2026-02-30, max: 2026-12-31, default: 2027-01-01 }',
      `invalid-bound ${F}/value/min`,
      `invalid-default ${F}/value/default`,
    );
    refuse('value: { type: integer, min: 9, max: 1, default: 5 }', `crossed-limits ${F}/value/max`);
    refuse('value: { type: decimal, precision: 2, scale: 3, default: "1.234" }', `crossed-limits ${F}/value/scale`);
  });

  test('equal limits leave one value', () => {
    accept(
      'a: { type: integer, min: 1, max: 1 }\nb: { type: string, minLength: 4, maxLength: 4 }\nc: { type: decimal, precision: 2, scale: 2 }',
    );
  });
});

describe('patterns', () => {
  test.each([
    ["type: string, pattern: '^[A-Z$'", 'invalid-pattern', '/pattern'],
    ["type: string, pattern: '\\-'", 'invalid-pattern', '/pattern'],
    ["type: string, pattern: '^(a+)+$'", 'stalling-pattern', '/pattern'],
    ["type: text, pattern: '\\s+$'", 'stalling-pattern', '/pattern'],
    ["type: string, pattern: '^(.)\\1$'", 'unportable-pattern', '/pattern'],
    ["type: string, pattern: '^[a-z]{9}$', maxLength: 5", 'needs-example', ''],
  ])('%s is refused', (field, name, below) => {
    refuse(`value: { ${field} }`, `${name} ${F}/value${below}`);
  });

  test('a quadratic pattern is accepted where texts are short', () => {
    accept("value: { type: string, pattern: '\\s+$' }");
  });

  test('an example stands in for a sample that cannot be made', () => {
    accept("value: { type: string, pattern: '^(?=.*qu)(?=.*zz)[a-z]+$', example: quizz }");
  });
});

describe('transitions', () => {
  const machine = (rest: string): string => `status: { type: enum, values: [new, open, won], ${rest} }`;

  test('a sound state machine is accepted', () => {
    accept(machine('default: new, transitions: { new: [open, won], open: [won] }'));
  });

  test.each([
    ['default: new, transitions: { new: [opne, won, open] }', ['unknown-state /transitions/new/0']],
    [
      'default: new, transitions: { nwe: [open, won] }',
      ['unknown-state /transitions/nwe', 'unreachable-state /values/1', 'unreachable-state /values/2'],
    ],
    ['default: new, transitions: { new: [new, open, won] }', ['self-transition /transitions/new/0']],
    ['transitions: { new: [open, won] }', ['transitions-without-default /transitions']],
    ['optional: true, default: new, transitions: { new: [open, won] }', ['stateless-transitions /optional']],
    ['many: true, default: [new], transitions: { new: [open, won] }', ['stateless-transitions /many']],
    ['default: new, transitions: { new: [open] }', ['unreachable-state /values/2']],
  ])('%s is refused', (rest, problems) => {
    const found = problemsOf(leadWith(machine(rest)));
    expect(found.toSorted()).toEqual(problems.map((problem) => problem.replace(' ', ` ${F}/status`)).toSorted());
  });

  test('an unreachable state is a warning only', () => {
    const { diagnostics } = buildText(leadWith(machine('default: new, transitions: { new: [open] }')));
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('attributes', () => {
  test.each([
    ['type: string, readOnly: true, writeOnly: true, default: a', ['contradictory-attributes /writeOnly']],
    ['type: string, readOnly: true, immutable: true, default: a', ['contradictory-attributes /immutable']],
    ['type: string, many: true, optional: true', ['contradictory-attributes /optional']],
    ['type: string, many: true, unique: true', ['contradictory-attributes /unique']],
    ['type: string, maxItems: 3', ['max-items-without-many /maxItems']],
    ['type: string, readOnly: true', ['unset-read-only ']],
    ['type: string, unique: true, maxLength: 650', ['index-too-wide /unique']],
  ])('%s is refused', (field, problems) => {
    expect(problemsOf(leadWith(`value: { ${field} }\nother: { type: string }`))).toEqual(
      problems.map((problem) => problem.replace(' ', ` ${F}/value`)),
    );
  });

  test('a readOnly array is empty, and a readOnly optional is null', () => {
    accept(
      'a: { type: string, many: true, readOnly: true }\nb: { type: string, optional: true, readOnly: true }\nc: { type: string }',
    );
  });
});

describe('names of fields', () => {
  test.each([
    ['id: { type: uuid }', 'reserved-field-name /id'],
    ['createdAt: { type: datetime }', 'reserved-field-name /createdAt'],
    ['version: { type: integer }', 'reserved-field-name /version'],
    ['createdAT: { type: datetime }', 'reserved-field-name /createdAT'],
    ['xmin: { type: integer }', 'reserved-column /xmin'],
  ])('%s is refused', (field, problem) => {
    refuse(field, problem.replace(' ', ` ${F}`));
  });

  test('fields that share a key or a column are refused', () => {
    refuse(
      'lead: { type: reference, to: Lead, optional: true }\nleadId: { type: string }',
      `field-name-clash ${F}/leadId`,
    );
    refuse('homeURL: { type: url }\nhomeUrl: { type: url }', `field-name-clash ${F}/homeUrl`);
  });

  test('reserved words of SQL, JavaScript and the query are fine', () => {
    const names = [
      'order',
      'group',
      'user',
      'default',
      'limit',
      'sort',
      'valueOf',
      'toString',
      'hasOwnProperty',
      'select',
      'cursor',
    ];
    const fields = names.map((name) => `      ${name}: { type: enum, values: [constructor, b] }`).join('\n');
    const text = specOf(
      `  Select:\n    fields:\n${fields}\n    list: { filter: [order, valueOf, limit], sort: [toString] }\n    access: ACCESS`,
    );
    // Those of every object are told, since others may stumble over them.
    expect(problemsOf(text).filter((problem) => !problem.startsWith('inherited-name '))).toEqual([]);
    expect(buildText(text).app.entities[0]?.fields.map(({ name }) => name)).toEqual(names);
  });
});
