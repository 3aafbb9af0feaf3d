import { expect, test } from 'vitest';
import { migrateDown } from '../../runtime/migrations/migrate-down.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase } from './databases.ts';
import { migrationsOf, planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

const lead = (fields: string): string => spec({ Lead: `fields:\n  ${fields.replaceAll('; ', '\n  ')}` });
const PLAIN = lead('a: { type: text }; b: { type: text }; mood: { type: enum, values: [x, y] }');
const EXCHANGED = lead(
  'a: { type: text, was: b }; b: { type: text, was: a }; mood: { type: enum, values: [y, x], valuesWere: { x: y, y: x } }',
);

describeEachDatabase((version) =>
  test('an exchange of names is made once, and again when it is declared again', async () => {
    const { database, close } = await openTestDatabase(version);
    try {
      const { history, migrations } = planSpecs(PLAIN);
      await migrate(database, migrations);
      const query = async (text: string): Promise<unknown> => (await database.query({ text, values: [] })).rows;
      await query("insert into leads (a, b, mood) values ('first', 'second', 'x')");
      let now = history;
      const build = async (text: string): Promise<unknown> => {
        now = sealed(now, planSpec(text, now));
        await migrate(database, migrationsOf(now));
        return query('select a, b, mood from leads');
      };
      const there = [['first', 'second', 'x']];
      const back = [['second', 'first', 'y']];
      expect(await build(EXCHANGED)).toEqual(back);
      expect(await build(EXCHANGED)).toEqual(back);
      expect(await build(`${EXCHANGED}    description: Another text.\n`)).toEqual(back);
      const forgotten = planSpec(PLAIN.replace('[x, y]', '[y, x]'), now).migration;
      expect(forgotten?.claim.operations.map(({ kind }) => kind)).toEqual(['setOrigin', 'setExchangedValues']);
      expect(await build(PLAIN.replace('[x, y]', '[y, x]'))).toEqual(back);
      expect(await build(EXCHANGED.replace('[y, x]', '[x, y]'))).toEqual(there);
      await migrateDown(database, migrationsOf(now));
      expect(await query('select a, b, mood from leads')).toEqual(back);
    } finally {
      await close();
    }
  }),
);

test('names that changed places are a round: one more makes another', () => {
  const three = lead('a: { type: text }; b: { type: text }; c: { type: text }');
  const exchanged = lead('a: { type: text, was: b }; b: { type: text, was: a }; c: { type: text }');
  const round = lead('a: { type: text, was: b }; b: { type: text, was: c }; c: { type: text, was: a }');
  const { history, plan } = planSpecs(three, exchanged);
  expect(plan.migration?.claim.operations.filter(({ kind }) => kind === 'renameColumn')).toHaveLength(3);
  const next = planSpec(round, history).migration?.claim.operations ?? [];
  expect(next.filter(({ kind }) => kind === 'renameColumn')).toHaveLength(4);
});

test('what was renamed long ago stays, though its former name is in use again', () => {
  const chained = 'y: { type: text, was: x }; z: { type: text, was: y }';
  const { history } = planSpecs(lead('x: { type: text }; y: { type: text }'), lead(chained));
  const more = lead(`${chained}; x: { type: boolean, default: true }`);
  const plan = planSpec(more, history);
  expect(plan.migration?.claim.operations.map(({ kind }) => kind)).toEqual(['addColumn', 'createIndex']);
  const after = planSpec(more, sealed(history, plan));
  expect([after.diagnostics, after.migration]).toEqual([[], undefined]);
});
