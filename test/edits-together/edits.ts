import type { Value } from '../random-specs/spec-draft.ts';

/** One change of the base, which says the same beside any other. Paths have dots, names of the base a `$`. */
export interface Edit {
  readonly name: string;
  /** From a name of the base, which stands there with a `$`, to its new one. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, Value>>;
  readonly drop?: readonly string[];
  /** What the change needs beside what a refusal asks for. */
  readonly migration?: { readonly backfill?: Lines; readonly cast?: Lines; readonly values?: Lines };
}

type Lines = Readonly<Record<string, Value>>;

const ORDER = 'entities.$Order';
const LINE = 'entities.$Line';
const SHOP = 'entities.$Shop';
const PRODUCT = 'entities.$Product';
const ALL = ['create', 'read', 'update', 'delete'];

const RENAMES: readonly Edit[] = [
  ...Object.entries({ Shop: 'Store', Order: 'Ticket', Line: 'Item', Product: 'Article' }).map(([name, to]) => ({
    name: `rename ${name}`,
    renames: { [name]: to },
    set: { [`entities.$${name}.was`]: name },
  })),
  ...[
    [SHOP, 'name', 'called'],
    [SHOP, 'limit', 'most'],
    [SHOP, 'sales', 'turnover'],
    [SHOP, 'best', 'highest'],
    [ORDER, 'title', 'heading'],
    [ORDER, 'code', 'mark'],
    [ORDER, 'kind', 'state'],
    [ORDER, 'flag', 'sign'],
    [ORDER, 'score', 'points'],
    [ORDER, 'from', 'start'],
    [ORDER, 'total', 'whole'],
    [ORDER, 'shop', 'seller'],
    [ORDER, 'products', 'goods'],
    [LINE, 'order', 'ticket'],
    [LINE, 'product', 'thing'],
    [LINE, 'amount', 'count'],
    [LINE, 'share', 'rest'],
    [PRODUCT, 'label', 'caption'],
    [PRODUCT, 'weight', 'grams'],
  ].map(([entity = '', name = '', to = '']) => ({
    name: `rename ${entity.slice('entities.$'.length)}.${name}`,
    renames: { [name]: to },
    set: { [`${entity}.fields.$${name}.was`]: name },
  })),
  { name: 'rename memo of a mixin', renames: { memo: 'jotting' }, set: { 'mixins.noted.fields.$memo.was': 'memo' } },
  { name: 'rename inverses', renames: { orders: 'purchases', lines: 'items', buyers: 'fans' } },
  { name: 'rename a value', renames: { c: 'closed' }, set: { [`${ORDER}.fields.$kind.valuesWere`]: { $c: 'c' } } },
  {
    name: 'exchange entities',
    renames: { Shop: 'Product', Product: 'Shop' },
    set: { [`${SHOP}.was`]: 'Shop', [`${PRODUCT}.was`]: 'Product' },
  },
  {
    name: 'exchange fields',
    renames: { title: 'code', code: 'title' },
    set: { [`${ORDER}.fields.$title.was`]: 'title', [`${ORDER}.fields.$code.was`]: 'code' },
  },
  { name: 'rename a table', set: { [`${ORDER}.table`]: 'purchase', [`${ORDER}.path`]: 'purchases' } },
];

