/** A word that people and models write by habit, and the language's own. */
export interface Alias {
  /** The word to write instead, where one word does it. */
  readonly word?: string;
  /** What to write, in the imperative, where it takes more than the word. */
  readonly hint?: string;
  /** Whether replacing the word alone keeps what was meant. */
  readonly isCertain: boolean;
}

type Habits = Readonly<Record<string, readonly string[]>>;

/** Words that mean exactly the word they stand under. */
const FIELD_TYPES: Habits = {
  string: [
    'str',
    'varchar',
    'varchar2',
    'nvarchar',
    'char',
    'character',
    'charactervarying',
    'shorttext',
    'line',
    'slug',
    'name',
    'title',
    'label',
  ],
  text: ['longtext', 'mediumtext', 'tinytext', 'clob', 'markdown', 'richtext', 'textarea', 'multiline', 'html'],
  integer: ['int', 'int4', 'int32', 'int2', 'int16', 'smallint', 'mediumint', 'tinyint', 'short', 'long', 'count'],
  bigint: ['biginteger', 'int8', 'int64', 'bigserial'],
  decimal: ['numeric', 'dec', 'bigdecimal', 'fixed'],
  number: ['float', 'float4', 'float8', 'float32', 'float64', 'double', 'doubleprecision', 'real'],
  boolean: ['bool', 'bit', 'flag', 'checkbox', 'toggle', 'truefalse'],
  date: ['dateonly', 'localdate', 'day', 'calendardate'],
  time: ['timeonly', 'localtime', 'timeofday', 'timetz'],
  datetime: [
    'timestamp',
    'timestamptz',
    'timestampwithtimezone',
    'timestampwithouttimezone',
    'datetimetz',
    'datetimeoffset',
    'localdatetime',
    'instant',
    'moment',
  ],
  timeZone: ['timezone', 'tz', 'tzname'],
  uuid: ['guid', 'uuidv4', 'uuidv7', 'uniqueidentifier', 'ulid'],
  json: ['jsonb', 'object', 'map', 'dict', 'record', 'hash', 'any', 'struct', 'hstore'],
  enum: ['enumeration', 'select', 'choice', 'option', 'options', 'status', 'oneof', 'picklist', 'dropdown', 'radio'],
  email: ['emailaddress', 'mail'],
  phone: ['phonenumber', 'telephone', 'tel', 'mobile'],
  url: ['uri', 'link', 'href', 'website', 'weburl'],
  reference: [
    'ref',
    'relation',
    'relationship',
    'belongsto',
    'foreignkey',
    'fk',
    'manytoone',
    'onetoone',
    'hasone',
    'references_one',
    'lookup',
    'association',
    'foreign',
  ],
};

const FIELD_KEYS: Habits = {
  optional: ['nullable', 'null', 'isnullable', 'isoptional', 'allownull', 'canbenull'],
  many: ['array', 'isarray', 'list', 'islist', 'multiple', 'repeated'],
  unique: ['isunique'],
  minLength: ['minlen', 'minimumlength', 'lengthmin', 'minchars'],
  maxLength: ['length', 'len', 'maxlen', 'limit', 'maximumlength', 'lengthmax', 'maxchars'],
  min: ['minimum', 'minvalue', 'gte', 'from', 'atleast'],
  max: ['maximum', 'maxvalue', 'lte', 'atmost'],
  values: [
    'enum',
    'options',
    'choices',
    'oneof',
    'allowed',
    'allowedvalues',
    'enumvalues',
    'members',
    'items',
    'variants',
  ],
  pattern: ['regex', 'regexp', 'match', 'matches'],
  scale: ['decimals', 'decimalplaces', 'digits', 'fractiondigits'],
  default: ['defaultvalue', 'defaultsto', 'initialvalue'],
  description: [
    'desc',
    'doc',
    'docs',
    'comment',
    'note',
    'notes',
    'help',
    'label',
    'title',
    'summary',
    'documentation',
  ],
  readOnly: ['readonly', 'generated', 'isreadonly', 'noninput'],
  writeOnly: ['writeonly', 'hidden', 'private', 'secret', 'internal', 'invisible'],
  immutable: ['createonly', 'final', 'const', 'constant', 'noupdate', 'frozen'],
  to: [
    'target',
    'entity',
    'model',
    'references',
    'ref',
    'reference',
    'table',
    'of',
    'relatesto',
    'belongsto',
    'resource',
    'collection',
  ],
  onDelete: ['ondelete', 'delete', 'cascade', 'ondeletion', 'deleterule'],
  maxItems: ['maxcount', 'maxsize', 'maxelements'],
  transitions: ['statemachine', 'workflow', 'states', 'flow', 'lifecycle', 'transition'],
  inverse: ['inverseof', 'backref', 'backreference', 'mappedby', 'relatedname', 'inversedby'],
  computed: ['formula', 'expression', 'calculated', 'derived', 'virtual'],
  sensitive: ['pii', 'phi', 'redact', 'masked'],
  sequence: ['autoincrement', 'serial', 'identity', 'auto'],
  was: ['renamedfrom', 'formerly', 'oldname', 'previously'],
  type: ['kind', 'datatype', 'fieldtype', 'columntype'],
  example: ['examples', 'sample'],
};

