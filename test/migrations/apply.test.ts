import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { migrationStatus } from '../../runtime/migrations/status.ts';
import { ADDITIONS } from './additions.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs, spec } from './plan-spec.ts';
import { readCatalogue } from './read-catalogue.ts';
import { RESERVED, WIDE } from './specs.ts';

describeEachDatabase((version) => {
  let test_: TestDatabase;
  beforeAll(async () => {
    test_ = await openTestDatabase(version);
  });
  afterAll(() => test_.close());

  async function catalogueOf(...texts: readonly string[]): Promise<readonly string[]> {
    const { migrations, plan } = planSpecs(...texts);
    await test_.reset('crm', 'select');
    await migrate(test_.database, migrations);
    expect(await migrationStatus(test_.database, migrations)).toEqual({
      applied: migrations.map(({ id }) => id),
      pending: [],
    });
    return readCatalogue(test_.database, plan.schema.name);
  }

  test.each([
    ['every type and rule', WIDE],
    ['reserved and long names', RESERVED],
  ])('a first migration applies: %s', async (_, text) => {
    const lines = await catalogueOf(text);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => line.includes('valid f'))).toEqual([]);
  });

  test.each(['crm', 'select'])('a schema of its own is made and used: %s', async (name) => {
    const own = await catalogueOf(WIDE.replace('entities:', `database: { schema: ${name} }\nentities:`));
    expect(own.length).toBeGreaterThan(20);
    // An extension is the whole database's.
    expect(await readCatalogue(test_.database, 'public')).toEqual(['extension pg_trgm']);
  });

  test.each(Object.entries(ADDITIONS))('old and migration equal fresh: %s', async (_, { before, after }) => {
    const migrated = await catalogueOf(spec(before), spec(after));
    const fresh = await catalogueOf(spec(after));
    expect(migrated).toEqual(fresh);
  });
});
