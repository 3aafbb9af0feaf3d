import { beforeAll, expect, test } from 'vitest';
import type { Answer, Api } from './api.ts';

const AT_ONCE = 20;

/** Upserts by a key of one and of two fields. `run` is no other run's. */
export function testUpserts({ send }: Api, run: string): void {
  let supplierId = '';
  beforeAll(async () => {
    supplierId = String((await upsert('suppliers', { email: 'a@example.com', name: 'A' })).body['id']);
  });

  const upsert = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    send('POST', `/${path}/upsert`, body, headers);
  const product = (sku: string, more: object = {}) => ({ supplierId, sku, title: 'T', ...more });
  const list = async (path: string): Promise<readonly unknown[]> => Object((await send('GET', path)).body)['data'];
  const errorOf = ({ status, body }: Answer): readonly unknown[] => {
    const [error] = Object(body)['errors'] ?? [];
    return [status, error?.pointer ?? error?.parameter, error?.code];
  };

  test('the first makes the row, with its defaults, and the next changes what its body has', async () => {
    const made = await upsert('products', product('a', { price: '2.00', tags: ['x'] }));
    expect(made).toMatchObject({ status: 201, body: { price: '2.00', stock: 0, tags: ['x'], state: 'draft' } });
    expect(made.headers.get('location')).toBe(`/products/${made.body['id']}`);
    expect(made.headers.get('etag')).toBe('"1"');
    const changed = await upsert('products', product('a', { title: 'U', stock: 4 }));
    expect(changed).toMatchObject({
      status: 200,
      body: { ...made.body, title: 'U', stock: 4, updatedAt: expect.anything() },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.headers.get('location')).toBeNull();
    const other = await upsert('products', product('b'));
    // No number is spent on a row that is there.
    expect(other.body['number']).toBe(Number(made.body['number']) + 1);
  });

  test('rules are asked of the row that will be, not of the one that is not made', async () => {
    await upsert('products', product('rules', { stock: 5 }));
    expect((await upsert('products', product('rules', { reserved: 5 }))).status).toBe(200);
    expect(errorOf(await upsert('products', product('rules', { stock: 4 })))).toEqual([422, '/reserved', 'enough']);
    expect(errorOf(await upsert('products', product('unruly', { reserved: 1 })))).toEqual([422, '/reserved', 'enough']);
  });

  test('states follow each other, a new row begins, and a frozen one stays', async () => {
    expect(errorOf(await upsert('products', product('s', { state: 'live' })))).toEqual([409, '/state', 'transition']);
    expect((await upsert('products', product('s'))).status).toBe(201);
    expect(errorOf(await upsert('products', product('s', { state: 'gone' })))).toEqual([409, '/state', 'transition']);
    for (const state of ['live', 'live', 'gone'])
      expect(await upsert('products', product('s', { state }))).toMatchObject({ status: 200, body: { state } });
    expect(await upsert('products', product('s', { title: 'no' }))).toMatchObject({
      status: 409,
      body: { type: 'urn:problem:frozen' },
    });
  });

  test('what never changes is as it is in the row', async () => {
    const fixed = { origin: 'here', extra: { a: [1, null] } };
    await upsert('products', product('f', fixed));
    expect((await upsert('products', product('f', { ...fixed, title: 'U' }))).body).toMatchObject({ title: 'U' });
    const others = { origin: 'there', extra: { a: [2, null] }, title: 'V' };
    const refused = await upsert('products', product('f', others));
    expect(refused).toMatchObject({
      status: 409,
      body: {
        errors: [
          { pointer: '/extra', code: 'immutable' },
          { pointer: '/origin', code: 'immutable' },
        ],
      },
    });
    expect((await upsert('products', product('f'))).body).toMatchObject({ ...fixed, title: 'T' });
  });

  test('only the key finds a row: another unique is 409 by its name', async () => {
    await upsert('products', product('u1', { ean: '1' }));
    expect(errorOf(await upsert('products', product('u2', { ean: '1' })))).toEqual([409, '/ean', 'unique']);
    await upsert('products', product('u2', { ean: '2' }));
    expect(errorOf(await upsert('products', product('u2', { ean: '1' })))).toEqual([409, '/ean', 'unique']);
    expect(errorOf(await upsert('products', { sku: 'u1', title: 'T' }))).toEqual([422, '/supplierId', 'required']);
    const nobody = { ...product('u3'), supplierId: '018f4d2e-7b6a-7c31-9d50-000000000001' };
    expect(errorOf(await upsert('products', nobody))).toEqual([422, '/supplierId', 'reference']);
  });

  test('addresses are found in any case of letters, and spelled as the last said', async () => {
    const { body } = await upsert('suppliers', { email: 'Bob@Example.com', name: 'Bob' });
    const changed = await upsert('suppliers', { email: 'bob@example.COM', name: 'Bob' });
    expect(changed).toMatchObject({ status: 200, body: { id: body['id'], email: 'bob@example.COM' } });
  });

  test('conditions ask for a row, or for none', async () => {
    const [one, none] = [product('c'), { 'if-none-match': '*' }];
    for (const ifMatch of ['*', '"1"'])
      expect((await upsert('products', one, { 'if-match': ifMatch })).status).toBe(412);
    expect((await upsert('products', one, none)).status).toBe(201);
    expect((await upsert('products', one, none)).status).toBe(412);
    expect((await upsert('products', one, { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    expect((await upsert('products', one, { 'if-match': '"1"' })).status).toBe(412);
    expect((await upsert('products', one, { 'if-match': '*' })).headers.get('etag')).toBe('"3"');
    for (const headers of [{ 'if-none-match': '"1"' }, { ...none, 'if-match': '*' }, { 'if-match': 'one' }])
      expect((await upsert('products', one, headers)).status).toBe(400);
  });

  test('the path is that of upserts alone', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const { status, headers } = await send(method, '/products/upsert');
      expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    }
  });

  test('a deleted row is not found: another is made, and the first cannot come back', async () => {
    const { body } = await upsert('products', product('d'));
    await send('DELETE', `/products/${body['id']}`);
    const second = await upsert('products', product('d'));
    expect(second.status).toBe(201);
    expect(second.body['id']).not.toBe(body['id']);
    expect((await send('POST', `/products/${body['id']}/restore`)).status).toBe(409);
  });

  test('a key of its own makes it happen once', async () => {
    const headers = { 'idempotency-key': `upsert ${run}` };
    const first = await upsert('products', product('i'), headers);
    await upsert('products', product('i', { title: 'meanwhile' }));
    const again = await upsert('products', product('i'), headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await upsert('products', product('i', { title: 'U' }), headers)).status).toBe(422);
    expect((await upsert('products', product('i'), { 'if-match': '"2"' })).status).toBe(200);
  });

  test('who may not read is shown the id of a new row, and nothing of another', async () => {
    const made = await upsert('tallies', { day: '2026-01-01', count: 1 });
    expect(made).toMatchObject({ status: 201, body: { id: expect.any(String) } });
    expect(made.headers.get('location')).toBeNull();
    const changed = await upsert('tallies', { day: '2026-01-01', count: 2 });
    expect([changed.status, changed.body, changed.headers.get('etag')]).toEqual([204, {}, '"2"']);
  });

  test('hooks are those of what it becomes', async () => {
    expect((await upsert('badges', { name: 'new' })).body).toMatchObject({ color: 'white' });
    expect((await upsert('badges', { name: 'new', color: 'red' })).body).toMatchObject({ color: 'very red' });
    expect((await upsert('badges', { name: 'refused' })).status).toBe(409);
    expect((await upsert('badges', { name: 'none' }, { 'if-match': '*' })).status).toBe(412);
    const events = (await list('/events?sort=createdAt'))
      .map((row) => Object(row).what)
      .filter((what) => /^(?:created|changed) /.test(what));
    expect(events).toEqual(['created new', 'changed new']);
  });

  test('of many at one time, one makes the row and all others change it', async () => {
    for (const keyed of [false, true]) {
      const sku = `race ${keyed}`;
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, stock) =>
          upsert('products', product(sku, { stock }), keyed ? { 'idempotency-key': `${sku} ${stock}` } : {}),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(AT_ONCE - 1).fill(200), 201]);
      expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
      expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(AT_ONCE);
    }
    const hooked = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, color) => upsert('badges', { name: 'race', color: String(color) })),
    );
    expect(hooked.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(hooked.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
    expect((await list('/badges?name=race')).length).toBe(1);
  });
}
