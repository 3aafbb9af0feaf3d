/** Two specs that differ in one key alone; `after: undefined` for a key of one constant value, which may not be left out. */
export interface KeyCase {
  readonly before: string;
  readonly after?: string;
  /** A spec that is migrated first: the key speaks of what became of it, and without it the change is refused. */
  readonly migrated?: string;
}

/** The required part of a field of each type, and three values of it as the spec spells them. */
const TYPES: Readonly<Record<string, { readonly base: string; readonly values: readonly [string, string, string] }>> = {
  string: { base: 'type: string', values: ['alpha', 'beta', 'gamma'] },
  text: { base: 'type: text', values: ['alpha', 'beta', 'gamma'] },
  integer: { base: 'type: integer', values: ['3', '5', '8'] },
  bigint: { base: 'type: bigint', values: ['"3"', '"5"', '"8"'] },
  decimal: { base: 'type: decimal, precision: 8, scale: 2', values: ['"3.00"', '"5.00"', '"8.00"'] },
  number: { base: 'type: number', values: ['3', '5.5', '8'] },
  boolean: { base: 'type: boolean', values: ['true', 'false', 'false'] },
  date: { base: 'type: date', values: ['2026-01-01', '2026-06-01', '2026-12-31'] },
  time: { base: 'type: time', values: ['"08:00:00"', '"12:00:00"', '"18:00:00"'] },
  datetime: {
    base: 'type: datetime',
    values: ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z'],
  },
  timeZone: { base: 'type: timeZone', values: ['UTC', 'Asia/Tokyo', 'Europe/Rome'] },
  uuid: {
    base: 'type: uuid',
    values: [
      '018f4d2e-7b6a-7c31-9d50-000000000001',
      '018f4d2e-7b6a-7c31-9d50-000000000002',
      '018f4d2e-7b6a-7c31-9d50-000000000003',
    ],
  },
  json: { base: 'type: json', values: ['{ a: 1 }', '[1, 2]', 'word'] },
  enum: { base: 'type: enum, values: [one, two, three]', values: ['one', 'two', 'three'] },
  email: { base: 'type: email', values: ['a@example.com', 'b@example.com', 'c@example.com'] },
  phone: { base: 'type: phone', values: ['"+15550000001"', '"+15550000002"', '"+15550000003"'] },
  url: { base: 'type: url', values: ['https://example.com/a', 'https://example.com/b', 'https://example.com/c'] },
  reference: { base: 'type: reference, to: Other', values: ['', '', ''] },
  references: { base: 'type: references, to: Other', values: ['', '', ''] },
};

type FieldCase = (base: string, values: readonly [string, string, string]) => readonly [before: string, after: string];

const adding =
  (text: string): FieldCase =>
  (base) => [base, `${base}, ${text}`];

/** How each attribute of a field is written. */
const ATTRIBUTES: Readonly<Record<string, FieldCase>> = {
  optional: adding('optional: true'),
  description: adding('description: What it is for'),
  many: adding('many: true'),
  maxItems: (base) => {
    const list = base.includes('references') ? base : `${base}, many: true`;
    return [list, `${list}, maxItems: 7`];
  },
  unique: adding('unique: true'),
  immutable: adding('immutable: true'),
  readOnly: (base) => {
    const open = base.includes('references') ? base : `${base}, optional: true`;
    return [open, `${open}, readOnly: true`];
  },
  writeOnly: adding('writeOnly: true'),
  minLength: adding('minLength: 2'),
  maxLength: adding('maxLength: 9'),
  pattern: adding("pattern: '^[a-z]+$'"),
  min: (base, [low]) => [base, `${base}, min: ${low}`],
  max: (base, [, , high]) => [base, `${base}, max: ${high}`],
  default: (base, [, middle]) => [base, `${base}, default: ${middle}`],
  example: (base, [, middle]) => [base, `${base}, example: ${middle}`],
  precision: (base) => [base, base.replace('precision: 8', 'precision: 9')],
  scale: (base) => [base, base.replace('scale: 2', 'scale: 3')],
  values: (base) => [base, base.replace('three]', 'four]')],
  transitions: (base) => [`${base}, default: one`, `${base}, default: one, transitions: { one: [two, three] }`],
  initial: (base) => {
    const machine = `${base}, default: one, transitions: { one: [two, three] }`;
    return [machine, `${machine}, initial: [one, two]`];
  },
  sequence: adding('sequence: true'),
  schema: (base) => [base, `${base}, schema: { type: object }`],
  to: (base) => [base, base.replace('Other', 'Another')],
  onDelete: (base) => [base, `${base}, onDelete: ${base.includes('references') ? 'unlink' : 'cascade'}`],
  inverse: adding('inverse: things'),
  computed: (base, [value]) => {
    const plain = value.replaceAll('"', '');
    const isText = !/^(?:type: (?:integer|bigint|decimal|number|boolean)\b)/.test(base);
    return [base, `${base}, computed: "${isText ? `'${plain}'` : plain}"`];
  },
  type: (base) => [base, base.includes('type: text') ? 'type: string' : 'type: text'],
};

