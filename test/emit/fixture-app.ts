import type { App, Entity, Field, FieldTypeName, Grant, Operation } from '../../compiler/model/app.ts';
import { columnName, entityNames, enumTypeName, fieldKey } from '../../compiler/model/naming.ts';

type FieldOptions = Partial<Omit<Field, 'name' | 'type' | 'key' | 'column'>>;

/** A field with everything its type needs, as the model fills it in. */
export function createField(name: string, type: FieldTypeName, options: FieldOptions = {}): Field {
  const key = fieldKey(name, type);
  return {
    name,
    key,
    column: columnName(key),
    type,
    optional: false,
    many: false,
    unique: false,
    immutable: false,
    readOnly: false,
    writeOnly: false,
    limits: {},
    ...options,
  };
}

interface EntityOptions extends Partial<Omit<Entity, 'name' | 'fields'>> {
  readonly table?: string;
  readonly path?: string;
}

/** An entity; without `grants` everyone may do everything. */
export function createEntity(
  name: string,
  fields: readonly Field[],
  { table, path, ...options }: EntityOptions = {},
): Entity {
  const grants = options.grants ?? [createGrant('everyone', ['create', 'read', 'update', 'delete'])];
  return {
    name,
    names: entityNames(name, { ...(table !== undefined && { table }), ...(path !== undefined && { path }) }),
    fields,
    grants,
    operations: (['create', 'read', 'update', 'delete'] as const).filter((operation) =>
      grants.some(({ allow }) => allow.includes(operation)),
    ),
    list: { filter: [], findsParts: false, sort: ['createdAt'], expand: [], pageSize: 25, maxPageSize: 100 },
    rules: [],
    checks: [],
    uniques: [],
    indexes: [],
    noOverlaps: [],
    inverses: [],
    ...options,
  };
}

export function createGrant(name: string, allow: readonly Operation[]): Grant {
  return { name, roles: ['anonymous'], allow, rows: 'all' };
}

/** Text that breaks every notation it is not escaped for. */
export const HOSTILE =
  'A | `tick` --> <script>alert(1)</script> */ "quoted" \'single\' ${HOME} $(id)\n# not a heading\n\n- [ ] item \\ end *x* [l](javascript:y) %% {{z}}';

const lead = createEntity(
  'Lead',
  [
    createField('name', 'string', {
      limits: { minLength: 1, maxLength: 120 },
      description: 'Who it is.',
      example: 'Ann Example',
    }),
    createField('phone', 'phone'),
    createField('email', 'email', { optional: true, unique: true }),
    createField('status', 'enum', {
      default: 'new',
      enum: {
        typeName: enumTypeName('Lead', 'status'),
        values: ['new', 'contacted', 'qualified', 'won', 'lost'],
        transitions: [
          { from: 'new', to: ['contacted', 'lost'] },
          { from: 'contacted', to: ['qualified', 'lost'] },
          { from: 'qualified', to: ['won', 'lost'] },
          { from: 'won', to: [] },
          { from: 'lost', to: [] },
        ],
        initial: ['new'],
      },
    }),
    createField('score', 'integer', { default: 0, limits: { min: 0, max: 100 } }),
    createField('smsConsent', 'boolean', { default: false }),
    createField('notes', 'text', { optional: true }),
    createField('account', 'reference', {
      optional: true,
      reference: { entity: 'Account', onDelete: 'setNull', inverse: 'leads' },
    }),
    createField('tags', 'string', { many: true, limits: { maxLength: 30, maxItems: 20 } }),
    createField('contactedAt', 'datetime', { optional: true, readOnly: true }),
    createField('source', 'enum', {
      optional: true,
      immutable: true,
      enum: { typeName: enumTypeName('Lead', 'source'), values: ['web', 'fair', 'friend'] },
    }),
  ],
  {
    description: 'A prospect.',
    list: {
      filter: ['status', 'account', 'score', 'email', 'smsConsent', 'notes', 'createdAt'],
      findsParts: true,
      sort: ['createdAt', 'score', 'email'],
      expand: ['account', 'account.owner'],
      pageSize: 25,
      maxPageSize: 100,
    },
    uniques: [{ name: 'onePhonePerAccount', fields: ['phone', 'account'] }],
    indexes: [{ name: 'byName', fields: ['name'] }],
  },
);

