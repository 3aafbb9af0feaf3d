import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Answer, Api } from './api.ts';

const AT_ONCE = 8;
const ROUNDS = 5;

/** Creates whose bodies bring the id: the same again is the row that is there, another is refused. */
export function testBroughtIds(api: Api): void {
  type Told = Omit<Answer, 'headers'>;
  async function send(method: string, path: string, body?: object, key?: string): Promise<Told> {
    const { status, body: answered } = await api.send(method, path, body, key && { 'Idempotency-Key': key });
    return { status, body: answered };
  }

  const create = (path: string, body: object): Promise<Told> => send('POST', `/${path}`, body);
  const events = async (): Promise<readonly unknown[]> =>
    Object((await send('GET', '/events?sort=createdAt')).body)['data'].map(({ what }: { what: string }) => what);
  const errorOf = ({ status, body }: Told): readonly unknown[] => {
    const [error] = Object(body)['errors'] ?? [];
    return [status, error?.pointer, error?.code];
  };
  const order = (more: object = {}) => ({ id: randomUUID(), title: 'T', code: randomUUID(), ...more });

  test('values are compared as the database has them, whatever their spelling and what is left to it', async () => {
    const { body: label } = await create('labels', { name: randomUUID() });
    const values = {
      weight: '5',
      big: '9007199254740993',
      at: '09:30:00',
      token: randomUUID(),
      data: { a: 1, b: [null] },
      tags: ['b', 'a'],
      counts: [2, 1],
      labelIds: [label['id']],
    };
    const body = order(values);
    const first = await create('orders', body);
    expect(first.status).toBe(201);
    const others = { weight: '5.00', at: '09:30:00.0', token: values.token.toUpperCase(), data: { b: [null], a: 1.0 } };
    const again = await create('orders', { ...body, ...others, state: 'new', zone: 'UTC' });
    expect(again).toEqual({ status: 200, body: first.body });
    for (const other of [
      { weight: '5.01' },
      { weight: null },
      { email: 'a@example.com' },
      { tags: ['a', 'b'] },
      { data: { a: 1 } },
      { labelIds: [] },
      { code: randomUUID() },
      { placedAt: '2020-01-01T00:00:00Z' },
    ])
      expect(errorOf(await create('orders', { ...body, ...other })), JSON.stringify(other)).toEqual([
        409,
        '/id',
        'unique',
      ]);
  });

  test('a row that was changed meanwhile is another', async () => {
    const body = order();
    await create('orders', body);
    expect((await send('PATCH', `/orders/${body.id}`, { title: 'U' })).status).toBe(200);
    expect(errorOf(await create('orders', body))).toEqual([409, '/id', 'unique']);
    expect((await create('orders', { ...body, title: 'U' })).status).toBe(200);
  });

  test('what is refused for another reason is refused as without an id', async () => {
    const { code } = order();
    expect((await create('orders', { title: 'T', code })).status).toBe(201);
    expect(errorOf(await create('orders', order({ code })))).toEqual([409, '/code', 'unique']);
  });

  test('parts are of the body too, those of parts as well', async () => {
    const id = randomUUID();
    const items = [
      { amount: 1, marks: [{ text: 'x' }, { text: 'y' }] },
      { id, amount: 2 },
      { amount: 1, note: 'n' },
    ];
    const body = order({ items });
    const first = await create('orders', body);
    expect(first).toMatchObject({ status: 201, body: { total: 4, items: [{}, { id }, {}] } });
    expect(await create('orders', body)).toEqual({ status: 200, body: first.body });
    const [one, ...rest] = items;
    for (const other of [
      rest,
      [...items, { amount: 3 }],
      [{ ...one, marks: [{ text: 'x' }] }, ...rest],
      [{ ...one, marks: [{ text: 'x' }, { text: 'z' }] }, ...rest],
      [{ ...one, id }, ...rest.slice(1), { amount: 2 }],
    ])
      expect(errorOf(await create('orders', { ...body, items: other }))).toEqual([409, '/id', 'unique']);
    const taken = { amount: 1, id };
    expect(errorOf(await create('orders', order({ items: [{ amount: 1 }, taken] })))).toEqual([
      409,
      '/items/1/id',
      'unique',
    ]);
  });

  test('requests at one time make one row, with its parts', async () => {
    const body = order({ items: [{ amount: 7 }] });
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => create('orders', body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(AT_ONCE - 1).fill(200), 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body['items']))).size).toBe(1);
  });

  test('a deleted row keeps its id, until it comes back', async () => {
    const body = order();
    await create('orders', body);
    await send('DELETE', `/orders/${body.id}`);
    expect(errorOf(await create('orders', body))).toEqual([409, '/id', 'deleted']);
    expect(errorOf(await send('POST', '/orders/bulk-create', { data: [body] }))).toEqual([
      409,
      '/data/0/id',
      'deleted',
    ]);
    expect((await send('POST', `/orders/${body.id}/restore`)).status).toBe(200);
    expect((await create('orders', body)).status).toBe(200);
  });

  test('a bulk request is done as a whole, and once', async () => {
    const data = [order(), order({ items: [{ amount: 3 }] }), order()];
    const bulk = (items: readonly object[]): Promise<Told> => send('POST', '/orders/bulk-create', { data: items });
    const first = await bulk(data);
    expect(first.status).toBe(201);
    expect(await bulk(data)).toEqual({ status: 200, body: first.body });
    expect(errorOf(await bulk([order(), ...data]))).toEqual([409, '/data/1/id', 'unique']);
    expect(errorOf(await bulk([data[0] ?? {}, { ...data[1], title: 'U' }]))).toEqual([409, '/data/1/id', 'unique']);
    expect(errorOf(await bulk([data[0] ?? {}, data[0] ?? {}]))).toEqual([422, '/data/1/id', 'repeated']);
  });

  test('bulk requests at one time are done once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const data = [order(), order({ items: [{ amount: 3 }] })];
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => send('POST', '/orders/bulk-create', { data })),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(AT_ONCE - 1).fill(200), 201]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    }
  });

  test('of bulk requests at one time that differ in a row, one is done', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other] = [order(), order()];
      const titles = Array.from({ length: AT_ONCE }, (_, index) => `T${index}`);
      const answers = await Promise.all(
        titles.map((title) => send('POST', '/orders/bulk-create', { data: [one, { ...other, title }] })),
      );
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.length).toBe(AT_ONCE - 1);
      for (const answer of refused) expect(errorOf(answer)).toEqual([409, '/data/1/id', 'unique']);
    }
  });

  test('the hooks of bulk requests at one time leave the traces of one', async () => {
    const before = await events();
    const data = [{ id: randomUUID(), text: randomUUID() }];
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => send('POST', '/notes/bulk-create', { data })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(AT_ONCE - 1).fill(200), 201]);
    expect((await events()).length).toBe(before.length + 2);
  });

  test('the key of another request is refused as that by every action', async () => {
    const [body, key] = [order(), randomUUID()];
    expect((await send('POST', '/orders', body, key)).status).toBe(201);
    await send('DELETE', `/orders/${body.id}`);
    for (const [path, sent] of [
      [`/orders/${body.id}/restore`],
      ['/orders/bulk-create', { data: [body] }],
      ['/orders/bulk-update', { data: [{ id: body.id, set: { title: 'U' } }] }],
      ['/orders/bulk-delete', { data: [{ id: body.id }] }],
      ['/orders', order()],
    ] as const) {
      const refused = await send('POST', path, sent, key);
      expect([path, refused.status, refused.body['type']]).toEqual([path, 422, 'urn:problem:idempotency-key-reused']);
    }
  });

  test('what hooks make of a body is what is compared, and what they did is undone', async () => {
    const [id, text] = [randomUUID(), randomUUID()];
    const before = await events();
    expect(await create('notes', { id, text })).toEqual({ status: 201, body: { id } });
    const made = await events();
    expect(made.length).toBe(before.length + 2);
    expect(await create('notes', { id, text })).toEqual({ status: 200, body: { id } });
    expect(await send('POST', '/notes/bulk-create', { data: [{ id, text }] })).toEqual({
      status: 200,
      body: { data: [{ id }] },
    });
    expect(errorOf(await create('notes', { id, text: 'another' }))).toEqual([409, '/id', 'unique']);
    expect(await events()).toEqual(made);
  });
}
