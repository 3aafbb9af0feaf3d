import type { Chance } from './random.ts';
import type { BinaryOp, ListTree, RowTree, Tree, TreeSort } from './tree.ts';
import { ENTITIES, VALUES, type EntityName, type Sort } from './world.ts';

/** Names that stand for rows and items where an expression is made. */
interface Around {
  readonly rows: readonly { readonly name: string; readonly entity: EntityName }[];
  readonly items: readonly { readonly name: string; readonly sort: Sort }[];
  readonly rules: Readonly<Record<EntityName, Readonly<Record<string, Tree>>>>;
}

/** Makes a random condition over a `Thing` called `record`. */
export function randomCondition(chance: Chance, rules: Around['rules'], depth: number): Tree {
  return bool(chance, { rows: [{ name: 'record', entity: 'Thing' }], items: [], rules }, depth);
}

/** Makes a random choice between values of a `Thing` called `record`. */
export function randomChoice(chance: Chance, rules: Around['rules']): Tree {
  const around = { rows: [{ name: 'record', entity: 'Thing' as const }], items: [], rules };
  return choice(chance.pick(['int', 'dec', 'text'] as const))(chance, around, 1);
}

type Make = (chance: Chance, around: Around, depth: number) => Tree;

const COMPARED: readonly TreeSort[] = [
  'bool',
  'int',
  'dec',
  'num',
  'text',
  'mail',
  'kind',
  'other',
  'date',
  'time',
  'moment',
  'span',
  'uuid',
  'zone',
  'person',
];
const ORDERED: readonly TreeSort[] = [
  'int',
  'dec',
  'num',
  'text',
  'mail',
  'kind',
  'other',
  'date',
  'time',
  'moment',
  'span',
];
const LISTED: readonly Sort[] = [
  'int',
  'dec',
  'num',
  'text',
  'mail',
  'kind',
  'other',
  'date',
  'time',
  'moment',
  'uuid',
];

const CONDITIONS: readonly Make[] = [
  (chance, around, depth) => equality(chance, around, depth),
  (chance, around, depth) => equality(chance, around, depth),
  (chance, around, depth) => order(chance, around, depth),
  (chance, around, depth) => order(chance, around, depth),
  (chance, around, depth) => ({ op: '!', args: [bool(chance, around, depth - 1)] }),
  (chance, around, depth) => logical(chance, around, depth),
  (chance, around, depth) => logical(chance, around, depth),
  (chance, around, depth) => membership(chance, around, depth),
  (chance, around, depth) => textTest(chance, around, depth),
  (chance, around, depth) => quantified(chance, around, depth),
  (chance, around, depth) => ({
    op: '?:',
    args: [bool(chance, around, depth - 1), bool(chance, around, depth - 1), bool(chance, around, depth - 1)],
  }),
  (chance, around) => rule(chance, around),
  (chance, around) => fieldOf(chance, around, 'bool'),
];

function bool(chance: Chance, around: Around, depth: number): Tree {
  if (depth > 0) return chance.pick(CONDITIONS)(chance, around, depth);
  return chance.happens(0.1) ? literal('bool', chance.pick(VALUES.bool)) : fieldOf(chance, around, 'bool');
}

function logical(chance: Chance, around: Around, depth: number): Tree {
  return {
    op: chance.pick(['&&', '||'] as const),
    args: [bool(chance, around, depth - 1), bool(chance, around, depth - 1)],
  };
}

/** A side that tells its own type, and another that may be a literal. */
function equality(chance: Chance, around: Around, depth: number): Tree {
  const sort = chance.pick(COMPARED);
  const left = telling(chance, around, sort, depth - 1);
  const right = chance.happens(0.15) ? { op: 'null' as const } : other(chance, around, sort, depth - 1);
  const args = chance.happens(0.5) ? ([left, right] as const) : ([right, left] as const);
  return { op: chance.pick(['==', '!='] as const), args };
}

