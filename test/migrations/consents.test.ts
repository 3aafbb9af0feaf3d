import { expect, test } from 'vitest';
import { planSpec, planSpecs, sealed, spec } from './plan-spec.ts';

const WITH_BOTH = spec({ Lead: 'fields:\n  name: { type: string }\n  x: { type: string }\n  y: { type: string }' });
const { history } = planSpecs(WITH_BOTH);

function leadWith(fields: readonly string[], ...allow: readonly string[]): string {
  const lines = fields.map((name) => `  ${name}: { type: string }`);
  const lead = { Lead: ['fields:', ...lines].join('\n') };
  return allow.length === 0 ? spec(lead) : spec(lead, `migration:\n  allow: [${allow.join(', ')}]\n`);
}

test('a consent lets its own object pass and no other', () => {
  const refused = planSpec(leadWith(['name'], 'drop field Lead.x'), history);
  expect(refused.migration).toBeUndefined();
  expect(refused.diagnostics).toMatchObject([{ code: 'SC4203', message: expect.stringContaining('Lead.y') }]);
  const passed = planSpec(leadWith(['name', 'y'], 'drop field Lead.x'), history);
  expect(passed.diagnostics).toEqual([]);
  expect(passed.migration?.sql.text).toContain('-- DATA_LOSS: leads.x, allowed by "drop field Lead.x"');
  expect(passed.migration?.claim.operations).toMatchObject([{ kind: 'dropColumn', name: 'x' }]);
});

test('a consent that no step uses is a warning, and lets nothing pass later', () => {
  const stale = planSpec(leadWith(['name', 'x', 'y'], 'drop field Lead.x'), history);
  expect(stale.migration).toBeUndefined();
  expect(stale.diagnostics).toMatchObject([{ code: 'SC4220', severity: 'warning' }]);
  const used = planSpec(leadWith(['name', 'y'], 'drop field Lead.x'), history);
  const after = sealed(history, used);
  expect(planSpec(leadWith(['name', 'y'], 'drop field Lead.x'), after).diagnostics).toMatchObject([{ code: 'SC4220' }]);
});

test('a table is written anew once, for all that is told of it', () => {
  const before = 'fields:\n  n: { type: integer }\n  x: { type: integer }';
  const after = 'fields:\n  n: { type: bigint }\n  x: { type: integer }\n  y: { type: integer, computed: "record.x" }';
  const { diagnostics } = planSpec(spec({ Lead: after }), planSpecs(spec({ Lead: before })).history);
  expect(diagnostics).toMatchObject([
    {
      code: 'SC4214',
      message: expect.stringMatching(
        /because "Lead\.y" is new .* and "Lead\.n" changes its type; .*rewrite entity Lead/,
      ),
    },
  ]);
});