const NAMED: Habits = {
  description: ['desc', 'doc', 'docs', 'comment', 'note', 'summary', 'title', 'label', 'documentation'],
};

const HABITS: Readonly<Record<string, Habits>> = {
  'field-type': FIELD_TYPES,
  field: FIELD_KEYS,
  entity: {
    ...NAMED,
    fields: ['columns', 'properties', 'attributes', 'props', 'schema', 'field', 'members', 'cols'],
    access: [
      'permissions',
      'policies',
      'policy',
      'permission',
      'auth',
      'authorization',
      'acl',
      'grants',
      'roles',
      'security',
      'allow',
      'rbac',
    ],
    unique: ['uniques', 'uniqueconstraints', 'uniquekeys', 'uniqueconstraint', 'uniquetogether'],
    indexes: ['index', 'indices', 'idx', 'indexs'],
    table: ['tablename', 'dbtable', 'collection', 'sqltable'],
    path: ['route', 'url', 'endpoint', 'basepath', 'resource', 'slug', 'plural'],
    list: ['query', 'listing', 'filters', 'filter', 'sort', 'pagination', 'search_options'],
    softDelete: ['softdelete', 'paranoid', 'tombstone', 'softdeletes', 'trash'],
    audit: ['history', 'audited', 'auditlog', 'versioned', 'track'],
    checks: ['constraints', 'validations', 'validate', 'invariants', 'check'],
    rules: ['conditions', 'predicates'],
    actions: ['operations', 'methods', 'commands', 'endpoints', 'mutations'],
    was: ['renamedfrom', 'formerly', 'oldname'],
  },
  app: {
    ...NAMED,
    entities: [
      'models',
      'model',
      'tables',
      'resources',
      'schemas',
      'collections',
      'types',
      'objects',
      'schema',
      'entity',
    ],
    name: ['app', 'appname', 'project', 'projectname', 'title', 'service'],
    auth: ['authentication', 'authorization', 'security', 'login', 'identity'],
    supercompile: ['version', 'specversion', 'apiversion', 'supercompileversion'],
    api: ['http', 'server', 'rest', 'routes'],
    database: ['db', 'postgres', 'postgresql', 'storage', 'datasource', 'persistence'],
    integrations: ['services', 'connectors', 'providers', 'plugins'],
    automations: ['workflows', 'jobs', 'triggers', 'hooks', 'events', 'cron', 'schedules'],
    config: ['settings', 'env', 'environment', 'configuration', 'variables'],
    tenancy: ['tenant', 'tenants', 'multitenancy', 'multitenant'],
    outbound: ['webhooks'],
    seeds: ['seed', 'fixtures', 'data'],
  },
  auth: {
    provider: ['type', 'kind', 'strategy', 'method', 'mode'],
    roles: ['role'],
    issuer: ['iss'],
    audience: ['aud'],
  },
  provider: {
    none: ['false', 'off', 'no', 'anonymous', 'public', 'disabled', 'null'],
    oidc: ['openid', 'oauth', 'oauth2', 'jwt', 'auth0', 'keycloak', 'cognito', 'openidconnect'],
    apiKey: ['apikey', 'apikeys', 'key', 'token'],
  },
  api: {
    basePath: ['prefix', 'base', 'path', 'baseurl', 'root'],
    bodyLimit: ['maxbodysize', 'maxbody', 'limit', 'bodysize', 'sizelimit', 'maxsize'],
    rateLimits: ['ratelimit', 'throttle'],
  },
  database: { schema: ['schemaname', 'namespace', 'searchpath'] },
  grant: {
    roles: ['role', 'who', 'users', 'for', 'principal', 'principals', 'to', 'subject'],
    allow: ['operations', 'actions', 'can', 'permissions', 'ops', 'verbs', 'methods', 'operation', 'action'],
    rows: ['where', 'condition', 'filter', 'if', 'using', 'when', 'scope', 'row', 'records'],
    readable: ['fields', 'read', 'columns', 'visible'],
    writable: ['write', 'editable'],
  },
  role: {
    anonymous: [
      'anon',
      'public',
      'everyone',
      'anyone',
      'all',
      'guest',
      'guests',
      '*',
      'any',
      'unauthenticated',
      'visitor',
    ],
    authenticated: ['user', 'users', 'loggedin', 'signedin', 'member', 'members'],
  },
  operation: {
    create: ['insert', 'post', 'add', 'new', 'c', 'creates'],
    read: ['get', 'list', 'select', 'view', 'show', 'fetch', 'find', 'query', 'r', 'index', 'retrieve'],
    update: ['put', 'patch', 'edit', 'modify', 'change', 'u', 'write', 'updates'],
    delete: ['remove', 'destroy', 'del', 'd', 'deletes'],
  },
  rows: { all: ['any', 'every', 'everything', '*', 'true', 'any row', 'everyone', 'yes'] },
  list: {
    filter: ['filters', 'filterable', 'filterby', 'where'],
    sort: ['sorts', 'sortable', 'orderby', 'order', 'sortby'],
    pageSize: ['limit', 'perpage', 'pagelimit', 'size', 'defaultlimit', 'defaultpagesize', 'page'],
    maxPageSize: ['maxlimit', 'max', 'maxperpage', 'maxsize'],
    expand: ['include', 'embed', 'populate', 'with', 'relations'],
  },
  unique: {
    fields: ['columns', 'on', 'cols', 'keys', 'field', 'attributes'],
    where: ['when', 'if', 'filter', 'condition'],
  },
  index: {
    fields: ['columns', 'on', 'cols', 'keys', 'field', 'attributes'],
    where: ['when', 'if', 'filter', 'condition'],
  },
  onDelete: {
    setNull: ['null', 'nullify', 'clear', 'unset', 'setnull', 'set null', 'set_null'],
    restrict: ['noaction', 'no action', 'deny', 'protect', 'none', 'refuse', 'block'],
    cascade: ['delete', 'remove', 'cascadedelete'],
  },
  boolean: { true: ['yes', 'on', 'y', 'enabled'], false: ['no', 'off', 'n', 'disabled', 'never'] },
};

