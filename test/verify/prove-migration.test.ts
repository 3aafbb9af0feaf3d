import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { emptySchema, type Constraint, type DatabaseSchema } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { migrationSql } from '../../compiler/plan/migration/migration-sql.ts';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import type { MigrationClaim } from '../../compiler/plan/migration/plan-migration.ts';
import { ADDITIONS } from '../migrations/additions.ts';
import { spec } from '../migrations/plan-spec.ts';
import { AFTER, BEFORE, claimOf, sampleOf, statementsOf, survivorsOf } from './changes.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

function prove(claim: MigrationClaim): Promise<readonly string[]> {
  return database.session((session) => proveMigration(claim, session));
}

test.each(Object.entries(ADDITIONS))('%s: proven', async (_, { before, after }) => {
  expect(await prove(claimOf(spec(before), spec(after)))).toEqual([]);
});

test('much at once: proven', async () => {
  expect(await prove(claimOf(BEFORE, AFTER))).toEqual([]);
});

test('a check of fields one of which is renamed: a rename, whatever the order of their names', async () => {
  const body = (field: string, name: string): string =>
    `fields:\n  cars: { type: integer }\n  ${field}\nchecks:\n  fits: "record.cars < record.${name}"`;
  const from = spec({ Ship: body('seats: { type: integer }', 'seats') });
  for (const name of ['berths', 'zseats']) {
    const claim = claimOf(from, spec({ Ship: body(`${name}: { was: seats, type: integer }`, name) }));
    expect(claim.operations.map(({ kind }) => kind)).toEqual(['renameColumn']);
    expect(await prove(claim)).toEqual([]);
  }
});

test('a list of links is no longer held, where a check over other rows leaves some rows out: proven', async () => {
  const worker = 'fields:\n  active: { type: boolean, default: true }';
  const task = (more: string): string =>
    `fields:\n  lead: { type: reference, to: Worker }\n  after: { type: references, to: Task${more} }\nchecks:\n  crewActive: "record.lead.active"`;
  const head = 'migration:\n  allow: [cascade field Task.after]\n';
  const after = spec({ Worker: worker, Task: task(', onDelete: unlink') }, head);
  expect(await prove(claimOf(spec({ Worker: worker, Task: task('') }), after))).toEqual([]);
});

test.each([
  ['to a plain field with a default', 'gross: { type: integer, default: 0 }', ['change field Bill.gross']],
  [
    'beside its operand',
    'gross: { type: integer, computed: "record.net + 1" }',
    ['drop field Bill.tax', 'rewrite entity Bill'],
  ],
])('a computed field goes over %s: proven', async (_, gross, allow) => {
  const body = (tax: string, last: string): string =>
    `fields:\n  net: { type: integer }\n  tax: { type: integer${tax} }\n  ${last}\nlist: { sort: [gross] }`;
  const head = `migration:\n  allow: [${allow.join(', ')}]\n`;
  const tax = gross.includes('computed') ? ', computed: "record.net * 2"' : '';
  const before = body('', 'gross: { type: integer, computed: "record.net + record.tax" }');
  expect(await prove(claimOf(spec({ Bill: before }), spec({ Bill: body(tax, gross) }, head)))).toEqual([]);
});

test('a computed field goes while what it is computed from becomes another kind of value: proven', async () => {
  const from = 'fields:\n  label: { type: string, maxLength: 50 }\n  net: { type: integer }\n';
  const before = `${from}  gross: { type: integer, computed: "record.net + 1" }\nsearch: [label]\nlist: { sort: [gross] }`;
  const after = 'fields:\n  label: { type: email }\n  net: { type: string, maxLength: 12 }\n';
  const head =
    'migration:\n  allow: [drop field Bill.gross, drop field Bill.search, rewrite entity Bill, check field Bill.net]\n';
  expect(await prove(claimOf(spec({ Bill: before }), spec({ Bill: after }, head)))).toEqual([]);
});

test.each([
  ['number', 'decimal, precision: 5, scale: 1'],
  ['decimal, precision: 5, scale: 1', 'integer'],
  ['decimal, precision: 5, scale: 1', 'number'],
  ['number', 'bigint'],
])('a number goes from %s to %s under rules that compare it: proven', async (from, to) => {
  const vendor = (type: string): string => `
fields:
  name: { type: string }
  rating: { type: ${type}, min: ${/number|integer/.test(type) ? '1' : '"1"'} }
checks: { low: "record.rating < 100" }
unique: { best: { fields: [name], where: "record.rating > 50" } }`;
  const allowed = ['change field Vendor.rating', ...(to === 'number' ? ['check field Vendor.rating'] : [])];
  const head = `migration:\n  allow: [${allowed.join()}]\n`;
  expect(await prove(claimOf(spec({ Vendor: vendor(from) }), spec({ Vendor: vendor(to) }, head)))).toEqual([]);
});

