/**
 * A spec in which nearly everything reads something else. What may be renamed stands as `$name`, so that an edit says the
 * same whatever another one calls it.
 */
export const BASE_SPEC = `
supercompile: 1
name: edits-together
auth: { provider: none }
mixins:
  noted:
    fields:
      $memo: { type: string, maxLength: 20, optional: true }
entities:
  $Shop:
    mixins: [noted]
    fields:
      $name: { type: string, maxLength: 20 }
      $limit: { type: integer, default: 1000 }
      isOpen: { type: boolean, default: true }
      $sales: { type: integer, computed: "record.$orders.sum(o, o.$total)" }
      $best: { type: integer, optional: true, computed: "record.$orders.max(o, o.$total)" }
      twice: { type: integer, computed: "record.$sales * 2" }
    checks: { shopCap: "record.$sales <= 100000" }
    access: { all: { roles: [anonymous], allow: [create, read, update, delete], rows: all } }
  $Order:
    softDelete: true
    mixins: [noted]
    fields:
      $shop: { type: reference, to: $Shop, onDelete: cascade, inverse: $orders }
      $title: { type: string, maxLength: 20, optional: true }
      $code: { type: string, maxLength: 20, optional: true }
      number: { type: bigint, sequence: true }
      $kind: { type: enum, values: [a, b, $c], default: a, transitions: { a: [b], b: [$c] } }
      mood: { type: enum, values: [good, bad], optional: true }
      $flag: { type: boolean, default: false }
      $score: { type: integer, optional: true }
      price: { type: decimal, precision: 10, scale: 2, default: "1.50" }
      $from: { type: date, optional: true }
      to: { type: date, optional: true }
      $products: { type: references, to: $Product, onDelete: unlink, inverse: $buyers }
      $total: { type: integer, computed: "record.$lines.sum(l, l.$amount)" }
      net: { type: integer, computed: "record.$total - 1" }
      short: { type: string, maxLength: 20, optional: true, computed: "record.$title == null ? null : lower(record.$title)" }
      weight: { type: integer, computed: "record.$products.sum(p, p.$weight)" }
      next: { type: reference, to: $Order, optional: true, onDelete: setNull, inverse: before }
    checks:
      cap: "record.$total <= record.$shop.$limit"
      titled: "record.$title != 'x' || record.$lines.exists(l, l.$amount > 0)"
      scored: "record.$score == null || record.$score < 100 || record.$shop.$name == 'big'"
      labelled: "record.$products.all(p, p.$label != 'bad') || record.$kind == 'a'"
      worded: "record.$code != 'bad' || record.$flag"
    unique:
      coded: { fields: [$shop, $code], where: "record.$kind != '$c'" }
    noOverlap:
      apart: { per: [$shop], from: $from, to: to, where: "record.$score != 5" }
    indexes: { byScore: { fields: [$score, $title] } }
    frozen: "record.$kind == '$c' && record.$score == 7"
    search: [$title]
    list: { filter: [$kind, $shop, mood], sort: [$score] }
    access: { all: { roles: [anonymous], allow: [create, read, update, delete, restore], rows: all } }
  $Line:
    partOf: $order
    softDelete: true
    fields:
      $order: { type: reference, to: $Order, onDelete: cascade, inverse: $lines }
      $product: { type: reference, to: $Product, optional: true, onDelete: setNull, inverse: sold }
      $amount: { type: integer, default: 0 }
      remark: { type: string, maxLength: 20, optional: true }
      $share: { type: integer, computed: "record.$order.$shop.$limit - record.$amount" }
      part: { type: integer, computed: "record.$order.$total" }
    checks: { few: "record.$amount <= record.$order.$shop.$limit" }
  $Product:
    id: string
    fields:
      $label: { type: string, maxLength: 20, optional: true, unique: true }
      $weight: { type: integer, default: 1 }
      used: { type: integer, computed: "size(record.$buyers)" }
      pieces: { type: integer, computed: "record.sold.sum(l, l.$amount)" }
    access: { all: { roles: [anonymous], allow: [create, read, update, delete], rows: all } }
`;

/** Rows under the names of the base: null, zero, empty, without children and with many, deleted ones. */
export const BASE_ROWS = `
insert into shops (name, memo) values ('s1', 'note'), ('big', null), ('none', null);
insert into products (id, label, weight) values ('p1', 'one', 3), ('p2', null, 0), ('p3', 'three', 2);
insert into orders (shop_id, title, code, score, product_ids, mood, flag, "from", "to")
  select id, 'First', 'c1', 5, '{p1,p2}', 'good', true, '2026-01-01', '2026-01-03' from shops where name <> 'none';
insert into orders (shop_id, score, memo, "from") select id, null, 'kept', '2026-03-01' from shops where name <> 'none';
insert into orders (shop_id, title, code, score, "from", "to")
  select id, 'Gone', 'c2', 3, '2026-02-01', '2026-02-02' from shops where name = 's1';
insert into lines (order_id, amount, product_id) select id, 5, 'p1' from orders;
insert into lines (order_id, amount, remark) select id, 7, 'm' from orders where title is null or title <> 'First';
insert into lines (order_id, amount) select id, step from orders, generate_series(1, 9) step where title = 'First';
update orders set kind = 'b' where title is null;
update orders set kind = 'c', score = 7 where id = (select id from orders where kind = 'b' order by number limit 1);
update orders set next_id = (select id from orders order by number limit 1) where title = 'First';
delete from lines where amount = 9;
delete from orders where title = 'Gone';
`;
