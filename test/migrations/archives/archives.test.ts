import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveMigration } from '../../../compiler/verify/prove-migration.ts';
import { migrate } from '../../../runtime/migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../databases.ts';
import { planSpec, planSpecs, spec } from '../plan-spec.ts';
import { ARCHIVE_CASES } from './archive-cases.ts';
import { judgeArchive } from './judge-archive.ts';
import { restoreRow } from './restore-row.ts';

const ID = '00000000-0000-7000-8000-000000000001';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await openTestDatabase(undefined);
});
afterAll(() => test_.close());

async function query(text: string): Promise<readonly (readonly (string | null)[])[]> {
  return (await test_.database.query({ text, values: [] })).rows;
}

// Every third kind of change here, all of them in `npm run test:long`.
test.each(Object.entries(ARCHIVE_CASES).filter((_, index) => index % 3 === 0))(
  'a deleted row comes back, or is named: %s',
  (_, item) => judgeArchive(item, test_),
);

const LEAD = (fields: string): string => `softDelete: true\nfields:\n  ${fields}`;

test('a default that leaves again has been given to deleted rows', async () => {
  const texts = ['x: { type: string }', 'x: { type: string }\n  y: { type: integer, default: 7 }'];
  const last = 'x: { type: string }\n  y: { type: integer }';
  const { migrations } = planSpecs(...[...texts, last].map((fields) => spec({ Lead: LEAD(fields) })));
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(`insert into leads (id, x) values ('${ID}', 'a')`);
  await query('delete from leads');
  await migrate(test_.database, migrations);
  expect(await restoreRow(test_.database, spec({ Lead: LEAD(last) }), 'Lead', ID)).toBe(true);
  expect(await query('select y from leads')).toEqual([['7']]);
});

test.each([
  ['41', '40', '42'],
  ['40', '41', '42'],
  ['-5', '-7', '1'],
])('a number that was given is not given again: %s, of a deleted row %s, then %s', async (live, deleted, next) => {
  const head = 'migration:\n  allow: [check field Lead.n]\n';
  const fields = (n: string): string => LEAD(`x: { type: string }\n  n: { ${n} }`);
  const { migrations } = planSpecs(
    spec({ Lead: fields('type: integer') }),
    spec({ Lead: fields('type: integer, sequence: true') }, head),
  );
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(`insert into leads (x, n) values ('live', ${live}), ('deleted', ${deleted})`);
  await query("delete from leads where x = 'deleted'");
  await migrate(test_.database, migrations);
  expect(await query("insert into leads (x) values ('next') returning n")).toEqual([[next]]);
});

test('the highest number of all is no number too high', async () => {
  const head = 'migration:\n  allow: [check field Lead.n]\n';
  const fields = (n: string): string => `fields:\n  x: { type: string }\n  n: { ${n} }`;
  const { migrations } = planSpecs(
    spec({ Lead: fields('type: integer') }),
    spec({ Lead: fields('type: integer, sequence: true') }, head),
  );
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query("insert into leads (x, n) values ('last', 2147483647)");
  await migrate(test_.database, migrations);
  await expect(query("insert into leads (x) values ('next')")).rejects.toMatchObject({ sqlState: '2200H' });
});

const KEPT = 'softDelete: true\nfields:\n  x: { type: string }';
const NOT_KEPT = 'fields:\n  x: { type: string }';

test.each([
  ['it keeps none any more', { Lead: KEPT }, { Lead: NOT_KEPT }, 'drop deleted rows of Lead'],
  ['nor under another name', { Lead: KEPT }, { Deal: `${NOT_KEPT}\nwas: Lead` }, 'drop deleted rows of Deal'],
  ['another does', { Lead: KEPT, Deal: NOT_KEPT }, { Lead: NOT_KEPT, Deal: KEPT }, 'drop deleted rows of Lead'],
  ['it goes', { Lead: KEPT, Deal: NOT_KEPT }, { Deal: NOT_KEPT }, 'drop entity Lead'],
  [
    'an entity takes their place',
    { Lead: KEPT },
    { Lead: NOT_KEPT, LeadsDeleted: `table: leads_deleted\n${NOT_KEPT}` },
    'drop deleted rows of Lead',
  ],
  [
    'they take the place of an entity',
    { Lead: NOT_KEPT, LeadsDeleted: `table: leads_deleted\n${NOT_KEPT}` },
    { Lead: KEPT },
    'drop entity LeadsDeleted',
  ],
])('what becomes of deleted rows is said in the names of the spec: %s', async (_, before, after, line) => {
  const { history } = planSpecs(spec(before));
  const refused = planSpec(spec(after), history).diagnostics;
  expect(refused.map(({ message }) => /allow: \[(.+?)\]/.exec(message)?.[1])).toEqual([line]);
  const { plan } = planSpecs(spec(before), spec(after, `migration:\n  allow: [${line}]\n`));
  const claim = plan.migration?.claim;
  expect(claim && (await test_.database.session((session) => proveMigration(claim, session)))).toEqual([]);
});

test('a count says which deleted rows meet others by what theirs becomes', async () => {
  const fields = (type: string): string =>
    `${LEAD(`k: { ${type} }\n  x: { type: date }\n  y: { type: date }`)}
noOverlap: { free: { per: [k], from: x, to: y } }`;
  const head = 'migration:\n  allow: [change field Lead.k, check field Lead.k]\n';
  const after = spec({ Lead: fields('type: integer') }, head);
  const { plan, migrations } = planSpecs(spec({ Lead: fields('type: decimal, precision: 5, scale: 1') }), after);
  await test_.reset();
  await migrate(test_.database, migrations.slice(0, 1));
  await query(`insert into leads (id, k, x, y) values ('${ID}', 1.2, '2026-01-02', '2026-01-09')`);
  await query('delete from leads');
  const found = plan.migration?.claim.hazards.find(({ object }) => object === 'leads_deleted.leads_free_excl');
  expect(found?.kind).toBe('BEHAVIOUR_CHANGE');
  const count = async (): Promise<unknown> => (await query(found?.query ?? ''))[0]?.[0];
  await query(
    "insert into leads (k, x, y) values (1.4, '2026-01-09', '2026-01-10'), (1.6, '2026-01-02', '2026-01-09')",
  );
  expect(await count()).toBe('0');
  await query("insert into leads (k, x, y) values (1.4, '2026-01-08', '2026-01-09')");
  expect(await count()).toBe('1');
  await migrate(test_.database, migrations);
  await expect(restoreRow(test_.database, after, 'Lead', ID)).rejects.toThrow();
});