test('merged values under rules that read them: proven, as the header names each rule', async () => {
  const rules = `unique: { one: { fields: [name], where: "record.grade == 'a'" }, each: { fields: [name, grade] } }
checks:
  named: "record.grade != 'a' || record.name != 'x'"`;
  const body = (values: string): string =>
    `fields:\n  name: { type: string }\n  grade: { type: enum, values: [${values}], default: a }\n${rules}`;
  const head = `migration:
  values: { Vessel.grade: { b: a } }
  allow: [drop value Vessel.grade.b, check unique Vessel.one, check unique Vessel.each, check field Vessel.grade]
`;
  const claim = claimOf(spec({ Vessel: body('a, b, c') }), spec({ Vessel: body('a, c') }, head));
  const claimed = claim.hazards.filter(({ kind }) => kind === 'MAY_FAIL_ON_DATA');
  expect(claimed.map(({ object }) => object)).toEqual(['vessels_each_key', 'vessels_named_check', 'vessels_one_key']);
  // Each counts what breaks it once the values are one.
  const merged = "case grade::text when 'b' then 'a' else grade::text end";
  expect(claimed.filter(({ query }) => query?.includes(merged) !== true)).toEqual([]);
  expect(await prove(claim)).toEqual([]);
});

test('a rule that rests on an extension: proven with the extension', async () => {
  const from = schemaWith([]);
  const to = { ...schemaWith([OVERLAP]), extensions: [{ name: 'btree_gist' }] };
  expect(await proveOnEmbedded(claimBetween(from, to))).toEqual([]);
  expect(await proveOnEmbedded(claimBetween(to, from))).toEqual([]);
});

describe('a planner that forgets something is caught', () => {
  const claim = claimOf(BEFORE, AFTER);
  const statements = statementsOf(claim);

  test('in the SQL: one statement of each sort', async () => {
    const sample = sampleOf(statements);
    expect(await survivorsOf(claim, sample, prove)).toEqual([]);
    expect(sample.length).toBeGreaterThan(2);
  });

  test('in the header: a rewriting that it does not tell of', async () => {
    const hazards = claim.hazards.filter(({ kind }) => kind !== 'TABLE_REWRITE');
    expect(await prove({ ...claim, hazards })).toEqual([expect.stringContaining('is written anew')]);
  });

  test('values that a statement changes by the way', async () => {
    const sql = `${claim.sql}\nupdate public.accounts set name = name || '!';\n`;
    expect(await prove({ ...claim, sql })).toEqual(['rows of accounts are no longer what they were']);
  });
});

const OVERLAP: Constraint = {
  kind: 'exclusion',
  name: 'stays_room_no_overlap',
  method: 'gist',
  elements: [
    { key: { column: 'room' }, operator: '=' },
    { key: { expression: 'tstzrange(starts_at, ends_at)' }, operator: '&&' },
  ],
};

function schemaWith(constraints: readonly Constraint[]): DatabaseSchema {
  const time = { type: { name: 'timestamp with time zone' }, notNull: true } as const;
  const columns = [
    { name: 'room', type: { name: 'text' }, notNull: true },
    { name: 'starts_at', ...time },
    { name: 'ends_at', ...time },
  ];
  const table = { name: 'stays', columns, constraints, indexes: [], triggers: [], policies: [] };
  return { ...emptySchema('public'), tables: [table] };
}

function claimBetween(from: DatabaseSchema, to: DatabaseSchema): MigrationClaim {
  const { operations, hazards } = diffSchemas(from, to);
  return { id: 'stays', from, to, operations, hazards, sql: migrationSql('public', operations, hazards) };
}

test.each([
  ['whole numbers that become larger', 'integer, many: true', 'bigint, many: true'],
  ['short texts that become long', 'string, many: true', 'text, many: true'],
  ['texts of another length', 'string, maxLength: 20, many: true', 'string, maxLength: 30, many: true'],
  [
    'numbers of more digits',
    'decimal, precision: 8, scale: 2, many: true',
    'decimal, precision: 10, scale: 2, many: true',
  ],
])('lists of %s: proven', async (_, before, after) => {
  const [from, to] = [before, after].map((type) => spec({ Log: `fields:\n  items: { type: ${type} }` }));
  expect(await prove(claimOf(from ?? '', `${to}migration: { allow: [rewrite entity Log] }\n`))).toEqual([]);
});

test.each([
  ['fewer', '[a, b]', 'drop value Log.mood.c'],
  ['reordered', '[c, b, a]', 'change field Log.mood'],
])('deleted rows go while values are %s: proven', async (_, values, allowed) => {
  const fields = (list: string): string => `fields:\n  mood: { type: enum, values: ${list} }\n`;
  const head = `migration: { allow: [drop deleted rows of Log, ${allowed}] }\n`;
  const before = spec({ Log: `${fields('[a, b, c]')}softDelete: true` });
  expect(await prove(claimOf(before, spec({ Log: fields(values) }) + head))).toEqual([]);
});

test.each([
  ['its default', 'type: integer, default: 1', 'record.fresh > 2'],
  ['no value', 'type: integer, optional: true', 'record.fresh != null'],
])('a check that %s breaks in rows that exist: told in the header, with a count', async (_, field, check) => {
  const after = `fields:\n  name: { type: string }\n  fresh: { ${field} }\nchecks:\n  ck: "${check}"`;
  const claim = claimOf(
    spec({ Log: 'fields:\n  name: { type: string }' }),
    spec({ Log: after }) + 'migration: { allow: [check field Log.fresh] }\n',
  );
  expect(claim.hazards).toMatchObject([{ kind: 'MAY_FAIL_ON_DATA', query: expect.stringContaining('count(*)') }]);
  expect(await prove(claim)).toEqual([]);
});
