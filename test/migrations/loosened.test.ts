import { expect, test } from 'vitest';
import { proveOnEmbedded } from '../../compiler/verify/prove-on-embedded.ts';
import { planSpec, planSpecs, spec } from './plan-spec.ts';

const LEAD = (more = '', state = ''): string => `
fields:
  a: { type: integer }
  b: { type: integer }
  state: { type: enum, values: [open, won], default: open${state} }
${more}`;
const NAMED = '0002_loosen_leads';

test.each([
  ['frozen rows', LEAD('frozen: "record.state == \'won\'"'), 'leads_frozen', NAMED],
  ['a condition', LEAD('checks: { ordered: "record.a < record.b" }'), 'leads_ordered_check', NAMED],
  ['a unique', LEAD('unique: { once: { fields: [a, b] } }'), 'leads_once_key', NAMED],
  [
    'a unique of some rows',
    LEAD('unique: { once: { fields: [a], where: "record.b > 0" } }'),
    'leads_once_key',
    '0002_',
  ],
  ['a state machine', LEAD('', ', transitions: { open: [won] }'), 'leads_state_transition', NAMED],
])('%s may go without a consent, and name and header say so', (_, before, rule, name) => {
  const { history } = planSpecs(spec({ Lead: before }));
  const { diagnostics, migration } = planSpec(spec({ Lead: LEAD() }), history);
  expect(diagnostics).toEqual([]);
  expect(migration?.id.startsWith(name)).toBe(true);
  expect(migration?.sql.text).toContain(`-- INTEGRITY_LOOSENED: ${rule}\n`);
});

test.each([
  ['integer, max: 5', 'integer, max: 9'],
  ['integer, min: 3', 'integer, min: 1, optional: true'],
  ['string, many: true, maxItems: 3', 'string, many: true, maxItems: 5'],
])('a field takes another name and is loosened at once: %s, %s', async (before, after) => {
  const { history } = planSpecs(spec({ Lead: `fields: { a: { type: ${before} } }` }));
  const { diagnostics, migration } = planSpec(spec({ Lead: `fields: { b: { type: ${after}, was: a } }` }), history);
  expect(diagnostics).toEqual([]);
  expect(migration?.sql.text).not.toContain('MAY_FAIL_ON_DATA');
  expect(migration?.claim && (await proveOnEmbedded(migration.claim))).toEqual([]);
});

test('and is asked about where it is narrowed too', () => {
  const { history } = planSpecs(spec({ Lead: 'fields: { a: { type: integer, max: 5 } }' }));
  const narrowed = spec({ Lead: 'fields: { b: { type: integer, max: 4, was: a } }' });
  expect(planSpec(narrowed, history).diagnostics.map(({ code }) => code)).toEqual(['SC4211']);
});

test('a rule that goes with its field is no rule that goes', () => {
  const { history } = planSpecs(spec({ Lead: LEAD('unique: { once: { fields: [a] } }') }));
  const after = LEAD().replace('  a: { type: integer }\n', '');
  const { migration } = planSpec(spec({ Lead: after }, 'migration:\n  allow: [drop field Lead.a]\n'), history);
  expect(migration?.id).toMatch(/^0002_drop_leads_a_/);
  expect(migration?.sql.text).not.toContain('INTEGRITY_LOOSENED');
});

test.each(['record.a != record.b', 'record.a < 3 || record.b < 3', '3 > record.b && record.a < 3'])(
  'two fields take each other’s names under a condition that says the same of both: %s',
  async (condition) => {
    const checks = `checks: { two: "${condition}" }`;
    const swapped = LEAD(checks).replace('a: { type', 'a: { was: b, type').replace('b: { type', 'b: { was: a, type');
    const { history } = planSpecs(spec({ Lead: LEAD(checks) }));
    const { diagnostics, migration } = planSpec(spec({ Lead: swapped }), history);
    expect(diagnostics).toEqual([]);
    expect(migration?.sql.text).not.toMatch(/MAY_FAIL|LOOSENED/);
    expect(migration?.claim && (await proveOnEmbedded(migration.claim))).toEqual([]);
  },
);

test('and not where it tells one from the other', () => {
  const checks = 'checks: { two: "record.a < record.b" }';
  const swapped = LEAD(checks).replace('a: { type', 'a: { was: b, type').replace('b: { type', 'b: { was: a, type');
  const { history } = planSpecs(spec({ Lead: LEAD(checks) }));
  expect(planSpec(spec({ Lead: swapped }), history).diagnostics.map(({ code }) => code)).toEqual(['SC4211']);
});

test('no check goes because the link that it looks at others by has another name, be it one of several', () => {
  const orders = spec({
    Shop: 'fields: { limit: { type: integer } }',
    Order: `
fields:
  total: { type: integer }
  shop: { type: reference, to: Shop }
checks: { cap: "record.total <= record.shop.limit", few: "record.total * 2 <= record.shop.limit" }`,
  });
  const renamed = orders.replaceAll('record.shop', 'record.seller').replace('shop: {', 'seller: { was: shop,');
  const { plan } = planSpecs(orders, renamed);
  expect(plan.migration?.sql.text).not.toContain('INTEGRITY_LOOSENED');
  expect(plan.migration?.sql.text).not.toContain('drop trigger');
});