const account = createEntity(
  'Account',
  [
    createField('name', 'string', { unique: true, limits: { maxLength: 200 } }),
    createField('parent', 'reference', { optional: true, reference: { entity: 'Account', onDelete: 'restrict' } }),
    createField('owner', 'reference', { reference: { entity: 'Select', onDelete: 'cascade' } }),
  ],
  {
    grants: [createGrant('team', ['create', 'read', 'update'])],
    list: {
      filter: [],
      findsParts: false,
      sort: ['createdAt'],
      expand: ['parent', 'leads', 'leads.account'],
      pageSize: 25,
      maxPageSize: 100,
    },
    inverses: [{ name: 'leads', entity: 'Lead', field: 'account' }],
  },
);

/** Reserved words of SQL, TypeScript, YAML and mermaid, and the names a list itself uses. */
const select = createEntity(
  'Select',
  [
    createField('order', 'integer', { limits: {} }),
    createField('group', 'string', { optional: true, limits: { maxLength: 255 }, description: HOSTILE }),
    createField('user', 'uuid'),
    createField('default', 'boolean', { default: true }),
    createField('limit', 'integer', { limits: { min: 1 } }),
    createField('pk', 'string', { limits: { maxLength: 10 }, writeOnly: true }),
  ],
  {
    description: HOSTILE,
    list: {
      filter: ['limit', 'order', 'group'],
      findsParts: true,
      sort: ['order'],
      expand: [],
      pageSize: 10,
      maxPageSize: 50,
    },
  },
);

const everyType = createEntity(
  'Kitchen',
  [
    createField('title', 'string', { limits: { maxLength: 20, pattern: '^[A-Z|`]{3}\\d+$' }, example: 'ABC1' }),
    createField('big', 'bigint', { limits: { min: '-5', max: '9007199254740995' } }),
    createField('price', 'decimal', { default: '9.9900', limits: { precision: 19, scale: 4, min: '0' } }),
    createField('ratio', 'number', { limits: { min: 0, max: 1 } }),
    createField('day', 'date', { limits: { min: '2020-01-01' } }),
    createField('opens', 'time'),
    createField('startsAt', 'datetime'),
    createField('zone', 'timeZone', { default: 'UTC' }),
    createField('token', 'uuid', { readOnly: true, optional: true }),
    createField('meta', 'json'),
    createField('extra', 'json', { optional: true }),
    createField('site', 'url', { optional: true }),
    createField('scores', 'integer', { many: true, limits: { min: 0, max: 9, maxItems: 5 } }),
    createField('parts', 'json', { many: true, limits: { maxItems: 3 } }),
    createField('level', 'enum', {
      optional: true,
      enum: {
        typeName: enumTypeName('Kitchen', 'level'),
        values: ['end', 'state', 'note'],
        transitions: [
          { from: 'end', to: ['state'] },
          { from: 'state', to: ['end', 'note'] },
          { from: 'note', to: [] },
        ],
        initial: ['end', 'state'],
      },
    }),
  ],
  {
    list: {
      filter: ['day', 'price', 'big', 'title'],
      findsParts: true,
      sort: [],
      expand: [],
      pageSize: 25,
      maxPageSize: 100,
    },
  },
);

/** A drop box: rows go in and are never shown. Its derived names collide with those of other entities. */
const problem = createEntity('Problem', [createField('text', 'text', { limits: { maxLength: 4000 } })], {
  grants: [createGrant('drop', ['create', 'update', 'delete'])],
});

const leadCreate = createEntity('LeadCreate', [createField('note', 'string', { limits: { maxLength: 5 } })], {
  grants: [createGrant('readers', ['read'])],
});

/** No grant, no route. */
const hidden = createEntity('Hidden', [createField('secret', 'string', { limits: { maxLength: 5 } })], { grants: [] });

/** Every field type and attribute, reserved words, hostile prose, colliding names. */
export const fixtureApp: App = {
  name: 'lead-tracker',
  description: HOSTILE,
  auth: { provider: 'none' },
  api: { basePath: '/api/v1', bodyLimit: 1_048_576 },
  database: { schema: 'public' },
  entities: [account, hidden, everyType, lead, leadCreate, problem, select],
};
