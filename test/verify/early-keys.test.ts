import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveMigration } from '../../compiler/verify/prove-migration.ts';
import {
  emptySchema,
  type Constraint,
  type DatabaseSchema,
  type Table,
} from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { foldOperations } from '../../compiler/plan/migration/fold-operations.ts';
import { NO_INTENTS } from '../../compiler/plan/migration/intent/intents.ts';
import { migrationSql } from '../../compiler/plan/migration/migration-sql.ts';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database.close());

const TEXT = { name: 'text' };
const KEY: Constraint = { kind: 'unique', name: 'towns_code_key', columns: ['code'] };
const LINK: Constraint = {
  kind: 'foreignKey',
  name: 'visits_code_fkey',
  columns: ['code'],
  references: { table: 'towns', columns: ['code'] },
};

function table(name: string, notNull: boolean, ...constraints: readonly Constraint[]): Table {
  return {
    name,
    columns: [{ name: 'code', type: TEXT, notNull }],
    constraints,
    indexes: [],
    triggers: [],
    policies: [],
  };
}

const schemaOf = (...tables: readonly Table[]): DatabaseSchema => ({ ...emptySchema('public'), tables });

// A unique goes before its values are filled, as it would stand in the way of those.
const BEFORE = schemaOf(table('towns', false, KEY), table('visits', true, LINK));
const GONE = schemaOf(table('towns', true), table('visits', true));

test.each([
  ['with the link', GONE],
  ['with the table of the link', schemaOf(table('towns', true))],
])('a key that goes early, %s that rests on it: proven', async (_, to) => {
  const backfills = [{ table: 'towns', column: 'code', expression: "'none'" }];
  const { operations, hazards } = diffSchemas(BEFORE, to, { ...NO_INTENTS, backfills, isAllowed: () => true });
  const dropped = operations.flatMap((item) => (item.kind === 'dropConstraint' ? [item.name] : []));
  expect(dropped.slice(0, 2)).toEqual(['visits_code_fkey', 'towns_code_key']);
  const claim = { id: '0002_early', from: BEFORE, to: foldOperations(BEFORE, operations), operations, hazards };
  const sql = migrationSql('public', operations, hazards);
  expect(await database.session((session) => proveMigration({ ...claim, sql }, session))).toEqual([]);
});
