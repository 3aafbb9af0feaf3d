import { describe, expect, test } from 'vitest';
import { createReporter } from '../../compiler/diagnostics/reporter.ts';
import { buildApp } from '../../compiler/model/build-app.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';
import { applyFixes, buildText, leadWith, problemsOf, specOf } from './find-problems.ts';

/** An entity with one field and no grants. */
function entity(name: string, rest = ''): string {
  return `  ${name}:\n    fields: { title: { type: string } }\n    access: {}\n${rest}`;
}

describe('references', () => {
  test('a target that does not exist is refused, with the one that was meant as a fix', () => {
    const text = specOf(
      `${entity('Account')}  Lead:\n    fields:\n      account: { type: reference, to: Acount }\n    access: {}`,
    );
    const [found] = buildText(text).diagnostics;
    expect(found).toMatchObject({ code: 'SC3101', line: 10, column: 39, endColumn: 45, allowed: ['Account', 'Lead'] });
    expect(found?.message).toBe('"Acount" is not an entity; write "Account".');
    expect(problemsOf(applyFixes(text))).toEqual([]);
  });

  test('a target that is refused itself is no second error', () => {
    const text = specOf(
      '  Account: { fields: 5, access: {} }\n  Lead:\n    fields:\n      account: { type: reference, to: Account }\n    access: {}',
    );
    const { spec, document, diagnostics } = readSpec(text, 'app.yaml');
    if (spec === undefined) throw new Error('no spec');
    const reporter = createReporter(document);
    buildApp(spec, document, reporter);
    expect(diagnostics.length).toBe(1);
    expect(reporter.diagnostics()).toEqual([]);
  });

  test('a link named with Id is refused, and the fix renames it wherever it is named', () => {
    const text = leadWith(
      'parentId: { type: reference, to: Lead, optional: true }',
      'list: { filter: [parentId] }\nindexes: { byParent: { fields: [parentId, createdAt] } }\n',
    );
    expect(problemsOf(text)).toEqual(['link-named-id /entities/Lead/fields/parentId']);
    const fixed = applyFixes(text);
    expect(problemsOf(fixed)).toEqual([]);
    expect(fixed).not.toContain('parentId');
  });

  test('setNull needs an optional link', () => {
    const text = specOf(
      `${entity('Account')}  Lead:\n    fields:\n      account: { type: reference, to: Account, onDelete: setNull }\n    access: {}`,
    );
    expect(problemsOf(text)).toEqual(['set-null-of-required /entities/Lead/fields/account/onDelete']);
    expect(problemsOf(text.replace('onDelete', 'optional: true, onDelete'))).toEqual([]);
  });

  test('a circle of required links is refused once, an optional one in it opens it', () => {
    const link = (name: string, to: string, rest = ''): string =>
      `  ${name}:\n    fields: { next: { type: reference, to: ${to}${rest} } }\n    access: {}\n`;
    const circle = specOf(link('A', 'B') + link('B', 'C') + link('C', 'A'));
    expect(problemsOf(circle)).toEqual(['required-cycle /entities/A/fields/next']);
    expect(buildText(circle).diagnostics[0]?.related.map(({ line }) => line)).toEqual([9, 12]);
    expect(problemsOf(specOf(link('A', 'B') + link('B', 'C', ', optional: true') + link('C', 'A')))).toEqual([]);
    expect(problemsOf(specOf(link('A', 'A')))).toEqual(['required-cycle /entities/A/fields/next']);
    expect(problemsOf(specOf(link('A', 'A', ', optional: true')))).toEqual([]);
  });
});

describe('names of entities', () => {
  test.each([
    [entity('Person') + entity('People'), 'entity-name-clash /entities/People'],
    [entity('HTTPLead') + entity('HttpLead'), 'entity-name-clash /entities/HttpLead'],
    [entity('Lead') + entity('Prospect', '    table: leads\n'), 'entity-name-clash /entities/Prospect'],
    [entity('Lead') + entity('Prospect', '    path: leads\n'), 'entity-name-clash /entities/Prospect'],
    [entity('Lead') + entity('LeadCreate'), 'derived-entity-name /entities/LeadCreate'],
    [entity('LeadPatch') + entity('Lead'), 'derived-entity-name /entities/LeadPatch'],
    [entity('Database'), 'reserved-entity-name /entities/Database'],
    [entity('Metric'), 'reserved-path /entities/Metric'],
    [entity('Manual', '    path: docs\n'), 'reserved-path /entities/Manual/path'],
    [entity('Ledger', '    table: supercompile_migrations\n'), 'reserved-table /entities/Ledger/table'],
  ])('%s', (text, problem) => {
    expect(problemsOf(specOf(text))).toEqual([problem]);
  });

  test('names of JavaScript, TypeScript and SQL are fine', () => {
    const names = [
      'Object',
      'Promise',
      'Date',
      'Array',
      'Record',
      'Map',
      'Error',
      'Request',
      'Response',
      'User',
      'Table',
      'Order',
      'Group',
      'Sheep',
      'Series',
    ];
    expect(problemsOf(specOf(names.map((name) => entity(name)).join('')))).toEqual([]);
  });

  test('under a base path every path is free but that of the base itself', () => {
    expect(problemsOf(specOf(entity('Metric'), 'api: { basePath: /v1 }\n'))).toEqual([]);
    expect(problemsOf(specOf(entity('Lead'), 'api: { basePath: /docs/api }\n'))).toEqual([
      'reserved-path /api/basePath',
    ]);
  });

  test('a body limit has an end', () => {
    expect(problemsOf(specOf(entity('Lead'), 'api: { bodyLimit: 65MB }\n'))).toEqual([
      'body-limit-too-large /api/bodyLimit',
    ]);
    expect(buildText(specOf(entity('Lead'), 'api: { bodyLimit: 64MB }\n')).app.api.bodyLimit).toBe(64 * 1024 * 1024);
  });
});

