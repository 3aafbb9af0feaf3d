type Entities = Readonly<Record<string, string>>;

/** A change of names: whatever is called otherwise afterwards keeps its rows and values. */
export interface IdentityCase {
  readonly before: Entities;
  readonly after: Entities;
  readonly allow?: readonly string[];
  /** Rows before. */
  readonly rows: readonly string[];
  /** Queries over the tables after, with what they find. */
  readonly found: Readonly<Record<string, readonly (readonly (string | null)[])[]>>;
}

const BODY = 'fields:\n  x: { type: string }';
const two = (a: string, b: string): readonly string[] => [
  `insert into ${a} (x) values ('of a')`,
  `insert into ${b} (x) values ('of b')`,
];
const of = (name: string): readonly (readonly string[])[] => [[`of ${name}`]];

const list = (name: string, was = ''): string => `  ${name}: { type: references, to: Tag${was && `, was: ${was}`} }\n`;
const WORD = '00000000-0000-7000-8000-000000000001';

export const IDENTITY_CASES: Readonly<Record<string, IdentityCase>> = {
  'a list of links is renamed': {
    before: { Lead: `fields:\n${list('tags')}`, Tag: BODY },
    after: { Lead: `fields:\n${list('labels', 'tags')}`, Tag: BODY },
    rows: [
      `insert into tags (id, x) values ('${WORD}', 'of a')`,
      `insert into leads (tag_ids) values (array['${WORD}']::uuid[])`,
    ],
    found: { 'select x from tags join leads on tags.id = any (label_ids)': of('a') },
  },
  'a list of links takes the name that another leaves': {
    before: { Lead: `fields:\n${list('tags')}${list('labels')}`, Tag: BODY },
    after: { Lead: `fields:\n${list('labels', 'tags')}${list('marks', 'labels')}`, Tag: BODY },
    rows: [
      `insert into tags (id, x) values ('${WORD}', 'of a')`,
      `insert into leads (tag_ids) values (array['${WORD}']::uuid[])`,
    ],
    found: {
      'select x from tags join leads on tags.id = any (label_ids)': of('a'),
      'select x from tags join leads on tags.id = any (mark_ids)': [],
    },
  },
  'an entity moves to another table': {
    before: { Lead: BODY },
    after: { Lead: `table: prospects\n${BODY}` },
    rows: ["insert into leads (x) values ('of a')"],
    found: { 'select x from prospects': of('a') },
  },
  'a new entity takes the table of one that moves': {
    before: { Lead: BODY },
    after: { Lead: `table: prospects\n${BODY}`, Client: `table: leads\n${BODY}` },
    rows: ["insert into leads (x) values ('of a')"],
    found: { 'select x from prospects': of('a'), 'select x from leads': [] },
  },
  'two entities exchange their tables': {
    before: { Lead: BODY, Client: BODY },
    after: { Lead: `table: clients\n${BODY}`, Client: `table: leads\n${BODY}` },
    rows: two('leads', 'clients'),
    found: { 'select x from clients': of('a'), 'select x from leads': of('b') },
  },
  'an entity is renamed and keeps its table': {
    before: { Lead: BODY },
    after: { Client: `was: Lead\ntable: leads\n${BODY}` },
    rows: ["insert into leads (x) values ('of a')"],
    found: { 'select x from leads': of('a') },
  },
  'one goes and another moves to its table': {
    before: { Lead: BODY, Client: BODY },
    after: { Client: `table: leads\n${BODY}` },
    allow: ['drop entity Lead'],
    rows: two('leads', 'clients'),
    found: { 'select x from leads': of('b') },
  },
  'one goes and a new one takes its table, with types and deleted rows': {
    before: {
      Lead: `softDelete: true\n${BODY}\n  mood: { type: enum, values: [good, bad], default: good }\nunique:\n  byMood: { fields: [x, mood] }`,
      Note: 'fields:\n  lead: { type: reference, to: Lead, optional: true }',
    },
    after: {
      Client: `table: leads\nsoftDelete: true\n${BODY}\n  mood: { type: integer, default: 1 }`,
      Note: 'fields:\n  client: { type: reference, to: Client, optional: true }',
    },
    allow: ['drop entity Lead', 'drop field Note.lead'],
    rows: [
      "insert into leads (x, mood) values ('of a', 'bad'), ('deleted', 'bad')",
      "delete from leads where x = 'deleted'",
      'insert into notes (lead_id) select id from leads',
    ],
    found: {
      'select x from leads': [],
      'select x from leads_deleted': [],
      'select client_id from notes': [[null]],
      "select to_regclass('leads__sc_old')::text, to_regtype('lead_mood')::text": [[null, null]],
    },
  },
  'deleted rows move with their entity, and two exchange theirs': {
    before: { Lead: `softDelete: true\n${BODY}`, Client: `softDelete: true\n${BODY}` },
    after: { Lead: `was: Client\nsoftDelete: true\n${BODY}`, Client: `was: Lead\nsoftDelete: true\n${BODY}` },
    rows: [...two('leads', 'clients'), 'delete from leads', 'delete from clients', ...two('leads', 'clients')],
    found: {
      'select x from clients': of('a'),
      'select x from clients_deleted': of('a'),
      'select x from leads': of('b'),
      'select x from leads_deleted': of('b'),
    },
  },
  'each takes the name of the next, and so do fields': {
    before: { A: 'fields:\n  x: { type: string }\n  y: { type: string }', B: 'fields:\n  x: { type: string }' },
    after: {
      B: 'was: A\nfields:\n  y: { type: string, was: x }\n  z: { type: string, was: y }',
      C: 'was: B\nfields:\n  x: { type: string }',
    },
    rows: ["insert into \"as\" (x, y) values ('x of a', 'y of a')", "insert into bs (x) values ('x of b')"],
    found: { 'select y, z from bs': [['x of a', 'y of a']], 'select x from cs': [['x of b']] },
  },
  'fields exchange names, with rules of their own': {
    before: {
      Lead: 'fields:\n  low: { type: integer, min: 0, max: 10, unique: true }\n  high: { type: integer, min: 20, max: 30, unique: true }\nlist:\n  sort: [low, high]',
    },
    after: {
      Lead: 'fields:\n  low: { type: integer, min: 20, max: 30, unique: true, was: high }\n  high: { type: integer, min: 0, max: 10, unique: true, was: low }\nlist:\n  sort: [low, high]',
    },
    rows: ['insert into leads (low, high) values (1, 21)'],
    found: { 'select low, high from leads': [['21', '1']] },
  },
  'three fields take turns, of several types': {
    before: {
      Lead: 'fields:\n  a: { type: string }\n  b: { type: integer }\n  c: { type: enum, values: [x, y], transitions: { x: [y] }, default: x }',
    },
    after: {
      Lead: 'fields:\n  b: { type: string, was: a }\n  c: { type: integer, was: b }\n  a: { type: enum, values: [x, y], transitions: { x: [y] }, default: x, was: c }',
    },
    rows: ["insert into leads (a, b, c) values ('text', 7, 'x')"],
    found: { 'select b, c, a from leads': [['text', '7', 'x']] },
  },
  'values exchange names, as their entities and fields do': {
    before: {
      Lead: 'fields:\n  mood: { type: enum, values: [good, bad] }\n  kind: { type: enum, values: [x, y] }',
      Client: 'fields:\n  mood: { type: enum, values: [good, bad] }',
    },
    after: {
      Client:
        'was: Lead\nfields:\n  kind: { type: enum, was: mood, values: [bad, good], valuesWere: { good: bad, bad: good } }\n  mood: { type: enum, values: [p, q], was: kind, valuesWere: { p: x, q: y } }',
      Lead: 'was: Client\nfields:\n  mood: { type: enum, values: [good, bad] }',
    },
    rows: ["insert into leads (mood, kind) values ('good', 'y')", "insert into clients (mood) values ('bad')"],
    found: { 'select kind, mood from clients': [['bad', 'q']], 'select mood from leads': [['bad']] },
  },
  'links exchange names, while their entity takes the name of another': {
    before: {
      Cust: BODY,
      Order:
        'fields:\n  cust: { type: reference, to: Cust, optional: true }\n  agent: { type: reference, to: Cust, optional: true }',
      Sale: 'fields:\n  note: { type: string }',
    },
    after: {
      Client: `was: Cust\n${BODY}`,
      Sale: 'was: Order\nfields:\n  agent: { type: reference, to: Client, optional: true, was: cust }\n  cust: { type: reference, to: Client, optional: true, was: agent }',
      Deal: 'was: Sale\nfields:\n  note: { type: string }',
    },
    rows: [
      "insert into custs (x) values ('c')",
      'insert into orders (cust_id) select id from custs',
      "insert into sales (note) values ('n')",
    ],
    found: {
      'select c.x, s.cust_id from sales s join clients c on c.id = s.agent_id': [['c', null]],
      'select note from deals': [['n']],
    },
  },
};
