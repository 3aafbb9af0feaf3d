import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SampleBackend, type Row } from './sample-backend.ts';

describe('Northwind', () => {
  let sample: SampleBackend;
  beforeAll(async () => {
    sample = await SampleBackend.open('test/specs/northwind/app.yaml');
  });
  afterAll(() => sample.close());

  test('employees report to each other, and have territories once each', async () => {
    const andrew = await sample.create('/employees', {
      lastName: 'Fuller',
      firstName: 'Andrew',
      titleOfCourtesy: 'Dr',
    });
    const nancy = await sample.create('/employees', {
      lastName: 'Davolio',
      firstName: 'Nancy',
      titleOfCourtesy: 'Ms',
      birthDate: '1948-12-08',
      hireDate: '1992-05-01',
      reportsToId: andrew.id,
    });
    const [shown] = await sample.list('/employees?lastName=Davolio&expand=reportsTo');
    expect(shown).toMatchObject({ reportsTo: { lastName: 'Fuller' } });
    const odd = await sample.send('PATCH', `/employees/${nancy.id}`, { titleOfCourtesy: 'Sir' });
    expect(odd.body).toMatchObject({ errors: [{ pointer: '/titleOfCourtesy', code: 'enum' }] });
    const early = await sample.send('PATCH', `/employees/${nancy.id}`, { hireDate: '1940-01-01' });
    expect(early).toMatchObject({ status: 422, body: { errors: [{ code: 'hiredAfterBirth' }, {}] } });
    const own = await sample.send('PATCH', `/employees/${nancy.id}`, { reportsToId: nancy.id });
    expect(own).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reportsToId', code: 'notOwnBoss' }] } });

    const region = await sample.create('/regions', { description: 'Eastern' });
    const territory = await sample.create('/territories', {
      code: '06897',
      description: 'Wilton',
      regionId: region.id,
    });
    const pair = { employeeId: nancy.id, territoryId: territory.id };
    await sample.create('/employee-territories', pair);
    expect(await sample.status('POST', '/employee-territories', pair)).toBe(409);
    const [below] = await sample.list('/employee-territories?expand=employee,territory.region');
    expect(below).toMatchObject({
      employee: { firstName: 'Nancy' },
      territory: { region: { description: 'Eastern' } },
    });
    expect(await sample.status('DELETE', `/employees/${andrew.id}`)).toBe(204);
    expect((await sample.send('GET', `/employees/${nancy.id}`)).body.reportsToId).toBeNull();
  });

  test('order 10248 has its three lines, priced, each product once', async () => {
    const supplier = await sample.create('/suppliers', {
      companyName: "Cooperativa de Quesos 'Las Cabras'",
      country: 'Spain',
    });
    const dairy = await sample.create('/categories', { name: 'Dairy Products' });
    const grains = await sample.create('/categories', { name: 'Grains/Cereals' });
    const product = (name: string, categoryId: string, unitPrice: string, tags: readonly string[]): Promise<Row> =>
      sample.create('/products', { name, categoryId, supplierId: supplier.id, unitPrice, tags, reorderLevel: 30 });
    const queso = await product('Queso Cabrales', dairy.id, '21', ['cheese', 'blue']);
    const mee = await product('Singaporean Hokkien Fried Mee', grains.id, '14', ['noodles']);
    const mozzarella = await product('Mozzarella di Giovanni', dairy.id, '34.8', ['cheese']);
    expect(queso['needsReorder']).toBe(true);
    const customer = await sample.create('/customers', {
      code: 'VINET',
      companyName: 'Vins et alcools Chevalier',
      country: 'France',
    });
    expect(await sample.status('POST', '/customers', { code: 'vinet', companyName: 'x' })).toBe(422);
    expect(await sample.status('POST', '/customers', { code: 'VINET', companyName: 'x' })).toBe(409);
    const line = (row: Row, unitPrice: string, quantity: number): object => ({
      productId: row.id,
      unitPrice,
      quantity,
    });
    const order = await sample.create('/orders', {
      customerId: customer.id,
      orderDate: '1996-07-04',
      shippedDate: '1996-07-16',
      freight: '32.38',
      lines: [line(queso, '14', 12), line(mee, '9.8', 10), line(mozzarella, '34.8', 5)],
    });
    expect(order).toMatchObject({ lines: [{ price: '168.0000' }, { price: '98.0000' }, { price: '174.0000' }] });
    const twice = { orderDate: '1996-07-04', lines: [line(mee, '9.8', 10), line(mee, '9.8', 1)] };
    expect(await sample.send('POST', '/orders', twice)).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/lines/1/productId', code: 'productOnce' }] },
    });
    const again = { orderId: order.id, productId: queso.id, unitPrice: '1', quantity: 1 };
    expect(await sample.status('POST', '/order-lines', again)).toBe(409);

    const [shown] = await sample.list('/orders?customer.country=France&expand=customer,lines');
    expect(shown).toMatchObject({ customer: { code: 'VINET' }, lines: [{}, {}, {}] });
    const names = async (query: string): Promise<readonly unknown[]> =>
      (await sample.list(`/products?${query}&fields=name`)).map(({ name }) => name);
    expect(await names('category.name=Dairy%20Products&sort=name')).toEqual([
      'Mozzarella di Giovanni',
      'Queso Cabrales',
    ]);
    expect(await names('tags[contains]=blue')).toEqual(['Queso Cabrales']);
    expect(await names('search=hok%20fri')).toEqual(['Singaporean Hokkien Fried Mee']);
    expect((await sample.list(`/order-lines?product.categoryId=${dairy.id}`)).length).toBe(2);
    expect(await sample.status('DELETE', `/products/${queso.id}`)).toBe(409);
    expect(await sample.status('DELETE', `/orders/${order.id}`)).toBe(204);
    expect(await sample.list('/order-lines')).toEqual([]);
  });
});