const TYPES: readonly Edit[] = [
  {
    name: 'amounts to bigint',
    set: {
      [`${LINE}.fields.$amount.type`]: 'bigint',
      [`${LINE}.fields.$amount.default`]: '0',
      [`${SHOP}.fields.$limit.type`]: 'bigint',
      [`${SHOP}.fields.$limit.default`]: '1000',
      ...Object.fromEntries(
        [
          `${LINE}.fields.$share`,
          `${LINE}.fields.part`,
          `${ORDER}.fields.$total`,
          `${ORDER}.fields.net`,
          `${SHOP}.fields.$sales`,
          `${SHOP}.fields.$best`,
          `${SHOP}.fields.twice`,
          `${PRODUCT}.fields.pieces`,
        ].map((path) => [`${path}.type`, 'bigint']),
      ),
    },
  },
  {
    name: 'weight to bigint',
    set: {
      [`${PRODUCT}.fields.$weight.type`]: 'bigint',
      [`${PRODUCT}.fields.$weight.default`]: '1',
      [`${ORDER}.fields.weight.type`]: 'bigint',
    },
  },
  { name: 'score to bigint', set: { [`${ORDER}.fields.$score.type`]: 'bigint' } },
  { name: 'price to more digits', set: { [`${ORDER}.fields.price.precision`]: 14 } },
  { name: 'title to text', set: { [`${ORDER}.fields.$title`]: { type: 'text', maxLength: 100, optional: true } } },
  { name: 'title longer', set: { [`${ORDER}.fields.$title.maxLength`]: 40, [`${ORDER}.fields.short.maxLength`]: 40 } },
  { name: 'code shorter', set: { [`${ORDER}.fields.$code.maxLength`]: 8 } },
  { name: 'mood to string', set: { [`${ORDER}.fields.mood`]: { type: 'string', maxLength: 9, optional: true } } },
  {
    name: 'code to enum',
    set: {
      [`${ORDER}.fields.$code`]: { type: 'enum', values: ['c1', 'c2', 'bad'], optional: true },
    },
    migration: { cast: { '$Order.$code': { values: { c1: 'c1', c2: 'c2' } } } },
  },
  {
    name: 'flag to enum',
    set: {
      [`${ORDER}.fields.$flag`]: { type: 'enum', values: ['up', 'down'], default: 'down' },
      [`${ORDER}.checks.worded`]: "record.$code != 'bad' || record.$flag == 'up'",
    },
    migration: { cast: { '$Order.$flag': { values: { true: 'up', false: 'down' } } } },
  },
  {
    name: 'dates to datetime',
    set: { [`${ORDER}.fields.$from.type`]: 'datetime', [`${ORDER}.fields.to.type`]: 'datetime' },
    migration: { cast: { '$Order.$from': { timeZone: 'UTC' }, '$Order.to': { timeZone: 'UTC' } } },
  },
  {
    name: 'add values',
    set: {
      [`${ORDER}.fields.$kind.values`]: ['a', 'n', 'b', '$c'],
      [`${ORDER}.fields.$kind.transitions`]: { a: ['b', 'n'], n: ['b'], b: ['$c'] },
    },
  },
  {
    name: 'remove a value',
    set: { [`${ORDER}.fields.mood.values`]: ['bad'] },
    migration: { values: { '$Order.mood': { good: 'bad' } } },
  },
  { name: 'reorder values', set: { [`${ORDER}.fields.mood.values`]: ['bad', 'good'] } },
];

const FORMULAS: readonly Edit[] = [
  ['total', `${ORDER}.fields.$total.computed`, 'record.$lines.sum(l, l.$amount) + 1'],
  ['sales', `${SHOP}.fields.$sales.computed`, 'record.$orders.sum(o, o.$total) * 2'],
  ['best', `${SHOP}.fields.$best.computed`, 'record.$orders.min(o, o.$total)'],
  ['twice', `${SHOP}.fields.twice.computed`, 'record.$sales * 3'],
  ['net', `${ORDER}.fields.net.computed`, 'record.$total - 2'],
  ['short', `${ORDER}.fields.short.computed`, 'record.$title == null ? record.$code : lower(record.$title)'],
  ['weight', `${ORDER}.fields.weight.computed`, 'record.$products.sum(p, p.$weight) + 1'],
  ['share', `${LINE}.fields.$share.computed`, 'record.$order.$shop.$limit + record.$amount'],
  ['part', `${LINE}.fields.part.computed`, 'record.$order.$total + record.$amount'],
  ['used', `${PRODUCT}.fields.used.computed`, 'size(record.$buyers) + 1'],
  ['pieces', `${PRODUCT}.fields.pieces.computed`, 'record.sold.sum(l, l.$amount) + 1'],
  ['cap', `${ORDER}.checks.cap`, 'record.$total <= record.$shop.$limit + 10'],
  ['few', `${LINE}.checks.few`, 'record.$amount < record.$order.$shop.$limit'],
  ['frozen', `${ORDER}.frozen`, "record.$kind == '$c'"],
  ['unique', `${ORDER}.unique.coded.where`, "record.$kind == 'a'"],
  ['noOverlap', `${ORDER}.noOverlap.apart.where`, 'record.$score != 7'],
].map(([what = '', path = '', text = '']) => ({ name: `change ${what}`, set: { [path]: text } }));

