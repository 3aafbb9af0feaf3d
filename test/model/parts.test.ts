import { describe, expect, test } from 'vitest';
import { buildText, problemsOf, specOf } from './find-problems.ts';

const PARTS = `  Item:
    partOf: cart
    fields:
      cart: { type: reference, to: Cart, inverse: items }
      count: { type: integer }
  Option:
    partOf: item
    fields:
      item: { type: reference, to: Item }
`;

/** A cart that has nothing of its own to change. */
function cart(allow: string): string {
  return specOf(`  Cart:
    fields: { code: { type: string, immutable: true } }
    access: { shopper: { roles: [anonymous], allow: ${allow}, rows: all } }
${PARTS}`);
}

describe('parts', () => {
  test('have the grants of what they are part of in the end, but for changes of what cannot change', () => {
    const { app, diagnostics } = buildText(cart('[create, read, update, delete]'));
    expect(diagnostics).toEqual([]);
    expect(app.entities.map(({ name, operations }) => [name, operations])).toEqual([
      ['Cart', ['create', 'read', 'delete']],
      ['Item', ['create', 'read', 'update', 'delete']],
      ['Option', ['create', 'read', 'delete']],
    ]);
    expect(app.entities[2]?.grants).toMatchObject([{ name: 'shopper', roles: ['anonymous'], rows: 'all' }]);
  });

  test('are brought back only where they are kept', () => {
    const kept = cart('[create, restore]').replace('fields: { code', 'softDelete: true\n    fields: { code');
    const { app } = buildText(kept.replace('partOf: item', 'partOf: item\n    softDelete: true'));
    expect(app.entities.map(({ name, operations }) => [name, operations])).toEqual([
      ['Cart', ['create', 'restore']],
      ['Item', ['create']],
      ['Option', ['create', 'restore']],
    ]);
  });

  test('stay with what they are part of, and go with it', () => {
    const [, item] = buildText(cart('[read]')).app.entities;
    expect(item).toMatchObject({ partOf: { field: 'cart', entity: 'Cart' }, operations: ['read'] });
    expect(item?.fields[0]).toMatchObject({ immutable: true, reference: { onDelete: 'cascade' } });
  });

  test('in a circle are an error', () => {
    const circle = specOf(`  A:
    partOf: b
    fields: { b: { type: reference, to: B } }
  B:
    partOf: a
    fields: { a: { type: reference, to: A } }
`);
    expect(problemsOf(circle)).toEqual(['required-cycle /entities/A/fields/b']);
  });
});