function order(chance: Chance, around: Around, depth: number): Tree {
  const sort = chance.pick(ORDERED);
  const left = telling(chance, around, sort, depth - 1);
  const right = other(chance, around, sort, depth - 1);
  const args = chance.happens(0.5) ? ([left, right] as const) : ([right, left] as const);
  return { op: chance.pick(['<', '<=', '>', '>='] as const), args };
}

/** Of numbers any kind compares with any. */
function other(chance: Chance, around: Around, sort: TreeSort, depth: number): Tree {
  const numbers = ['int', 'dec', 'num'] as const;
  const partner = numbers.some((one) => one === sort) && chance.happens(0.3) ? chance.pick(numbers) : sort;
  if (partner !== 'person' && partner !== 'span' && chance.happens(0.4))
    return literal(partner, chance.pick(VALUES[partner]));
  return telling(chance, around, partner, depth);
}

function membership(chance: Chance, around: Around, depth: number): Tree {
  if (chance.happens(0.3)) {
    const list = arrayOf(chance, around);
    if (list !== undefined) {
      const sort = list.name === 'tags' ? 'text' : 'int';
      return { op: 'in array', args: [other(chance, around, sort, depth - 1)], list };
    }
  }
  const sort = chance.pick(LISTED);
  const items = Array.from({ length: 1 + chance.integer(3) }, () =>
    chance.happens(0.25) ? telling(chance, around, sort, 0) : literal(sort, chance.pick(VALUES[sort])),
  );
  return { op: 'in', args: [telling(chance, around, sort, depth - 1)], items };
}

function textTest(chance: Chance, around: Around, depth: number): Tree {
  const sort = chance.happens(0.2) ? 'mail' : 'text';
  const part = chance.happens(0.5)
    ? literal('text', chance.pick(['a', 'A', 'an', '', 'n@', "'", '%']))
    : telling(chance, around, 'text', depth - 1);
  return {
    op: chance.pick(['contains', 'startsWith'] as const),
    args: [telling(chance, around, sort, depth - 1), part],
  };
}

function quantified(chance: Chance, around: Around, depth: number): Tree {
  const { list, variable, inside } = bound(chance, around);
  return {
    op: 'aggregate',
    name: chance.pick(['exists', 'all'] as const),
    list,
    variable,
    body: bool(chance, inside, Math.min(depth - 1, 1)),
  };
}

function rule(chance: Chance, around: Around): Tree {
  const row = rowOf(chance, around);
  const names = Object.entries(around.rules[entityAt(row)]);
  if (names.length === 0) return fieldOf(chance, around, 'bool');
  const [name, means] = chance.pick(names);
  return { op: 'rule', row, name, means };
}

/** An expression whose type is plain without what it is compared with. */
function telling(chance: Chance, around: Around, sort: TreeSort, depth: number): Tree {
  if (depth <= 0 || chance.happens(0.35)) return leaf(chance, around, sort);
  const deeper = depth - 1;
  const makers = MAKERS[sort];
  return makers === undefined ? leaf(chance, around, sort) : chance.pick(makers)(chance, around, deeper);
}

function leaf(chance: Chance, around: Around, sort: TreeSort): Tree {
  if (sort === 'span' && chance.happens(0.5))
    return { op: 'elapsed', args: [fieldOf(chance, around, 'moment'), fieldOf(chance, around, 'moment')] };
  if (sort === 'span') return literal('span', chance.pick(['0', '1', '3600', '86400', '31536000']));
  if (sort === 'person') return { op: 'row', row: rowOf(chance, around, 'Person') };
  if (sort === 'moment' && chance.happens(0.1)) return { op: 'now' };
  return fieldOf(chance, around, sort);
}

const pair =
  (op: BinaryOp, left: TreeSort, right: TreeSort = left): Make =>
  (chance, around, depth) => {
    const args = [operand(chance, around, left, depth), operand(chance, around, right, depth)] as const;
    return { op, args: [args[0], isQuotient(op) && isZero(args[1]) ? literal(right, '7') : args[1]] };
  };

