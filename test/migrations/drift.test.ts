import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SchemaDrifted } from '../../runtime/migrations/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs } from './plan-spec.ts';
import { ONE, TWO } from './two-specs.ts';

const { migrations } = planSpecs(ONE, TWO);

describeEachDatabase((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
  });
  beforeEach(async () => {
    await opened.reset();
    await migrate(opened.database, migrations.slice(0, 1));
  });
  afterAll(() => opened.close());

  const run = (sql: string): Promise<void> => opened.database.session((session) => session.script(sql));

  test('what a hand did to a migrated table is refused by its name before anything runs', async () => {
    await run('alter table leads add legacy_code text; create index by_hand on leads (name)');
    const failure = await migrate(opened.database, migrations).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SchemaDrifted);
    expect(failure).toMatchObject({
      differences: [
        { kind: 'column', name: 'leads.legacy_code', change: 'added' },
        { kind: 'index', name: 'leads.by_hand', change: 'added' },
      ],
    });
    await run('alter table leads drop legacy_code; drop index by_hand');
    expect((await migrate(opened.database, migrations)).applied).toHaveLength(1);
  });

  test('what everybody may do by a grant is drift', async () => {
    await run('grant select, insert on leads to public');
    await expect(migrate(opened.database, migrations)).rejects.toThrow(
      'table leads: right of everybody is insert, select, and should be none',
    );
    await run('revoke all on leads from public');
    expect((await migrate(opened.database, migrations)).applied).toHaveLength(1);
  });

  test('what is declared to be someone else’s is let be, but not what is gone', async () => {
    await run('alter table leads add legacy_code text');
    const unmanaged = ['leads.legacy_code', 'leads.name'];
    expect((await migrate(opened.database, migrations, { unmanaged })).applied).toHaveLength(1);
    await opened.reset();
    await migrate(opened.database, migrations.slice(0, 1));
    await run('alter table leads drop name');
    await expect(migrate(opened.database, migrations, { unmanaged })).rejects.toThrow(/column leads.name is missing/);
  });

  test('tables of someone else are no drift, and nothing is where there is nothing to apply', async () => {
    await run('create table other (lead uuid references leads); create view mine as select * from leads');
    expect((await migrate(opened.database, migrations)).applied).toHaveLength(1);
    await run('alter table leads add late text');
    expect(await migrate(opened.database, migrations)).toEqual({ applied: [] });
  });

  test('a ledger of an older runner is given what it lacks', async () => {
    await run('alter table supercompile_migrations drop rows, drop catalogue');
    await run('alter table leads add legacy_code text');
    expect((await migrate(opened.database, migrations)).applied).toHaveLength(1);
  });
});