const REQUIRED: readonly Edit[] = [
  ['title', `${ORDER}.fields.$title`, '$Order.$title', 'y'],
  ['score', `${ORDER}.fields.$score`, '$Order.$score', 3],
  ['code', `${ORDER}.fields.$code`, '$Order.$code', 'z'],
  ['mood', `${ORDER}.fields.mood`, '$Order.mood', 'bad'],
  ['remark', `${LINE}.fields.remark`, '$Line.remark', 'y'],
  ['label', `${PRODUCT}.fields.$label`, '$Product.$label', 'l'],
].map(([what, path, field, value]) => ({
  name: `require ${what}`,
  drop: [`${path}.optional`],
  migration: { backfill: { [`${field}`]: value ?? '' } },
}));

const ADDED: readonly Edit[] = [
  { name: 'search more', set: { [`${ORDER}.search`]: ['$title', '$code'] } },
  { name: 'search shops', set: { [`${SHOP}.search`]: ['$name', '$memo'] } },
  { name: 'search codes alone', set: { [`${ORDER}.search`]: ['$code'] } },
  { name: 'search nothing', drop: [`${ORDER}.search`] },
  { name: 'new unique', set: { [`${ORDER}.unique.titled`]: { fields: ['$shop', '$title'] } } },
  {
    name: 'new partial unique',
    set: { [`${ORDER}.unique.part`]: { fields: ['$shop', '$kind'], where: 'record.$score == 5' } },
  },
  { name: 'new check', set: { [`${ORDER}.checks.own`]: 'record.$score == null || record.$score >= 0' } },
  { name: 'new check over rows', set: { [`${ORDER}.checks.far`]: "record.$total >= 0 || record.$shop.$name != 'q'" } },
  { name: 'new check of shops', set: { [`${SHOP}.checks.far`]: 'record.$orders.all(o, o.$total < 5000)' } },
  { name: 'drop checks', drop: [`${ORDER}.checks.cap`, `${ORDER}.checks.scored`] },
  { name: 'drop unique', drop: [`${ORDER}.unique`] },
  { name: 'drop noOverlap', drop: [`${ORDER}.noOverlap`] },
  { name: 'new index', set: { [`${ORDER}.indexes.more`]: { fields: ['$code', '$kind'], where: 'record.$flag' } } },
  { name: 'new filter', set: { [`${ORDER}.list.filter`]: ['$kind', '$shop', '$title', '$flag'] } },
  { name: 'new field', set: { [`${ORDER}.fields.extra`]: { type: 'integer', default: 4 } } },
  {
    name: 'new computed field',
    set: {
      [`${ORDER}.fields.extra`]: { type: 'integer', computed: 'record.$lines.count(l, l.$amount > 1)' },
      [`${SHOP}.fields.extra`]: { type: 'integer', computed: 'record.$orders.sum(o, o.extra)' },
    },
  },
  {
    name: 'new list',
    set: {
      [`${ORDER}.fields.more`]: { type: 'references', to: '$Product', inverse: 'others', onDelete: 'restrict' },
      [`${PRODUCT}.fields.others2`]: { type: 'integer', computed: 'size(record.others)' },
    },
  },
  {
    name: 'new reference',
    set: {
      [`${ORDER}.fields.boss`]: {
        type: 'reference',
        to: '$Shop',
        optional: true,
        onDelete: 'setNull',
        inverse: 'bossed',
      },
    },
  },
  {
    name: 'new part',
    set: {
      'entities.Note': {
        partOf: 'order',
        fields: {
          order: { type: 'reference', to: '$Order', onDelete: 'cascade', inverse: 'notes' },
          words: { type: 'integer', default: 1 },
        },
      },
      [`${ORDER}.fields.words`]: { type: 'integer', computed: 'record.notes.sum(n, n.words)' },
    },
  },
];

