import { spec } from './plan-spec.ts';

/** Every type, limit and rule that reaches the database. */
export const WIDE = spec({
  Account: `
fields:
  name: { type: string, maxLength: 200, unique: true }
  website: { type: url, optional: true, unique: true }
  parent: { type: reference, to: Account, optional: true, onDelete: setNull }
`,
  Item: `
fields:
  title: { type: string, minLength: 2, maxLength: 80, default: "it's\\nnew" }
  body: { type: text, maxLength: 500, optional: true }
  count: { type: integer, min: -5, max: 5, default: -1 }
  big: { type: bigint, optional: true, min: "-9000000000" }
  price: { type: decimal, precision: 12, scale: 2, default: "9.90", min: "0.01" }
  ratio: { type: number, default: 0.5 }
  weights: { type: number, many: true, maxItems: 3 }
  flag: { type: boolean, default: false }
  day: { type: date, optional: true, min: '2020-01-01' }
  at: { type: time, optional: true }
  moment: { type: datetime, optional: true }
  zone: { type: timeZone, default: Europe/Paris }
  token: { type: uuid, optional: true }
  extra: { type: json, default: { "a": ["it's", 1.5, null] } }
  status: { type: enum, values: [new, done, dropped], default: new, transitions: { new: [done, dropped], done: [dropped] } }
  mood: { type: enum, values: [good, won:t, bad], optional: true }
  email: { type: email, optional: true, unique: true }
  phone: { type: phone, optional: true }
  tags: { type: string, maxLength: 20, many: true, maxItems: 4, default: ["a \\"b\\"", "c,d"] }
  account: { type: reference, to: Account, onDelete: cascade }
  backup: { type: reference, to: Account, optional: true, onDelete: restrict }
unique:
  onePerDay: { fields: [account, day] }
  mailOnce: { fields: [account, email] }
indexes:
  byTitle: { fields: [title, count] }
list:
  filter: [status, mood, account, email, count, title, flag, token]
  sort: [moment, count, email, createdAt]
`,
});

/** Names that SQL or JavaScript keep for themselves, and names longer than Postgres'. */
export const RESERVED = spec({
  Select: `
fields:
  order: { type: integer, default: 0, min: 0 }
  group: { type: enum, values: [select, from], default: select, transitions: { select: [from] } }
  user: { type: email, optional: true, unique: true }
  default: { type: boolean, default: true }
  table: { type: reference, to: Select, optional: true, onDelete: setNull }
list:
  filter: [order, group, user, default, table]
  sort: [order, createdAt]
unique:
  column: { fields: [order, user] }
`,
  AnEntityWhoseNameIsAsLongAsTheLanguageAllowsItTo: `
table: a_table_whose_name_is_as_long_as_the_language_al
fields:
  aFieldWhoseNameIsAsLongAsTheLanguageAllowsForOne: { type: integer, default: 0, min: 0, max: 9 }
  aFieldWhoseNameIsAsLongAsTheLanguageAllowsForTwo: { type: email, optional: true, unique: true }
  aState: { type: enum, values: [one, two], default: one, transitions: { one: [two] } }
list:
  filter: [aFieldWhoseNameIsAsLongAsTheLanguageAllowsForOne, aState]
  sort: [aFieldWhoseNameIsAsLongAsTheLanguageAllowsForOne, aFieldWhoseNameIsAsLongAsTheLanguageAllowsForTwo]
`,
});