/** The compiler refuses to divide by a zero that is written. */
function isQuotient(op: BinaryOp): boolean {
  return op === '/' || op === 'whole /' || op === '%';
}

function isZero(tree: Tree): boolean {
  return tree.op === 'literal' && Number(tree.text) === 0;
}

function operand(chance: Chance, around: Around, sort: TreeSort, depth: number): Tree {
  if (isPlain(sort) && chance.happens(0.2)) return literal(sort, chance.pick(VALUES[sort]));
  return telling(chance, around, sort, depth);
}

/** Whether a literal tells its type by itself. */
function isPlain(sort: TreeSort): sort is 'int' | 'dec' | 'text' {
  return sort === 'int' || sort === 'dec' || sort === 'text';
}

const choice =
  (sort: Sort): Make =>
  (chance, around, depth) => {
    const met = operand(chance, around, sort, depth);
    if (chance.happens(0.5))
      return { op: '?:', args: [bool(chance, around, depth), met, operand(chance, around, sort, depth)] };
    const isThere = present(chance, met);
    const otherwise = isPlain(sort) ? literal(sort, chance.pick(VALUES[sort])) : operand(chance, around, sort, depth);
    if (chance.happens(0.5)) return { op: '?:', args: [isThere, met, otherwise] };
    return { op: '?:', args: [{ op: '!', args: [isThere] }, otherwise, met] };
  };

/** A condition that asks for some of what a value is made of. */
function present(chance: Chance, value: Tree): Tree {
  const parts = 'args' in value && chance.happens(0.7) ? value.args : [value];
  const asked = parts.map((part): Tree => ({ op: '!=', args: [part, { op: 'null' }] }));
  const op = chance.happens(0.8) ? '&&' : '||';
  return asked.reduce((left, right) => ({ op, args: [left, right] }));
}

const aggregate =
  (name: 'sum' | 'min' | 'max', sort: TreeSort): Make =>
  (chance, around, depth) => {
    const { list, variable, inside } = bound(chance, around);
    return { op: 'aggregate', name, list, variable, body: telling(chance, inside, sort, Math.min(depth, 1)) };
  };

const counted: Make = (chance, around, depth) => {
  const { list, variable, inside } = bound(chance, around);
  return { op: 'aggregate', name: 'count', list, variable, body: bool(chance, inside, Math.min(depth, 1)) };
};

const sized: Make = (chance, around, depth) => {
  if (chance.happens(0.7)) return { op: 'size', args: [telling(chance, around, 'text', depth)] };
  const array = chance.happens(0.4) ? arrayOf(chance, around) : undefined;
  return { op: 'size list', list: array ?? bound(chance, around).list };
};

const rounded: Make = (chance, around, depth) => ({
  op: 'round',
  args: [telling(chance, around, 'dec', depth)],
  places: 1 + chance.integer(3),
});

const MAKERS: Partial<Readonly<Record<TreeSort, readonly Make[]>>> = {
  bool: [bool],
  int: [
    ...(['+', '-', '*', 'whole /', 'whole /', '%', '%'] as const).map((op) => pair(op, 'int')),
    (chance, around, depth) => ({ op: 'negate', args: [telling(chance, around, 'int', depth)] }),
    counted,
    sized,
    sized,
    aggregate('sum', 'int'),
    aggregate('min', 'int'),
    choice('int'),
  ],
  dec: [
    rounded,
    pair('%', 'dec'),
    pair('%', 'dec', 'int'),
    ...(['+', '-', '*', '/'] as const).flatMap((op) => [
      pair(op, 'dec'),
      pair(op, 'dec', 'int'),
      pair(op, 'int', 'dec'),
    ]),
    aggregate('sum', 'dec'),
    aggregate('max', 'dec'),
    choice('dec'),
  ],
  num: [aggregate('min', 'num'), choice('num')],
  text: [
    pair('concat', 'text'),
    (chance, around, depth) => ({ op: 'lower', args: [telling(chance, around, 'text', depth)] }),
    aggregate('max', 'text'),
    choice('text'),
  ],
  kind: [aggregate('max', 'kind'), choice('kind')],
  date: [(chance, around) => ({ op: 'today', args: [zone(chance, around)] }), aggregate('min', 'date')],
  moment: [
    pair('later', 'moment', 'span'),
    pair('earlier', 'moment', 'span'),
    (chance, around) => ({
      op: 'at',
      args: [
        chance.happens(0.2) ? literal('date', '2026-11-27') : fieldOf(chance, around, 'date'),
        chance.happens(0.4) ? literal('time', '09:30:00') : fieldOf(chance, around, 'time'),
        zone(chance, around),
      ],
    }),
  ],
  span: [pair('elapsed', 'moment'), pair('span +', 'span'), pair('span -', 'span')],
};

