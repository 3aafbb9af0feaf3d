type Entities = Readonly<Record<string, string>>;

const LEAD = 'fields:\n  name: { type: string }';

/** Edits of a spec that add and take nothing away: entity bodies before and after. */
export const ADDITIONS: Readonly<Record<string, { readonly before: Entities; readonly after: Entities }>> = {
  'an entity that links to one that exists': {
    before: { Lead: LEAD },
    after: { Lead: LEAD, Note: 'fields:\n  lead: { type: reference, to: Lead, onDelete: cascade }' },
  },
  'two entities that link to each other': {
    before: { Lead: LEAD },
    after: {
      Lead: LEAD,
      A: 'fields:\n  b: { type: reference, to: B, optional: true }',
      B: 'fields:\n  a: { type: reference, to: A, optional: true }',
    },
  },
  'optional fields of many types': {
    before: { Lead: LEAD },
    after: {
      Lead: `${LEAD}
  phone: { type: phone, optional: true }
  score: { type: integer, min: 0, max: 9, optional: true }
  site: { type: url, optional: true }
  other: { type: reference, to: Lead, optional: true, onDelete: setNull }
  mood: { type: enum, values: [good, bad], optional: true }`,
    },
  },
  'required fields with defaults': {
    before: { Lead: LEAD },
    after: {
      Lead: `${LEAD}
  score: { type: integer, min: 0, default: 3 }
  tags: { type: string, many: true, maxItems: 3 }
  state: { type: enum, values: [open, shut], default: open, transitions: { open: [shut] } }`,
    },
  },
  'an optional unique field, plain and folded': {
    before: { Lead: LEAD },
    after: {
      Lead: `${LEAD}
  code: { type: string, maxLength: 20, optional: true, unique: true }
  email: { type: email, optional: true, unique: true }
unique:
  nameAndCode: { fields: [name, code] }`,
    },
  },
  'filters, sorts and indexes, which also replace others': {
    before: {
      Lead: `${LEAD}\n  boss: { type: reference, to: Lead, optional: true }\nlist: { filter: [createdAt], sort: [createdAt] }`,
    },
    after: {
      Lead: `${LEAD}\n  boss: { type: reference, to: Lead, optional: true }\nindexes:\n  named: { fields: [name, boss] }\nlist: { filter: [boss, name], sort: [name, createdAt] }`,
    },
  },
  'enum values at the end, the start and in between': {
    before: { Lead: `${LEAD}\n  mood: { type: enum, values: [b, d], default: b }` },
    after: { Lead: `${LEAD}\n  mood: { type: enum, values: [a0, a, b, c, d, e, f], default: b }` },
  },
};