const KEPT: readonly Edit[] = [
  { name: 'drop price', drop: [`${ORDER}.fields.price`] },
  { name: 'drop best', drop: [`${SHOP}.fields.$best`] },
  { name: 'drop weight', drop: [`${ORDER}.fields.weight`] },
  { name: 'drop next', drop: [`${ORDER}.fields.next`] },
  {
    name: 'drop products',
    drop: [`${ORDER}.fields.$products`, `${ORDER}.fields.weight`, `${ORDER}.checks.labelled`, `${PRODUCT}.fields.used`],
  },
  {
    name: 'keep deleted shops',
    set: { [`${SHOP}.softDelete`]: true, [`${SHOP}.access.all.allow`]: [...ALL, 'restore'] },
  },
  {
    name: 'keep no deleted orders',
    set: { [`${ORDER}.access.all.allow`]: ALL },
    drop: [`${ORDER}.softDelete`, `${LINE}.softDelete`],
  },
  { name: 'keep no deleted lines', drop: [`${LINE}.softDelete`] },
  {
    name: 'no parts',
    set: { [`${LINE}.access`]: { all: { roles: ['anonymous'], allow: [...ALL, 'restore'], rows: 'all' } } },
    drop: [`${LINE}.partOf`],
  },
  { name: 'restrict shops', set: { [`${ORDER}.fields.$shop.onDelete`]: 'restrict' } },
  { name: 'restrict products', set: { [`${ORDER}.fields.$products.onDelete`]: 'restrict' } },
  { name: 'link in any number', set: { [`${ORDER}.fields.$products.maxItems`]: 50 } },
  { name: 'new transitions', set: { [`${ORDER}.fields.$kind.transitions`]: { a: ['b', '$c'], b: ['$c'] } } },
  { name: 'isOpen optional', set: { [`${SHOP}.fields.isOpen`]: { type: 'boolean', optional: true } } },
  { name: 'total plain', drop: [`${SHOP}.fields.$best.computed`] },
];

const OTHERS: readonly Edit[] = [
  {
    name: 'exchange values',
    set: {
      [`${ORDER}.fields.$kind`]: {
        type: 'enum',
        values: ['b', 'a', '$c'],
        valuesWere: { a: 'b', b: 'a' },
        default: 'b',
        transitions: { b: ['a'], a: ['$c'] },
      },
    },
  },
  { name: 'next to shops', set: { [`${ORDER}.fields.next.to`]: '$Shop' } },
  { name: 'short plain', drop: [`${ORDER}.fields.short.computed`] },
  { name: 'remark computed', set: { [`${LINE}.fields.remark.computed`]: "record.$amount > 5 ? 'big' : null" } },
  {
    name: 'title many',
    set: {
      [`${ORDER}.fields.$title`]: { type: 'string', maxLength: 20, many: true },
      [`${ORDER}.fields.short.computed`]: 'lower(record.$code)',
      [`${ORDER}.checks.titled`]: 'size(record.$title) < 9',
      [`${ORDER}.indexes.byScore.fields`]: ['$score'],
    },
    drop: [`${ORDER}.search`],
    migration: { cast: { '$Order.$title': { separator: ' ' } } },
  },
  {
    name: 'require product',
    set: { [`${LINE}.fields.$product`]: { type: 'reference', to: '$Product', onDelete: 'restrict', inverse: 'sold' } },
    migration: { backfill: { '$Line.$product': 'p1' } },
  },
  {
    name: 'keep deleted products',
    set: { [`${PRODUCT}.softDelete`]: true, [`${PRODUCT}.access.all.allow`]: [...ALL, 'restore'] },
  },
  { name: 'no unique label', drop: [`${PRODUCT}.fields.$label.unique`] },
  { name: 'freeze none', drop: [`${ORDER}.frozen`] },
  { name: 'freeze lines', set: { [`${LINE}.frozen`]: "record.remark == 'm'" } },
  { name: 'freeze shops', set: { [`${SHOP}.frozen`]: '!record.isOpen && record.$sales > 5' } },
  { name: 'number shops', set: { [`${SHOP}.fields.number`]: { type: 'bigint', sequence: true } } },
  { name: 'bound amounts', set: { [`${LINE}.fields.$amount.min`]: 0, [`${LINE}.fields.$amount.max`]: 50 } },
  {
    name: 'share decimal',
    set: {
      [`${LINE}.fields.$share`]: {
        type: 'decimal',
        precision: 14,
        scale: 2,
        computed: 'record.$order.$shop.$limit - record.$amount',
      },
    },
  },
  {
    name: 'new noOverlap',
    set: { [`${ORDER}.noOverlap.other`]: { per: ['$shop', '$kind'], from: '$from', to: 'to' } },
  },
  {
    name: 'memo of its own',
    set: { [`${ORDER}.fields.$memo`]: { type: 'string', maxLength: 20, optional: true } },
    drop: [`${ORDER}.mixins`],
  },
];

export const EDITS: readonly Edit[] = [...OTHERS, ...RENAMES, ...TYPES, ...FORMULAS, ...REQUIRED, ...ADDED, ...KEPT];