describe('names in the database', () => {
  test('enum types of two entities do not share a name', () => {
    const text = specOf(
      '  Lead:\n    fields: { noteStatus: { type: enum, values: [a] } }\n    access: {}\n' +
        '  LeadNote:\n    fields: { status: { type: enum, values: [a] } }\n    access: {}\n',
    );
    expect(problemsOf(text)).toEqual(['database-name-clash /entities/LeadNote/fields/status']);
  });

  test('a named unique and a unique field do not share a name', () => {
    const text = leadWith(
      'email: { type: email, unique: true }\nday: { type: date }',
      'unique: { email: { fields: [email, day] } }\n',
    );
    expect(problemsOf(text)).toEqual(['database-name-clash /entities/Lead/unique/email']);
  });

  test('a table and a type do not share a name', () => {
    const text = specOf(
      `  Lead:\n    fields: { status: { type: enum, values: [a] } }\n    access: {}\n${entity('Other', '    table: lead_status\n')}`,
    );
    expect(problemsOf(text)).toEqual(['database-name-clash /entities/Other']);
  });
});

describe('lists of fields', () => {
  const fields = `
name: { type: string }
secret: { type: string, writeOnly: true }
tags: { type: string, many: true }
data: { type: json }
lead: { type: reference, to: Lead, optional: true }
notes: { type: text }`;

  test.each([
    ['list: { filter: [nmae] }', 'unknown-field', '/list/filter/0'],
    ['list: { sort: [name, id] }', 'unknown-field', '/list/sort/1'],
    ['list: { filter: [leadId] }', 'unknown-field', '/list/filter/0'],
    ['list: { filter: [secret] }', 'unlistable-field', '/list/filter/0'],
    ['list: { sort: [secret] }', 'unlistable-field', '/list/sort/0'],
    ['search: [tags]', 'unlistable-field', '/search/0'],
    ['list: { sort: [tags] }', 'unlistable-field', '/list/sort/0'],
    ['list: { filter: [data] }', 'unlistable-field', '/list/filter/0'],
    ['list: { sort: [data] }', 'unlistable-field', '/list/sort/0'],
    ['list: { sort: [notes] }', 'index-too-wide', '/list/sort/0'],
    ['unique: { one: { fields: [tags] } }', 'unlistable-field', '/unique/one/fields/0'],
    ['unique: { one: { fields: [createdAt] } }', 'unknown-field', '/unique/one/fields/0'],
    ['indexes: { one: { fields: [data] } }', 'unlistable-field', '/indexes/one/fields/0'],
    ['indexes: { one: { fields: [nothing] } }', 'unknown-field', '/indexes/one/fields/0'],
    ['indexes: { a: { fields: [name] }, b: { fields: [name] } }', 'duplicate-list', '/indexes/b'],
    ['unique: { a: { fields: [name, lead] }, b: { fields: [lead, name] } }', 'duplicate-list', '/unique/b'],
    ['list: { pageSize: 101 }', 'page-over-maximum', '/list/pageSize'],
    ['list: { pageSize: 20, maxPageSize: 10 }', 'page-over-maximum', '/list/pageSize'],
  ])('%s is refused', (rest, name, path) => {
    expect(problemsOf(leadWith(fields, `${rest}\n`))).toEqual([`${name} /entities/Lead${path}`]);
  });

  test('times that every entity has can be filtered, sorted and indexed', () => {
    const rest =
      'list: { filter: [createdAt], sort: [updatedAt, name] }\nindexes: { recent: { fields: [lead, createdAt] } }\n';
    expect(problemsOf(leadWith(fields, rest))).toEqual([]);
  });

  test('a link written with Id is mended', () => {
    expect(problemsOf(applyFixes(leadWith(fields, 'list: { filter: [leadId] }\n')))).toEqual([]);
  });
});