const FIELDS =
  '      f: { type: string, maxLength: 50 }\n      g: { type: integer }\n      link: { type: reference, to: Other, optional: true }\n';
const ACCESS = '    access:\n      all: { roles: [anonymous], allow: [create, read, update, delete], rows: all }\n';
const OTHERS = ['Other', 'Another']
  .map((name) => `  ${name}:\n    fields:\n      a: { type: boolean }\n${ACCESS}`)
  .join('');

const RANGE = '      f: { type: string, maxLength: 50 }\n      a: { type: integer }\n      b: { type: integer }\n';
const noOverlap = (more: string): string => `    noOverlap:\n      free: { from: a, to: b${more} }\n`;

interface Parts {
  readonly head?: string;
  readonly entity?: string;
  readonly fields?: string;
  readonly access?: string;
}

function specOf({
  head = 'supercompile: 1\nname: keys\nauth:\n  provider: none\n',
  entity = '',
  fields = FIELDS,
  access = ACCESS,
}: Parts): string {
  return `${head}entities:\n${OTHERS}  Thing:\n${entity}    fields:\n${fields}${access}`;
}

const HEAD = 'supercompile: 1\nname: keys\nauth:\n  provider: none\n';
const PLAIN = specOf({});
const entity = (text: string): KeyCase => ({ before: PLAIN, after: specOf({ entity: text }) });
const head = (text: string): KeyCase => ({ before: PLAIN, after: specOf({ head: HEAD + text }) });
const list = (before: string, after: string): KeyCase => ({
  before: specOf({ entity: `    list:\n${before}` }),
  after: specOf({ entity: `    list:\n${after}` }),
});