/** Words whose replacement alone would lose or change something. */
const HINTS: Readonly<Record<string, Readonly<Record<string, Omit<Alias, 'isCertain'>>>>> = {
  'field-type': {
    varchar: { word: 'string', hint: 'write "string" with maxLength' },
    char: { word: 'string', hint: 'write "string" with maxLength' },
    slug: { word: 'string', hint: 'write "string" with a pattern' },
    money: { word: 'decimal', hint: 'write "decimal" with precision and scale' },
    currency: { word: 'decimal', hint: 'write "decimal" with precision and scale' },
    price: { word: 'decimal', hint: 'write "decimal" with precision and scale' },
    numeric: { word: 'decimal', hint: 'write "decimal" with precision and scale' },
    array: { hint: 'write the type of one item, with "many: true"' },
    list: { hint: 'write the type of one item, with "many: true"' },
    set: { hint: 'write the type of one item, with "many: true"' },
    hasmany: { hint: 'declare a "reference" on the other entity' },
    onetomany: { hint: 'declare a "reference" on the other entity' },
    manytomany: { hint: 'declare an entity between the two, with a "reference" to each' },
    password: { hint: 'passwords are kept by the auth provider, never in a field' },
    serial: { hint: 'every entity has an "id" of its own; write "integer" for another number' },
    id: { hint: 'every entity has an "id" of its own; write "reference" with "to" for a link' },
    binary: { hint: 'files are not kept in rows; write "url" for a link to one' },
    blob: { hint: 'files are not kept in rows; write "url" for a link to one' },
    bytea: { hint: 'files are not kept in rows; write "url" for a link to one' },
    status: { word: 'enum', hint: 'write "enum" with values' },
    reference_many: { hint: 'declare a "reference" on the other entity' },
  },
  field: {
    required: { hint: 'a field is required unless it says "optional: true"' },
    notnull: { hint: 'a field is required unless it says "optional: true"' },
    nullable: { word: 'optional', hint: 'write "optional: true" for a field that may be null' },
    primarykey: { hint: 'every entity has an "id" of its own; remove it' },
    primary: { hint: 'every entity has an "id" of its own; remove it' },
    index: { hint: 'name the field under "indexes" of its entity' },
    indexed: { hint: 'name the field under "indexes" of its entity' },
    foreignkey: { hint: 'write "type: reference" with "to"' },
    column: { hint: 'columns are named after their fields; remove it' },
    cascade: { word: 'onDelete', hint: 'write "onDelete: cascade"' },
    delete: { word: 'onDelete', hint: 'write "onDelete: restrict", "cascade" or "setNull"' },
    validate: { hint: 'write "min", "max", "minLength", "maxLength" or "pattern"' },
    validation: { hint: 'write "min", "max", "minLength", "maxLength" or "pattern"' },
    format: { hint: 'write it as the type, such as "email", "url" or "date", or as a "pattern"' },
    states: { word: 'transitions', hint: 'write "values", and "transitions" for what may follow what' },
  },
  entity: {
    timestamps: { hint: 'every entity has "createdAt" and "updatedAt"; remove it' },
    createdat: { hint: 'every entity has "createdAt"; remove it' },
    updatedat: { hint: 'every entity has "updatedAt"; remove it' },
    primarykey: { hint: 'every entity has an "id" of its own; remove it' },
    relations: { hint: 'write each link as a field of type "reference"' },
    relationships: { hint: 'write each link as a field of type "reference"' },
    belongsto: { hint: 'write the link as a field of type "reference"' },
    hasmany: { hint: 'write the link as a field of type "reference" on the other entity' },
    name: { hint: 'the entity is named by its key; remove it' },
    filter: { word: 'list', hint: 'write it under "list"' },
    filters: { word: 'list', hint: 'write it under "list", as "filter"' },
    sort: { word: 'list', hint: 'write it under "list"' },
    pagination: { word: 'list', hint: 'write "pageSize" under "list"' },
    roles: { word: 'access', hint: 'write named grants under "access"' },
    allow: { word: 'access', hint: 'write named grants under "access"' },
  },
  app: {
    version: { word: 'supercompile', hint: 'the version of the language is "supercompile: 1"; the app has none here' },
    apiversion: {
      word: 'supercompile',
      hint: 'the version of the language is "supercompile: 1"; the app has none here',
    },
    roles: { hint: 'roles stand under "auth"' },
    access: { hint: 'access stands in each entity' },
    permissions: { hint: 'access stands in each entity' },
  },
};

const TABLES: ReadonlyMap<string, ReadonlyMap<string, Alias>> = new Map(
  Object.entries(HABITS).map(([context, habits]) => [context, buildTable(context, habits)]),
);

/** What was meant by a word that the language does not know; case, spaces, `_` and `-` do not matter. */
export function findAlias(context: string, written: string): Alias | undefined {
  return TABLES.get(context)?.get(normalizeWord(written));
}

/** A word without what habits differ in. */
export function normalizeWord(written: string): string {
  return written.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function buildTable(context: string, habits: Habits): ReadonlyMap<string, Alias> {
  const table = new Map<string, Alias>();
  for (const [word, habitual] of Object.entries(habits)) {
    for (const one of habitual) table.set(normalizeWord(one), { word, isCertain: true });
  }
  for (const [one, hint] of Object.entries(HINTS[context] ?? {})) {
    table.set(normalizeWord(one), { ...hint, isCertain: false });
  }
  return table;
}
