import { afterAll, beforeAll, expect, test } from 'vitest';
import { SampleBackend, type Row } from '../end-to-end/sample-backend.ts';

let backend: SampleBackend;
let links: { readonly customerId: string; readonly voyageId: string };

beforeAll(async () => {
  backend = await SampleBackend.open('test/constraints/freight.yaml');
  const customer = await backend.create('/customers', { creditLimit: 100 });
  const voyage = await backend.create('/voyages', { capacity: 20 });
  links = { customerId: customer.id, voyageId: voyage.id };
});

afterAll(() => backend.close());

const booking = (...boxes: readonly number[]) => ({ ...links, lines: boxes.map((count) => ({ boxes: count })) });

const cleared = async (path: string): Promise<void> => {
  expect(await backend.status('DELETE', path)).toBe(204);
};

const linesOf = async (row: Row): Promise<readonly Row[]> => backend.list(`/lines?bookingId=${row.id}`);

const refusal = (status: number, code: string) => ({
  status,
  body: { errors: expect.arrayContaining([expect.objectContaining({ code })]) },
});

test('a check on what triggers keep is held when the row and its parts are there', async () => {
  expect(await backend.send('POST', '/bookings', links)).toMatchObject(refusal(422, 'notEmpty'));
  expect(await backend.send('POST', '/bookings', booking())).toMatchObject(refusal(422, 'notEmpty'));
  const made = await backend.create('/bookings', { ...booking(2, 3), discount: 5 });
  expect(made).toMatchObject({ boxes: 5, total: 0 });
  expect(await backend.send('PATCH', `/bookings/${made.id}`, { discount: 6 })).toMatchObject(
    refusal(422, 'discountFits'),
  );
  const [line] = await linesOf(made);
  expect(await backend.send('DELETE', `/lines/${line?.id}`)).toMatchObject(refusal(409, 'discountFits'));
  await cleared(`/bookings/${made.id}`);
});

test('limits of what triggers keep, and of what is made of it, are such checks', async () => {
  const voyage = await backend.create('/voyages', { capacity: 100 });
  const wide = (...boxes: readonly number[]) => ({ ...booking(...boxes), voyageId: voyage.id });
  const beyond = await backend.send('POST', '/bookings', wide(15, 16));
  expect(beyond).toMatchObject({ status: 422, body: { errors: [{ pointer: '/lines', code: 'boxesMax' }] } });
  // Without its parts the total is less than its least.
  const made = await backend.create('/bookings', { ...wide(14, 16), discount: 30 });
  expect(made).toMatchObject({ boxes: 30, total: 0 });
  expect(await backend.send('POST', '/lines', { bookingId: made.id, boxes: 1 })).toMatchObject(
    refusal(409, 'boxesMax'),
  );
  const full = await backend.send('POST', '/lines', { bookingId: made.id, boxes: 1 });
  expect(full.body).toMatchObject({ errors: [{ pointer: '/bookingId', code: 'boxesMax' }] });
  await cleared(`/bookings/${made.id}`);
});

test('a rule that is looked at at commit points at the part that breaks it', async () => {
  const dear = { ...booking(1), discount: 50, lines: [{ boxes: 1 }, { boxes: 1, price: 101 }] };
  expect(await backend.send('POST', '/bookings', dear)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/lines/1/price', code: 'affordable' }] },
  });
  expect(await backend.send('POST', '/bookings/bulk-create', { data: [booking(1), dear] })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/data/1/lines/1/price', code: 'affordable' }] },
  });
});

test('and so it is in bulk, and when rows come back', async () => {
  const bulk = (...items: readonly object[]) => backend.send('POST', '/bookings/bulk-create', { data: items });
  expect(await bulk(booking(1), links)).toMatchObject(refusal(422, 'notEmpty'));
  const { body: told } = await bulk(booking(1), links);
  expect(told).toMatchObject({ errors: [{ pointer: '/data/1/lines', code: 'notEmpty' }] });
  const { status, body } = await bulk(booking(1), booking(2));
  expect([status, body]).toMatchObject([201, { data: [{ boxes: 1 }, { boxes: 2 }] }]);
  const rows = await backend.list('/bookings');
  expect(rows).toHaveLength(2);
  for (const { id } of rows) await cleared(`/bookings/${id}`);
  for (const { id } of rows) expect(await backend.status('POST', `/bookings/${id}/restore`)).toBe(200);
  expect((await backend.list('/bookings')).map((row) => row['boxes']).toSorted()).toEqual([1, 2]);
  for (const { id } of rows) await cleared(`/bookings/${id}`);
});

