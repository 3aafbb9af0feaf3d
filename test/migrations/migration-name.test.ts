import { expect, test } from 'vitest';
import { migrationName } from '../../compiler/plan/migration/migration-name.ts';
import type { Operation } from '../../compiler/plan/migration/operations.ts';

const named = (...operations: readonly Operation[]): string =>
  migrationName({ format: 1, parent: '0004_x_00000000', from: '', operations }).slice(0, -9);
const column = (name: string) => ({ name, type: { name: 'integer' }, notNull: false });
const add = (name: string): Operation => ({ kind: 'addColumn', table: 'lines', column: column(name) });
const drop = (name: string): Operation => ({ kind: 'dropColumn', table: 'lines', name });
const retype = (name: string): Operation => ({ kind: 'setColumnType', table: 'lines', name, type: { name: 'bigint' } });

test('the name of a migration tells what has the most consequence, and how much more there is', () => {
  expect(named(add('a'))).toBe('0005_add_lines_a');
  expect(named(add('a'), add('b'))).toBe('0005_add_lines_a_lines_b');
  expect(named(add('a'), drop('b'))).toBe('0005_drop_lines_b_and_1_more');
  expect(named(drop('sum'), retype('a'), retype('b'), retype('c'), add('sum'))).toBe(
    '0005_retype_lines_sum_lines_a_lines_b_lines_c',
  );
  expect(named(add('x'), ...['a', 'b', 'c', 'd', 'long_name', 'longer_name'].map(retype))).toBe(
    '0005_retype_lines_a_lines_b_lines_c_and_4_more',
  );
  expect(named(add('n'.repeat(60)), drop('d'.repeat(60)))).toBe(`0005_drop_lines_${'d'.repeat(26)}_and_1_more`);
});

test('what comes with a column is not counted', () => {
  const index: Operation = { kind: 'createIndex', table: 'lines', index: { name: 'i', keys: [{ column: 'a' }] } };
  const notNull: Operation = { kind: 'setNotNull', table: 'lines', name: 'a', notNull: true };
  expect(named(add('a'), index)).toBe('0005_add_lines_a');
  expect(named(add('a'), notNull)).toBe('0005_add_lines_a');
});
