/** Entities with a field of every type, needed and optional, links of both kinds and a list. */
export const WORLD_SPEC = `supercompile: 1
name: world
auth: { provider: none }
entities:
  Person:
    fields:
      name: { type: string, optional: true }
      age: { type: integer, optional: true }
      active: { type: boolean, optional: true }
      mail: { type: email, optional: true }
      boss: { type: reference, to: Person, optional: true, inverse: staff }
    access: {}
  Thing:
    fields:
      flag: { type: boolean, optional: true }
      on: { type: boolean }
      count: { type: integer, optional: true }
      total: { type: integer }
      big: { type: bigint, optional: true }
      price: { type: decimal, precision: 12, scale: 2, optional: true }
      rate: { type: decimal, precision: 8, scale: 4 }
      ratio: { type: number, optional: true }
      weight: { type: number }
      name: { type: string, optional: true }
      title: { type: text }
      mail: { type: email, optional: true }
      contact: { type: email }
      kind: { type: enum, values: [low, mid, high], optional: true }
      other: { type: enum, values: [mid, top] }
      day: { type: date, optional: true }
      start: { type: date }
      clock: { type: time, optional: true }
      seen: { type: datetime, optional: true }
      made: { type: datetime }
      zone: { type: timeZone }
      place: { type: timeZone, optional: true }
      token: { type: uuid, optional: true }
      tags: { type: string, many: true }
      marks: { type: integer, many: true }
      owner: { type: reference, to: Person, optional: true, inverse: owned }
      home: { type: reference, to: Person, inverse: kept }
    access: {}
  Part:
    fields:
      thing: { type: reference, to: Thing, inverse: parts }
      cost: { type: decimal, precision: 10, scale: 3, optional: true }
      amount: { type: integer }
      label: { type: string, optional: true }
      done: { type: boolean, optional: true }
      maker: { type: reference, to: Person, optional: true, inverse: made }
    access: {}
`;

/** Named conditions that random expressions ask for. */
export const WORLD_RULES = {
  Person: { grown: 'record.age >= 18' },
  Thing: { kept: 'record.home.grown || record.flag', cheap: 'record.price < 10' },
  Part: {},
} as const;