test('a rule is named however far away the change is that breaks it', async () => {
  expect(await backend.send('POST', '/bookings', booking(15, 6))).toMatchObject(refusal(409, 'notOverbooked'));
  const made = await backend.create('/bookings', booking(15));
  const [line] = await linesOf(made);
  const path = `/lines/${line?.id}`;
  const more = { bookingId: made.id, boxes: 6 };
  expect(await backend.send('POST', '/lines', more)).toMatchObject(refusal(409, 'notOverbooked'));
  expect(await backend.send('POST', '/lines/bulk-create', { data: [more] })).toMatchObject(
    refusal(409, 'notOverbooked'),
  );
  expect(await backend.send('PATCH', path, { price: 7 })).toMatchObject(refusal(409, 'withinCredit'));
  expect(await backend.status('PATCH', path, { price: 6 })).toBe(200);
  expect(await backend.send('PATCH', `/customers/${links.customerId}`, { creditLimit: 89 })).toMatchObject(
    refusal(422, 'withinCredit'),
  );
});

test('a refusal says of which entity the rows are that stand against a change, and that they are frozen', async () => {
  const [made] = await backend.list('/bookings');
  const more = { bookingId: made?.id, boxes: 6 };
  const { body } = await backend.send('POST', '/lines', more);
  const detail = 'would not hold for a row of Voyage that depends on this one';
  expect(body).toMatchObject({ type: 'urn:problem:conflict', errors: [{ code: 'notOverbooked', detail }] });
  const [line] = await backend.list('/lines');
  const beyond = await backend.send('PATCH', `/lines/${line?.id}`, { price: 2_147_483_647 });
  expect(beyond).toMatchObject({ status: 409, body: { errors: [{ code: 'overflow' }] } });
  expect(JSON.stringify(beyond.body)).toContain(
    'one of Booking.boxes, Voyage.booked, Voyage.free, Booking.freight, Booking.total, Customer.exposure is',
  );
  expect(await backend.status('PATCH', `/bookings/${made?.id}`, { closed: true })).toBe(200);
  expect((await backend.send('PATCH', `/lines/${line?.id}`, { price: 2 })).body).toMatchObject({
    errors: [{ code: 'frozen', detail: 'a row of Booking that depends on this one is frozen' }],
  });
});

test('of a value that is made of parts, out of range is the create that brings them, and no other row', async () => {
  const dear = { boxes: 1, price: 2_147_483_647 };
  const sent = { ...links, lines: [{ boxes: 1 }, dear, dear] };
  const problem = { code: 'overflow', detail: 'one of boxes, freight, total is computed, and gets out of range' };
  const one = await backend.send('POST', '/bookings', sent);
  expect(one).toMatchObject({ status: 422, body: { type: 'about:blank', errors: [problem] } });
  const many = await backend.send('POST', '/bookings/bulk-create', { data: [booking(1), sent] });
  expect(many).toMatchObject({ status: 422, body: { errors: [{ ...problem, pointer: '/data/1' }] } });
});

test('computed moments stay within the years that an answer can have', async () => {
  const last = '9999-12-31T23:59:59.999999Z';
  const refused = (key: string, pointer?: string) => ({
    status: 422,
    body: {
      errors: [{ code: 'overflow', detail: `${key} is computed, and gets out of range`, ...(pointer && { pointer }) }],
    },
  });
  const post = (leavesAt: string) => backend.send('POST', '/bookings', { ...booking(1), leavesAt });
  expect(await post(last)).toMatchObject(refused('arrivesAt'));
  expect(await post('9999-12-29T00:00:00Z')).toMatchObject(refused('arrivesAt'));
  expect(await post('0001-01-03T23:59:59.999999Z')).toMatchObject(refused('checkInAt'));
  const bulk = await backend.send('POST', '/bookings/bulk-create', { data: [{ ...booking(1), leavesAt: last }] });
  expect(bulk).toMatchObject(refused('arrivesAt', '/data/0'));
  const packed = { boxes: 1, packedAt: '9999-12-30T00:00:00Z' };
  expect(await backend.send('POST', '/bookings', { ...booking(1), lines: [packed] })).toMatchObject(refused('readyAt'));
  const voyage = await backend.create('/voyages', { capacity: 100 });
  const edge = { ...booking(1), voyageId: voyage.id, leavesAt: '9999-12-28T23:59:59.999999Z' };
  const made = await backend.create('/bookings', edge);
  expect(made).toMatchObject({ checkInAt: '9999-12-25T23:59:59.999999Z', arrivesAt: last });
  expect(await backend.send('PATCH', `/bookings/${made.id}`, { leavesAt: last })).toMatchObject(refused('arrivesAt'));
  const late = await backend.send('POST', '/lines', { ...packed, bookingId: made.id });
  expect(late).toMatchObject({ status: 409, body: { errors: [{ code: 'overflow' }] } });
  expect(JSON.stringify(late.body)).toContain('Booking.readyAt is computed from this row');
  await cleared(`/bookings/${made.id}`);
});

test('a refusal names none of several computed values as the one that gets out of range', async () => {
  const sent = { ...booking(1), discount: -2_147_483_648 };
  const detail = 'one of boxes, freight, total is computed, and gets out of range';
  expect(await backend.send('POST', '/bookings', sent)).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'overflow', detail }] },
  });
});