describe('grants', () => {
  const grant = (allow: string): string => `{ roles: [anonymous], allow: [${allow}], rows: all }`;
  const lead = (field: string, access: string): string =>
    specOf(`  Lead:\n    fields: { day: { type: date${field} } }\n    access: ${access}`);

  test('two grants that say the same are refused', () => {
    const text = lead('', `{ a: ${grant('read, create')}, b: ${grant('create, read')}, c: ${grant('read')} }`);
    expect(problemsOf(text)).toEqual(['duplicate-grant /entities/Lead/access/b']);
  });

  test('an update of nothing is refused', () => {
    const text = lead(', immutable: true', `{ a: ${grant('create, update')} }`);
    expect(problemsOf(text)).toEqual(['nothing-to-update /entities/Lead/access/a/allow/1']);
  });

  test('no grant at all is fine', () => {
    expect(problemsOf(lead('', '{}'))).toEqual([]);
  });
});

test('a rule that is asked of another row may read what is computed there, whatever its name', () => {
  const member = `  Member:
    fields:
      team: { type: reference, to: Team, inverse: members }
      points: { type: integer }
      rest: { type: integer, computed: "record.points * 2" }
    rules: { isTop: "record.rest > 2" }
    access: {}
`;
  const team = (tops: string): string =>
    `  Team:\n    fields:\n      rest: { type: integer, computed: "1 + 1" }\n      tops: { type: integer, computed: "${tops}" }\n    access: {}\n`;
  expect(problemsOf(specOf(team('record.members.count(m, m.isTop)') + member))).toEqual([]);
  expect(problemsOf(specOf(team('record.members.count(m, m.isTop) + record.rest') + member))).toEqual([
    'computed-chain /entities/Team/fields/tops/computed',
  ]);
});

describe('what is asked for by a condition is there', () => {
  const needed = (computed: string): readonly string[] =>
    problemsOf(
      specOf(`  Step:
    fields:
      a: { type: integer, optional: true }
      b: { type: integer, optional: true }
      q: { type: integer }
      note: { type: string, optional: true }
      prior: { type: reference, to: Step, optional: true }
      value: { type: integer, computed: "${computed}" }
    rules: { counts: "record.a != null" }
    access: {}
`),
    );

  test.each([
    'record.a == null ? 0 : record.a + 1',
    'record.a == null ? -1 : -record.a',
    'null != record.a ? record.a : 0',
    'record.prior == null ? 0 : record.prior.q',
    'record.priorId == null ? 0 : record.prior.q',
    'record.prior.a == null ? 0 : record.prior.a + record.prior.q',
    'record.prior == null || record.prior.a == null ? 0 : record.prior.a',
    'record.a != null && record.b != null ? record.a * record.b : 0',
    '!(record.a == null || record.b == null) ? record.a * record.b : 0',
    'record.a != null && record.q > 1 || record.a > 2 ? record.a : 0',
    'record.a + record.b == null ? 0 : record.a * record.b',
    'record.a == null ? 0 : record.b == null ? record.a : record.a + record.b',
    'record.note == null ? 0 : size(record.note)',
    'record.counts ? record.a : 0',
    'record.a == 3 || record.a in [4, 5] ? record.a : 0',
    'record.q == 0 ? 0 : 6 / record.q',
    'record.q != 0 ? 6 % record.q : 0',
    '0 < record.q ? 6 / record.q : 0',
    'record.q + 1 <= 0 ? 0 : record.q / (record.q + 1)',
    '!(record.q > -2) || record.q == 7 ? 6 / record.q : 0',
    'record.a == null || record.a == 0 ? 0 : record.q / record.a',
    'record.a > 0 && record.b < 0 ? record.a / record.b + record.b / record.a : 0',
    'record.prior == null || record.prior.q == 0 ? 0 : 6 / record.prior.q',
  ])('%s', (computed) => {
    expect(needed(computed)).toEqual([]);
  });

  test.each([
    'record.a == null && record.b == null ? 0 : record.a + record.b',
    'record.a != null || record.b != null ? record.a + record.b : 0',
    'record.a == null ? record.a : 0',
    'record.a == record.b ? record.a : 0',
    'record.a != 3 ? record.a : 0',
    'record.a == null ? 0 : record.prior.a',
    'record.prior == null ? 0 : record.prior.a',
    'record.prior.counts ? record.a : 0',
    'record.a == null ? 0 : 6 / record.a',
    'record.a == 0 ? 0 : 6 / record.a',
    'record.q >= 0 ? 6 / record.q : 0',
    'record.q > -1 ? 6 / record.q : 0',
    'record.q == 0 ? 6 / record.q : 0',
    'record.q == 0 || record.q == 1 ? 0 : 6 / record.prior.q',
    'record.q != 0 || record.a != 0 ? 6 / record.q : 0',
    'record.q != 7 ? 6 / record.q : 0',
  ])('%s may be absent', (computed) => {
    expect(needed(computed)).toEqual(['computed-absent /entities/Step/fields/value/computed']);
  });
});
