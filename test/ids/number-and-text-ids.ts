import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Answer, Api } from './api.ts';

/** Ids that are numbers or texts, wherever an id goes. */
export function testNumberAndTextIds({ send }: Api): void {
  const country = async (id: string = randomUUID()): Promise<string> => {
    expect((await send('POST', '/countries', { id, name: id })).status).toBe(201);
    return id;
  };
  const city = (more: { readonly countryId: string; readonly twinIds?: readonly unknown[] }) => ({
    name: 'C',
    code: randomUUID().slice(0, 10),
    ...more,
  });
  const errorsOf = ({ status, body }: Answer): readonly unknown[] => [
    status,
    ...(Object(body)['errors'] ?? []).map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`),
  ];

  test('numbers are given by the database, one after the other, and are texts in JSON', async () => {
    const countryId = await country();
    const [first, second] = [
      await send('POST', '/cities', city({ countryId })),
      await send('POST', '/cities', city({ countryId })),
    ];
    expect(first.body['id']).toMatch(/^[1-9]\d*$/);
    expect(Number(second.body['id'])).toBe(Number(first.body['id']) + 1);
    expect(first.headers.get('location')).toBe(`/cities/${first.body['id']}`);
    expect((await send('GET', `/cities/${first.body['id']}`)).body).toEqual(first.body);
    const answers = [];
    for (const id of ['1.5', '01', 'x', '9223372036854775808'])
      answers.push((await send('GET', `/cities/${id}`)).status);
    expect(answers).toEqual([422, 422, 422, 422]);
    expect((await send('GET', '/cities/9223372036854775807')).status).toBe(404);
    const refused = await send('POST', '/cities', { ...city({ countryId }), id: '7' });
    expect(errorsOf(refused)).toEqual([422, '/id readOnly']);
  });

  test('a create of a numbered row is done once for one key, and answers alike', async () => {
    const body = city({ countryId: await country() });
    const key = { 'idempotency-key': randomUUID() };
    const [one, other] = [await send('POST', '/cities', body, key), await send('POST', '/cities', body, key)];
    expect([one.status, other.status, other.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect([other.body, other.headers.get('location')]).toEqual([one.body, one.headers.get('location')]);
  });

  test('callers who may not read are told the number', async () => {
    const post = await send('POST', '/posts', { title: 'T' });
    const vote = await send('POST', '/votes', { postId: post.body['id'] });
    expect([vote.status, vote.headers.get('location')]).toEqual([201, null]);
    expect(vote.body).toEqual({ id: expect.stringMatching(/^[1-9]\d*$/) });
  });

  test('texts of all characters that ids may have name rows, in paths, lists and links', async () => {
    const ids = ['FR', 'a|b', 'x:1@y.z+w=~-_', 'upsert', 'bulk-create', 'null', 'NULL', 'true', '0'];
    for (const id of ids) {
      const made = await send('POST', '/countries', { id, name: `${id} ${randomUUID()}` });
      expect([id, made.status, made.body['id']]).toEqual([id, 201, id]);
      const location = made.headers.get('location') ?? '';
      expect((await send('GET', location)).body).toEqual(made.body);
    }
    const [first = '', ...others] = ids;
    const linked = await send('PATCH', `/countries/${first}`, { neighbourIds: others });
    expect([linked.status, linked.body['neighbourIds']]).toEqual([200, others]);
    for (const id of others) {
      const path = `/countries/${first}/neighbours/${encodeURIComponent(id)}`;
      const [off, on] = [await send('DELETE', path), await send('PUT', path)];
      expect([off.status, on.status]).toEqual([200, 200]);
    }
    expect((await send('GET', `/countries/${first}`)).body['neighbourIds']).toEqual(others);
    const found = await send('GET', `/countries?neighbourIds[contains]=${encodeURIComponent('a|b')}`);
    expect(Object(found.body)['data'].map(({ id }: { id: string }) => id)).toEqual([first]);
    const page = await send('GET', '/countries?limit=2&sort=createdAt');
    const next = await send('GET', `/countries?limit=2&sort=createdAt&cursor=${String(page.body['nextCursor'])}`);
    expect(next.status).toBe(200);
    const bad = ['', '.', '..', '.a', 'a,b', 'a/b', 'a b', 'é', 'a'.repeat(256)];
    const statuses = [];
    for (const id of bad) statuses.push((await send('POST', '/countries', { id, name: randomUUID() })).status);
    expect(statuses).toEqual(bad.map(() => 422));
    expect(errorsOf(await send('POST', '/countries', { name: randomUUID() }))).toEqual([422, '/id required']);
  });

  test('a create with a text is done once, and refuses the id of another row or of a deleted one', async () => {
    const [id, name] = [randomUUID(), randomUUID()];
    expect((await send('POST', '/countries', { id, name })).status).toBe(201);
    expect((await send('POST', '/countries', { id, name })).status).toBe(200);
    expect(errorsOf(await send('POST', '/countries', { id, name: randomUUID() }))).toEqual([409, '/id unique']);
    expect((await send('DELETE', `/countries/${id}`)).status).toBe(204);
    expect(errorsOf(await send('POST', '/countries', { id, name }))).toEqual([409, '/id deleted']);
    expect((await send('POST', `/countries/${id}/restore`)).body).toMatchObject({ id, name });
  });

  test('an upsert of a row with a text takes no other id for it', async () => {
    const [id, name] = [randomUUID(), randomUUID()];
    const upsert = (body: object) => send('POST', '/countries/upsert', body);
    const made = await upsert({ id, name });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/countries/${id}`]);
    expect((await upsert({ id, name, neighbourIds: [id] })).status).toBe(200);
    expect(errorsOf(await upsert({ id: randomUUID(), name }))).toEqual([409, '/id immutable']);
    expect(errorsOf(await upsert({ id, name: randomUUID() }))).toEqual([409, '/id unique']);
    expect(errorsOf(await upsert({ name }))).toEqual([422, '/id required']);
  });

  test('an upsert numbers the row that it makes, and no other', async () => {
    const body = city({ countryId: await country() });
    const made = await send('POST', '/cities/upsert', body);
    const again = await send('POST', '/cities/upsert', { ...body, name: 'D' });
    const next = await send('POST', '/cities', city({ countryId: body.countryId }));
    expect([made.status, again.status, again.body['id']]).toEqual([201, 200, made.body['id']]);
    expect(Number(next.body['id'])).toBe(Number(made.body['id']) + 1);
  });

  test('parts of numbered rows come with them, and what they name leads back', async () => {
    const body = city({ countryId: await country() });
    const sights = [{ id: randomUUID() }, { id: randomUUID(), stars: 5 }];
    const made = await send('POST', '/cities', { ...body, districts: [{ name: 'A', sights }, { name: 'B' }] });
    expect(made.status).toBe(201);
    const [one, other] = Object(made.body)['districts'];
    expect([one.cityId, other.cityId]).toEqual([made.body['id'], made.body['id']]);
    expect(one.sights.map(({ id, districtId }: Record<string, string>) => [id, districtId])).toEqual(
      sights.map(({ id }) => [id, one.id]),
    );
    const shown = await send('GET', `/cities/${made.body['id']}?expand=districts,country`);
    expect(Object(shown.body)['districts'].map(({ id }: { id: string }) => id)).toEqual([one.id, other.id]);
    expect(Object(shown.body)['country'].id).toBe(body.countryId);
    const twice = await send('POST', '/cities', {
      ...city({ countryId: body.countryId }),
      districts: [{ name: 'A' }, { name: 'A' }],
    });
    expect(errorsOf(twice)).toEqual([409, '/districts/1/name namesOfACity']);
  });

  test('bulk requests number their rows in the order of the body, and find them by their numbers', async () => {
    const countryId = await country();
    const data = [city({ countryId }), city({ countryId }), city({ countryId })];
    const made = await send('POST', '/cities/bulk-create', { data });
    const rows: readonly { readonly id: string; readonly code: string }[] = Object(made.body)['data'];
    expect(rows.map(({ code }) => code)).toEqual(data.map((one) => one.code));
    const ids = rows.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    const changes = rows.map(({ id }) => ({ id, set: { name: id } }));
    const changed = await send('POST', '/cities/bulk-update', { data: changes });
    expect(Object(changed.body)['data'].map(({ name }: { name: string }) => name)).toEqual(rows.map(({ id }) => id));
    const gone = await send('POST', '/cities/bulk-delete', {
      data: [...rows, rows[0]].map((row) => ({ id: row?.id })),
    });
    expect(errorsOf(gone)).toEqual([422, '/data/3/id repeated']);
  });

  test('rules over other rows tell in a bulk request which row it was, by any kind of id', async () => {
    const [here, there] = [await country(), await country()];
    const made = await send('POST', '/cities', city({ countryId: here }));
    const data = [
      { id: here, set: { capitalId: made.body['id'] } },
      { id: there, set: { capitalId: made.body['id'] } },
    ];
    const refused = await send('POST', '/countries/bulk-update', { data });
    expect(refused.status).toBe(409);
    expect((await send('PATCH', `/countries/${here}`, { capitalId: made.body['id'] })).status).toBe(200);
    const moved = await send('POST', '/cities/bulk-update', {
      data: [{ id: made.body['id'], set: { countryId: there } }],
    });
    expect(errorsOf(moved)).toEqual([422, '/data/0/set/countryId capitalOfItsOwn']);
  });

  test('a list of links names each id of no row, of any kind', async () => {
    const [countryId, known] = [await country(), await country()];
    const made = await send('POST', '/cities', city({ countryId }));
    const refused = await send('POST', '/cities', city({ countryId, twinIds: ['901', made.body['id'], '902'] }));
    expect(errorsOf(refused)).toEqual([422, '/twinIds/0 reference', '/twinIds/2 reference']);
    const texts = { neighbourIds: ['no|one', known, 'nobody', countryId] };
    const patched = await send('PATCH', `/countries/${countryId}`, texts);
    expect(errorsOf(patched)).toEqual([422, '/neighbourIds/0 reference', '/neighbourIds/2 reference']);
    const bulk = await send('POST', '/countries/bulk-update', { data: [{ id: countryId, set: texts }] });
    expect(errorsOf(bulk)).toEqual([
      422,
      '/data/0/set/neighbourIds/0 reference',
      '/data/0/set/neighbourIds/2 reference',
    ]);
    const upsert = await send('POST', '/countries/upsert', { id: countryId, name: countryId, ...texts });
    expect(errorsOf(upsert)).toEqual([422, '/neighbourIds/0 reference', '/neighbourIds/2 reference']);
  });
}
