import { expect, test } from 'vitest';
import { emptySchema, type DatabaseSchema } from '../../compiler/plan/database/database-schema.ts';
import { diffSchemas } from '../../compiler/plan/migration/diff/diff-schemas.ts';
import { NO_INTENTS } from '../../compiler/plan/migration/intent/intents.ts';
import { wayBack } from '../../compiler/plan/migration/way-back.ts';

const schema = (type: string): DatabaseSchema => ({
  ...emptySchema('public'),
  tables: [
    {
      name: 'leads',
      columns: [{ name: 'x', type: { name: type }, notNull: false }],
      constraints: [],
      indexes: [],
      triggers: [],
      policies: [],
    },
  ],
});

/** Whether values are said to be lost, and whether there is a way back. */
function claim(from: string, to: string): readonly [boolean, boolean] {
  const { operations, hazards } = diffSchemas(schema(from), schema(to), { ...NO_INTENTS, isAllowed: () => true });
  const back = wayBack({ from: schema(from), to: schema(to), operations, hazards });
  return [hazards.some(({ kind, object }) => kind === 'DATA_LOSS' && object === 'leads.x'), back.kind === 'down'];
}

test.each([
  ['text', 'jsonb'],
  ['json', 'jsonb'],
  ['text', 'integer'],
  ['text', 'numeric(8,2)'],
  ['text', 'boolean'],
  ['text', 'uuid'],
])('what is read anew is no longer spelled as it was: %s to %s', (from, to) => {
  expect(claim(from, to)).toEqual([true, false]);
});

test.each([
  ['jsonb', 'json'],
  ['varchar(9)', 'text'],
  ['integer', 'bigint'],
])('what comes back as it was is not said to be lost: %s to %s', (from, to) => {
  expect(claim(from, to)[0]).toBe(false);
});

test('JSON keeps its spelling as text, and goes back to what it was', () => {
  expect(claim('text', 'json')).toEqual([false, true]);
});
