import { spec } from './plan-spec.ts';

/** What is migrated first. */
export const ONE = spec({
  Lead: 'fields:\n  name: { type: string }\n  mood: { type: enum, values: [good], default: good }',
});
/** A step of each sort: values, expand, concurrent builds, swap, validate, drop. */
export const TWO = spec({
  Lead: `
fields:
  name: { type: string }
  mood: { type: enum, values: [good, bad], default: good }
  code: { type: string, maxLength: 9, optional: true, unique: true }
  score: { type: integer, min: 0, default: 1 }
  boss: { type: reference, to: Lead, optional: true }
list:
  filter: [boss, mood]
  sort: [score]
`,
});
