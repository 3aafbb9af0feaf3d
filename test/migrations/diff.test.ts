import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalSchema, schemaState } from '../../compiler/plan/database/canonical-schema.ts';
import { emptySchema, type DatabaseSchema, type Table } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { NO_INTENTS } from '../../compiler/plan/migration/intent/intents.ts';
import { foldOperations } from '../../compiler/plan/migration/fold-operations.ts';
import { FoldError } from '../../compiler/plan/migration/named-list.ts';
import type { Operation } from '../../compiler/plan/migration/operations.ts';
import { readHistory } from '../../compiler/plan/migration/read-history.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';
import { RESERVED, WIDE } from './specs.ts';

/** One field each, none of which makes an existing row invalid. */
const FIELDS = [
  'a: { type: string, optional: true, unique: true }',
  'b: { type: integer, default: 1, min: 0, max: 9 }',
  'c: { type: enum, values: [x, y], default: x, transitions: { x: [y] } }',
  'd: { type: reference, to: Base, optional: true, onDelete: cascade }',
  'e: { type: email, optional: true, unique: true }',
  'f: { type: string, many: true, maxItems: 3 }',
  'g: { type: url, optional: true }',
  'h: { type: json, default: { "k": 1 } }',
];

const fieldSet = fc.subarray(FIELDS);
const entities = fc.dictionary(fc.constantFrom('Lead', 'Order', 'Group'), fieldSet, { maxKeys: 3 });

function toSpec(fields: Readonly<Record<string, readonly string[]>>): string {
  const bodies = Object.entries({ Base: [], ...fields }).map(([name, lines]) => [
    name,
    ['fields:', '  name: { type: string }', ...lines.map((line) => `  ${line}`)].join('\n'),
  ]);
  return spec(Object.fromEntries(bodies));
}

const additivePair = fc.tuple(entities, entities).map(([before, more]) => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(more)])];
  const after = names.map((name) => [
    name,
    FIELDS.filter((line) => before[name]?.includes(line) || more[name]?.includes(line)),
  ]);
  return { before: toSpec(before), after: toSpec(Object.fromEntries(after)) };
});

test('whatever is added, the operations lead from the old schema to the new one', () => {
  fc.assert(
    fc.property(additivePair, ({ before, after }) => {
      const old = planSpec(before).schema;
      const next = planSpec(after).schema;
      const { operations, refusals } = diffSchemas(old, next);
      expect(refusals).toEqual([]);
      expect(schemaState(foldOperations(old, operations))).toEqual(schemaState(next));
    }),
    { numRuns: 60 },
  );
});

test.each([WIDE, RESERVED])('a schema differs in nothing from itself, nor from its own history', (text) => {
  const { plan, history } = planSpecs(text);
  expect(diffSchemas(plan.schema, plan.schema)).toEqual({ operations: [], hazards: [], unconsented: [], refusals: [] });
  expect(schemaState(readHistory(history, 'public').schema)).toEqual(schemaState(plan.schema));
});

test('what was added is taken away again once it is allowed, and no sooner', () => {
  fc.assert(
    fc.property(additivePair, ({ before, after }) => {
      const [old, next] = [planSpec(after).schema, planSpec(before).schema];
      const asked = diffSchemas(old, next);
      expect(asked.refusals.length + asked.unconsented.length > 0).toBe(before !== after);
      const { operations, refusals, unconsented } = diffSchemas(old, next, { ...NO_INTENTS, isAllowed: () => true });
      expect([...refusals, ...unconsented]).toEqual([]);
      expect(schemaState(foldOperations(old, operations))).toEqual(schemaState(next));
    }),
    { numRuns: 30 },
  );
});