const CASES: Readonly<Record<string, KeyCase>> = {
  'app.supercompile': { before: PLAIN.replace('supercompile: 1\n', '') },
  'app.name': { before: PLAIN, after: PLAIN.replace('name: keys', 'name: other-keys') },
  'app.description': head('description: What it is for\n'),
  'app.auth': { before: PLAIN.replace('auth:\n  provider: none\n', '') },
  'auth.provider': { before: PLAIN.replace('auth:\n  provider: none\n', 'auth: {}\n') },
  'app.api': head('api:\n  basePath: /v1\n'),
  'api.basePath': head('api:\n  basePath: /v1\n'),
  'api.bodyLimit': head('api:\n  bodyLimit: 512KB\n'),
  'app.database': head('database:\n  schema: other\n'),
  'database.schema': head('database:\n  schema: other\n'),
  'database.unmanaged': head('database:\n  unmanaged: [others.legacy]\n'),
  'app.entities': { before: PLAIN, after: PLAIN.replace('  Another:', '  Additional:') },
  ...mixinCases(),
  ...shapeCases(),
  'entity.access': { before: PLAIN, after: specOf({ access: '    access: {}\n' }) },
  'entity.partOf': {
    before: specOf({ fields: `${FIELDS}      whole: { type: reference, to: Another, onDelete: cascade }\n` }),
    after: specOf({
      entity: '    partOf: whole\n',
      fields: `${FIELDS}      whole: { type: reference, to: Another, onDelete: cascade }\n`,
      access: '',
    }),
  },
  'entity.description': entity('    description: What it is for\n'),
  'entity.fields': { before: PLAIN, after: specOf({ fields: `${FIELDS}      h: { type: date }\n` }) },
  'entity.indexes': entity('    indexes:\n      byBoth: { fields: [f, g] }\n'),
  'index.fields': {
    before: specOf({ entity: '    indexes:\n      byBoth: { fields: [f, g] }\n' }),
    after: specOf({ entity: '    indexes:\n      byBoth: { fields: [g, f] }\n' }),
  },
  'entity.rules': {
    before: specOf({ entity: '    rules:\n      big: "record.g > 5"\n    checks:\n      small: "!record.big"\n' }),
    after: specOf({ entity: '    rules:\n      big: "record.g > 6"\n    checks:\n      small: "!record.big"\n' }),
  },
  'entity.checks': entity('    checks:\n      positive: "record.g > 0"\n'),
  'entity.bulk': entity('    bulk: 50\n'),
  'entity.clientId': entity('    clientId: true\n'),
  'entity.id': entity('    id: bigint\n'),
  'entity.upsert': {
    before: specOf({ entity: '    unique:\n      both: { fields: [f, g] }\n' }),
    after: specOf({ entity: '    unique:\n      both: { fields: [f, g] }\n    upsert: [f, g]\n' }),
  },
  'entity.softDelete': entity('    softDelete: true\n'),
  'entity.frozen': entity('    frozen: "record.g > 9"\n'),
  'index.where': {
    before: specOf({ entity: '    indexes:\n      byBoth: { fields: [f, g] }\n' }),
    after: specOf({ entity: '    indexes:\n      byBoth: { fields: [f, g], where: "record.g > 0" }\n' }),
  },
  'unique.where': {
    before: specOf({ entity: '    unique:\n      both: { fields: [f, g] }\n' }),
    after: specOf({ entity: '    unique:\n      both: { fields: [f, g], where: "record.g > 0" }\n' }),
  },
  'entity.unique': entity('    unique:\n      both: { fields: [f, g] }\n'),
  'unique.fields': {
    before: specOf({ entity: '    unique:\n      both: { fields: [f, g] }\n' }),
    after: specOf({ entity: '    unique:\n      both: { fields: [g, f] }\n' }),
  },
  'entity.noOverlap': { before: specOf({ fields: RANGE }), after: specOf({ fields: RANGE, entity: noOverlap('') }) },
  'noOverlap.from': { before: specOf({ fields: RANGE, entity: noOverlap('').replace('from: a, ', '') }) },
  'noOverlap.to': { before: specOf({ fields: RANGE, entity: noOverlap('').replace(', to: b', '') }) },
  'noOverlap.per': {
    before: specOf({ fields: RANGE, entity: noOverlap('') }),
    after: specOf({ fields: RANGE, entity: noOverlap(', per: [f]') }),
  },
  'noOverlap.where': {
    before: specOf({ fields: RANGE, entity: noOverlap('') }),
    after: specOf({ fields: RANGE, entity: noOverlap(`, where: "record.f != 'x'"`) }),
  },
  'entity.list': entity('    list:\n      sort: [g]\n'),
  'list.filter': list('      filter: [f]\n', '      filter: [f, g]\n'),
  'entity.search': entity('    search: [f]\n'),
  'list.expand': list('      sort: [f]\n', '      sort: [f]\n      expand: [link]\n'),
  'list.sort': list('      sort: [f]\n', '      sort: [f, g]\n'),
  'list.pageSize': list('      pageSize: 10\n', '      pageSize: 11\n'),
  'list.maxPageSize': list('      maxPageSize: 50\n', '      maxPageSize: 51\n'),
  'entity.path': entity('    path: elsewhere\n'),
  'entity.table': entity('    table: elsewhere\n'),
  'grant.allow': { before: PLAIN, after: specOf({ access: ACCESS.replace(', delete]', ']') }) },
  'grant.roles': { before: specOf({ access: ACCESS.replace('roles: [anonymous], ', '') }) },
  'grant.rows': { before: specOf({ access: ACCESS.replace(', rows: all', '') }) },
};

function mixinCases(): Readonly<Record<string, KeyCase>> {
  const mixed = (fields: string): string =>
    specOf({ head: `${HEAD}mixins:\n  shared: {${fields} }\n`, entity: '    mixins: [shared]\n' });
  const [one, two] = [' fields: { h: { type: date } }', ' fields: { h: { type: date }, i: { type: date } }'];
  return {
    'app.mixins': { before: PLAIN, after: mixed(one) },
    'entity.mixins': { before: PLAIN, after: mixed(one) },
    'mixin.fields': { before: mixed(one), after: mixed(two) },
  };
}

/** A schema of JSON without the keyword, and with it. */
function shapeCases(): Readonly<Record<string, KeyCase>> {
  const shaped = (text: string): string =>
    specOf({ fields: `${FIELDS}      x: { type: json, schema: { ${text} } }\n` });
  const cases: readonly (readonly [keyword: string, before: string, more: string])[] = [
    ['description', 'type: object', 'description: What it is'],
    ['enum', 'type: string', 'enum: [light, dark]'],
    ['properties', 'type: object', 'properties: { a: { type: string } }'],
    ['required', 'type: object, properties: { a: { type: string } }', 'required: [a]'],
    ['additionalProperties', 'type: object', 'additionalProperties: false'],
    ['items', 'type: array', 'items: { type: string }'],
    ['minItems', 'type: array', 'minItems: 1'],
    ['maxItems', 'type: array', 'maxItems: 3'],
    ['minLength', 'type: string', 'minLength: 1'],
    ['maxLength', 'type: string', 'maxLength: 3'],
    ['pattern', 'type: string', "pattern: '^[a-z]+$'"],
    ['minimum', 'type: number', 'minimum: 1'],
    ['maximum', 'type: number', 'maximum: 3'],
  ];
  return {
    'jsonSchema.type': { before: shaped('type: string'), after: shaped('type: number') },
    ...Object.fromEntries(
      cases.map(([keyword, before, more]) => [
        `jsonSchema.${keyword}`,
        { before: shaped(before), after: shaped(`${before}, ${more}`) },
      ]),
    ),
  };
}

