import { describe, expect, test } from 'vitest';
import { serialiseModel } from '../../compiler/model/serialise-model.ts';
import { buildText, leadWith, specOf } from './find-problems.ts';

const SPEC = specOf(`  Zebra:
    fields: { name: { type: string } }
    access: {}
  Lead:
    description: A prospect.
    fields:
      name: { type: string, maxLength: 120 }
      email: { type: email, unique: true, optional: true }
      status: { type: enum, values: [new, won], default: new, transitions: { new: [won] } }
      price: { type: decimal, precision: 6, scale: 2, default: "5" }
      tags: { type: string, many: true }
      notes: { type: text, optional: true }
      account: { type: reference, to: Zebra, inverse: leads }
      broker: { type: reference, to: Zebra, optional: true, inverse: brokered }
      parent: { type: reference, to: Lead, optional: true }
      secret: { type: boolean, writeOnly: true }
    access:
      writers: { roles: [anonymous], allow: [update, create], rows: all }
      readers: { roles: [anonymous], allow: [read], rows: all }
`);

describe('building the model', () => {
  const { app } = buildText(SPEC);
  const lead = app.entities[0];
  const field = (name: string) => lead?.fields.find((candidate) => candidate.name === name);

  test('entities stand in code-unit order and fields in the order of the author', () => {
    expect(app.entities.map(({ name }) => name)).toEqual(['Lead', 'Zebra']);
    expect(lead?.fields.map(({ name }) => name)).toEqual([
      'name',
      'email',
      'status',
      'price',
      'tags',
      'notes',
      'account',
      'broker',
      'parent',
      'secret',
    ]);
  });

  test('what the app leaves unsaid is filled in', () => {
    expect(app).toMatchObject({ api: { basePath: '', bodyLimit: 1_048_576 }, database: { schema: 'public' } });
    expect(app.entities[1]?.fields[0]?.limits).toEqual({ maxLength: 255 });
    expect(field('notes')?.limits).toEqual({ maxLength: 100_000 });
    expect(field('tags')).toMatchObject({ default: [], limits: { maxLength: 255, maxItems: 100 } });
    expect(field('price')?.default).toBe('5.00');
  });

  test('an entity has the lists that links to it name, by name', () => {
    expect(app.entities[1]?.inverses).toEqual([
      { name: 'brokered', entity: 'Lead', field: 'broker' },
      { name: 'leads', entity: 'Lead', field: 'account' },
    ]);
    expect(lead?.inverses).toEqual([]);
    expect(field('account')?.reference).toEqual({ entity: 'Zebra', onDelete: 'restrict', inverse: 'leads' });
  });

  test('operations are the union of the grants, in their own order', () => {
    expect(lead?.operations).toEqual(['create', 'read', 'update']);
    expect(app.entities[1]?.operations).toEqual([]);
  });

  test('lists filter by enum, boolean, link and unique fields and sort by the time of creation unless told', () => {
    expect(lead?.list).toEqual({
      filter: ['email', 'status', 'account', 'broker', 'parent'],
      findsParts: false,
      sort: ['createdAt'],
      expand: [],
      pageSize: 25,
      maxPageSize: 100,
    });
  });

  test('a small largest page is the page unless told', () => {
    const { app: small } = buildText(leadWith('name: { type: string }', 'list: { maxPageSize: 10 }\n'));
    expect(small.entities[0]?.list.pageSize).toBe(10);
  });

  test('a link carries Id in its key and column only', () => {
    expect(field('account')).toMatchObject({
      name: 'account',
      key: 'accountId',
      column: 'account_id',
      reference: { entity: 'Zebra', onDelete: 'restrict' },
    });
  });

  test('a state machine is complete and starts at the default', () => {
    expect(field('status')?.enum).toEqual({
      typeName: 'lead_status',
      values: ['new', 'won'],
      transitions: [
        { from: 'new', to: ['won'] },
        { from: 'won', to: [] },
      ],
      initial: ['new'],
    });
  });

  test('the model is frozen all the way down', () => {
    expect(Object.isFrozen(app)).toBe(true);
    expect(Object.isFrozen(field('status')?.enum?.transitions?.[0]?.to)).toBe(true);
  });
});

describe('the model as text', () => {
  test('it has one attribute a line, ends with a newline and is the same for the same spec', () => {
    const text = serialiseModel(buildText(SPEC).app);
    expect(text).toBe(serialiseModel(buildText(SPEC).app));
    expect(JSON.parse(text)).toEqual(buildText(SPEC).app);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).toContain(
      '\n          "name": "status",\n          "key": "status",\n          "column": "status",\n',
    );
  });

  test('it does not depend on the order of entities in the spec', () => {
    const one = '  A: { fields: { x: { type: date } }, access: {} }\n';
    const two = '  B: { fields: { y: { type: date } }, access: {} }\n';
    expect(serialiseModel(buildText(specOf(one + two)).app)).toBe(serialiseModel(buildText(specOf(two + one)).app));
  });
});