function zone(chance: Chance, around: Around): Tree {
  return chance.happens(0.4) ? literal('zone', chance.pick(VALUES.zone)) : fieldOf(chance, around, 'zone');
}

function literal(sort: TreeSort, text: string): Tree {
  return { op: 'literal', sort, text };
}

/** A field of that sort on a row near by; where none of the rows has one, one of the outermost. */
function fieldOf(chance: Chance, around: Around, sort: Sort): Tree {
  const items = around.items.filter((item) => item.sort === sort);
  if (items.length > 0 && chance.happens(0.6)) return { op: 'item', ...chance.pick(items) };
  for (let tries = 0; tries < 20; tries += 1) {
    const row = rowOf(chance, around);
    const fields = ENTITIES[entityAt(row)].fields.filter((field) => field.sort === sort);
    if (fields.length > 0) return { op: 'field', row, key: chance.pick(fields).key, sort };
  }
  const field = chance.pick(ENTITIES.Thing.fields.filter((one) => one.sort === sort));
  return { op: 'field', row: { name: 'record', entity: 'Thing', links: [] }, key: field.key, sort };
}

function rowOf(chance: Chance, around: Around, wanted?: EntityName): RowTree {
  for (;;) {
    const { name, entity } = chance.pick(around.rows);
    let row: RowTree = { name, entity, links: [] };
    while (chance.happens(row.links.length === 0 ? 0.35 : 0.2)) {
      const { name: link } = chance.pick(ENTITIES[entityAt(row)].links);
      row = { ...row, links: [...row.links, link] };
    }
    if (wanted === undefined || (entityAt(row) === wanted && row.links.length > 0)) return row;
  }
}

function entityAt({ entity, links }: RowTree): EntityName {
  return links.reduce<EntityName>(
    (at, name) => ENTITIES[at].links.find((link) => link.name === name)?.entity ?? at,
    entity,
  );
}

function arrayOf(chance: Chance, around: Around): ListTree | undefined {
  const row = rowOf(chance, around);
  const [array] = ENTITIES[entityAt(row)].arrays.filter(() => chance.happens(0.7));
  return array === undefined || row.links.length > 1 ? undefined : { row, name: array.key };
}

function bound(
  chance: Chance,
  around: Around,
): { readonly list: ListTree; readonly variable: string; readonly inside: Around } {
  const variable = `i${around.rows.length + around.items.length}`;
  const array = chance.happens(0.2) ? arrayOf(chance, around) : undefined;
  if (array !== undefined) {
    const sort = array.name === 'tags' ? 'text' : 'int';
    return { list: array, variable, inside: { ...around, items: [...around.items, { name: variable, sort }] } };
  }
  for (;;) {
    const row = rowOf(chance, around);
    const lists = ENTITIES[entityAt(row)].lists;
    if (lists.length === 0) continue;
    const { name, entity, by } = chance.pick(lists);
    return {
      list: { row, name, of: { entity, by } },
      variable,
      inside: { ...around, rows: [...around.rows, { name: variable, entity }] },
    };
  }
}