const ALLOWED = 'migration: { allow: [drop field Thing.x] }\n';
const STATES = (text: string): string => specOf({ fields: `${FIELDS}      x: { type: enum, ${text} }\n` });

/** Keys that speak of what is migrated already. */
const CHANGES: Readonly<Record<string, KeyCase>> = {
  'entity.was': {
    migrated: PLAIN.replace('  Thing:', '  Former:'),
    before: PLAIN,
    after: specOf({ entity: '    was: Former\n' }),
  },
  'field:enum.valuesWere': {
    migrated: STATES('values: [one, two]'),
    before: STATES('values: [one, three]'),
    after: STATES('values: [one, three], valuesWere: { three: two }'),
  },
  'app.migration': change(ALLOWED, 'optional: true', undefined),
  'migration.allow': change(ALLOWED, 'optional: true', undefined),
  'migration.backfill': change('migration: { backfill: { Thing.x: 3 } }\n', undefined, ''),
  'migration.values': {
    migrated: STATES('values: [one, two, three]'),
    before: `migration: { allow: [drop value Thing.x.two, change field Thing.x] }\n${STATES('values: [one, three]')}`,
    after: `migration: { allow: [drop value Thing.x.two, change field Thing.x], values: { Thing.x: { two: one } } }\n${STATES('values: [one, three]')}`,
  },
  'migration.cast': cast('type: datetime', 'type: date', 'timeZone: Asia/Tokyo'),
  'cast.timeZone': cast('type: datetime', 'type: date', 'timeZone: Asia/Tokyo'),
  'cast.epoch': cast('type: datetime', 'type: bigint', 'epoch: seconds'),
  'cast.values': cast('type: boolean', 'type: integer', 'values: { "true": 1, "false": 0 }'),
  'cast.separator': cast('type: string, many: true', 'type: string, maxLength: 99', 'separator: ";"'),
  'cast.element': cast('type: integer, many: true', 'type: integer', 'element: first'),
};

/** A field whose new type says nothing of what its values mean. */
function cast(from: string, to: string, text: string): KeyCase {
  const withField = (type: string): string => specOf({ fields: `${FIELDS}      x: { ${type} }\n` });
  const allow = 'migration:\n  allow: [rewrite entity Thing, change field Thing.x]\n';
  return {
    migrated: withField(from),
    before: allow + withField(to),
    after: `${allow}  cast: { Thing.x: { ${text} } }\n${withField(to)}`,
  };
}

/** A field of the migrated spec and what the edited one has of it; absent: nothing. */
function change(line: string, old: string | undefined, next: string | undefined): KeyCase {
  const withField = (text: string | undefined): string =>
    specOf({
      fields: text === undefined ? FIELDS : `${FIELDS}      x: { type: integer${text === '' ? '' : `, ${text}`} }\n`,
    });
  return { migrated: withField(old), before: withField(next), after: line + withField(next) };
}

/** The case of a key; `undefined` when nobody has written one. */
export function caseOf(key: string): KeyCase | undefined {
  const [, type = '', attribute = ''] = /^field:(\w+)\.(\w+)$/.exec(key) ?? [];
  const field = TYPES[type];
  const write = ATTRIBUTES[attribute];
  if (CHANGES[key] !== undefined) return CHANGES[key];
  if (field !== undefined && attribute === 'was') return renameCase(field.base);
  if (field === undefined || write === undefined) return CASES[key];
  const [before, after] = write(field.base, field.values);
  const withField = (text: string): string => specOf({ fields: `${FIELDS}      x: { ${text} }\n` });
  return { before: withField(before), after: withField(after) };
}

function renameCase(base: string): KeyCase {
  const isList = base.includes('references');
  const named = (name: string, more: string): string =>
    specOf({ fields: `${FIELDS}      ${name}: { ${base}${isList ? '' : ', optional: true'}${more} }\n` });
  return { migrated: named('former', ''), before: named('x', ''), after: named('x', ', was: former') };
}