describe('operations fold as Postgres does them', () => {
  const column = (name: string, more = {}) => ({ name, type: { name: 'integer' }, notNull: false, ...more });
  const table = (name: string, more: Partial<Table> = {}): Table => ({
    name,
    columns: [column('id'), column('a')],
    constraints: [],
    indexes: [],
    triggers: [],
    policies: [],
    ...more,
  });
  const base = (...tables: readonly Table[]): DatabaseSchema => canonicalSchema({ ...emptySchema('public'), tables });
  const folded = (schema: DatabaseSchema, ...operations: readonly Operation[]): Table | undefined =>
    foldOperations(schema, operations).tables[0];

  test('a renamed column is renamed in every expression, and in no literal', () => {
    const schema = base(
      table('t', {
        columns: [column('order'), column('total', { generated: { expression: `"order" + 1`, stored: true } })],
        constraints: [
          { kind: 'check', name: 'c', columns: ['order'], expression: `"order" > 0 and 'order "order"' <> ''` },
          { kind: 'unique', name: 'u', columns: ['order'] },
          { kind: 'exclusion', name: 'x', method: 'gist', elements: [{ key: { column: 'order' }, operator: '=' }] },
        ],
        indexes: [{ name: 'i', keys: [{ expression: 'abs("order")' }], include: ['order'], where: '"order" > 1' }],
        triggers: [
          {
            name: 'r',
            timing: 'before',
            events: [{ on: 'update', columns: ['order'] }],
            level: 'row',
            function: 'f',
            arguments: [],
          },
        ],
        policies: [{ name: 'p', command: 'all', using: '"order" = 1' }],
      }),
      table('u', {
        constraints: [
          { kind: 'foreignKey', name: 'fk', columns: ['a'], references: { table: 't', columns: ['order'] } },
        ],
      }),
    );
    const after = foldOperations(schema, [{ kind: 'renameColumn', table: 't', name: 'order', to: 'rank' }]);
    const [renamed, other] = after.tables;
    expect(renamed?.columns.map(({ name }) => name)).toEqual(['rank', 'total']);
    expect(renamed?.columns[1]?.generated?.expression).toBe('rank + 1');
    expect(renamed?.constraints).toEqual([
      { kind: 'check', name: 'c', columns: ['rank'], expression: `rank > 0 and 'order "order"' <> ''` },
      { kind: 'unique', name: 'u', columns: ['rank'] },
      { kind: 'exclusion', name: 'x', method: 'gist', elements: [{ key: { column: 'rank' }, operator: '=' }] },
    ]);
    expect(renamed?.indexes).toEqual([
      { name: 'i', keys: [{ expression: 'abs(rank)' }], include: ['rank'], where: 'rank > 1' },
    ]);
    expect(renamed?.triggers[0]?.events).toEqual([{ on: 'update', columns: ['rank'] }]);
    expect(renamed?.policies[0]?.using).toBe('rank = 1');
    expect(other?.constraints[0]).toMatchObject({ references: { table: 't', columns: ['rank'] } });
  });

  test('a dropped column takes its rules and indexes along', () => {
    const schema = base(
      table('t', {
        constraints: [{ kind: 'check', name: 'c', columns: ['a'], expression: 'a > 0' }],
        indexes: [{ name: 'i', keys: [{ column: 'a' }, { column: 'id' }] }],
      }),
    );
    expect(folded(schema, { kind: 'dropColumn', table: 't', name: 'a' })).toEqual(
      table('t', { columns: [column('id')] }),
    );
  });

  test('enums, tables and their parts can be renamed, changed and dropped', () => {
    const schema = { ...base(table('t')), enums: [{ name: 'e', values: ['x', 'y'] }] };
    const after = foldOperations(schema, [
      {
        kind: 'addColumn',
        table: 't',
        column: { name: 'e', type: { name: 'e', enum: true }, notNull: true, default: "'x'" },
      },
      { kind: 'renameEnumValue', enum: 'e', value: 'x', to: 'z' },
      { kind: 'addEnumValue', enum: 'e', value: 'w', before: 'y' },
      { kind: 'renameEnum', name: 'e', to: 'f' },
      { kind: 'renameTable', name: 't', to: 's' },
      { kind: 'addConstraint', table: 's', constraint: { kind: 'primaryKey', name: 'k', columns: ['id'] } },
      { kind: 'renameConstraint', table: 's', name: 'k', to: 's_pkey' },
      { kind: 'setNotNull', table: 's', name: 'a', notNull: true },
      { kind: 'setDefault', table: 's', name: 'a', default: '1' },
      { kind: 'setColumnType', table: 's', name: 'a', type: { name: 'bigint' } },
      { kind: 'setRowSecurity', table: 's', rowSecurity: 'forced' },
      { kind: 'createPolicy', table: 's', policy: { name: 'p', command: 'all' } },
    ]);
    expect(after.enums).toEqual([{ name: 'f', values: ['z', 'w', 'y'] }]);
    expect(after.tables[0]).toEqual({
      ...table('s'),
      columns: [
        column('id', { notNull: true }),
        column('a', { notNull: true, default: '1', type: { name: 'bigint' } }),
        { name: 'e', type: { name: 'f', enum: true }, notNull: true, default: "'z'" },
      ],
      constraints: [{ kind: 'primaryKey', name: 's_pkey', columns: ['id'] }],
      rowSecurity: 'forced',
      policies: [{ name: 'p', command: 'all' }],
    });
    expect(
      foldOperations(after, [
        { kind: 'dropTable', name: 's' },
        { kind: 'dropEnum', name: 'f' },
      ]),
    ).toEqual(emptySchema('public'));
  });

  test('what does not fit is an error', () => {
    expect(() => folded(base(table('t')), { kind: 'dropTable', name: 'u' })).toThrow(FoldError);
    expect(() => folded(base(table('t')), { kind: 'addColumn', table: 't', column: column('a') })).toThrow(FoldError);
    expect(() => folded(base(table('t')), { kind: 'dropColumn', table: 't', name: 'zz' })).toThrow(FoldError);
  });
});
