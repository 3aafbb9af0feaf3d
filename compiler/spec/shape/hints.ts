/** Advice for a habitual word that no single word replaces. */
export interface Hint {
  readonly word?: string;
  /** In the imperative, to follow a semicolon. */
  readonly hint: string;
  /** Whether the word alone keeps what was meant, and the rest is advice. */
  readonly isCertain?: boolean;
}

/** Habitual words that take more than a replacement, by the kind of place. */
export const HINTS: Readonly<Record<string, Readonly<Record<string, Hint>>>> = {
  'field-type': {
    varchar: { word: 'string', hint: 'write "string" with maxLength', isCertain: true },
    char: { word: 'string', hint: 'write "string" with maxLength', isCertain: true },
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
    required: { hint: 'remove it: fields are required unless they say "optional: true"' },
    notnull: { hint: 'remove it: fields are required unless they say "optional: true"' },
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
    items: { hint: 'write the type of one item as "type", with "many: true" beside it' },
    of: { hint: 'write "to" for the entity of a link, or the type of one item with "many: true" beside it' },
    states: { word: 'transitions', hint: 'write "values", and "transitions" for what may follow what' },
  },
  jsonSchema: {
    $ref: { hint: 'write the schema out in its place: one schema cannot refer to another' },
    anyOf: { hint: 'a value has one type; "type: [string, \\"null\\"]" is the one choice' },
    oneOf: { hint: 'a value has one type; "type: [string, \\"null\\"]" is the one choice' },
  },
  entity: {
    extends: { hint: 'name what entities share under "mixins" of the app, and list it in "mixins" here' },
    inherits: { hint: 'name what entities share under "mixins" of the app, and list it in "mixins" here' },
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
    version: { word: 'supercompile', hint: 'write "supercompile: 1" for the language, and no version of the app' },
    apiversion: { word: 'supercompile', hint: 'write "supercompile: 1" for the language, and no version of the app' },
    roles: { hint: 'roles stand under "auth"' },
    access: { hint: 'access stands in each entity' },
    permissions: { hint: 'access stands in each entity' },
  },
};
