import type { CatalogueRows } from '../../catalogue-row.ts';

/** `SC31xx`: names that resolve to nothing, are taken, or cannot be had. */
export const names = {
  'unknown-entity': {
    code: 'SC3101',
    severity: 'error',
    message: (p: { readonly name: string; readonly hint: string }) => `"${p.name}" is not an entity; ${p.hint}.`,
    explanation: {
      what: 'A reference points to an entity of the same spec.',
      example: 'account: { type: reference, to: Acount }',
      mend: 'Write the name of an entity, or add that entity.',
    },
  },
  'unknown-field': {
    code: 'SC3102',
    severity: 'error',
    message: (p: { readonly name: string; readonly entity: string; readonly hint: string }) =>
      `"${p.name}" is not a field of "${p.entity}"; ${p.hint}.`,
    explanation: {
      what: 'Lists, uniques and indexes name fields of their own entity. A link is written without "Id".',
      example: 'list: { filter: [stauts] }',
      mend: 'Write one of the fields listed with the message.',
    },
  },
  'link-named-id': {
    code: 'SC3103',
    severity: 'error',
    message: (p: { readonly name: string; readonly end: string; readonly instead: string }) =>
      `"${p.name}" is a link, whose "${p.end}" is added in bodies and queries by itself; write "${p.instead}".`,
    explanation: {
      what: 'A link field "account" is "accountId" in bodies and "account" when expanded; "accountId" would become "accountIdId". Links to many rows, "labels", are "labelIds" in bodies.',
      example: 'accountId: { type: reference, to: Account }',
      mend: 'Drop the "Id" from the name.',
    },
  },
  'reserved-field-name': {
    code: 'SC3104',
    severity: 'error',
    message: (p: { readonly name: string }) =>
      p.name === 'id'
        ? '"id" is a field that every entity has already; remove it, and write "id: bigint" or "id: string" beside "fields" for another kind than a UUID.'
        : `"${p.name}" is a field that every entity has already; remove it, or choose another name.`,
    explanation: {
      what: 'Every entity has id, createdAt, updatedAt and version, set by the backend.',
      example: 'createdAt: { type: datetime }',
      mend: 'Remove the field: it is there without being declared. What kind of ids an entity has is said by its key "id".',
    },
  },
  'reserved-column': {
    code: 'SC3105',
    severity: 'error',
    message: (p: { readonly name: string; readonly column: string; readonly owner: string }) =>
      `"${p.name}" would be the column "${p.column}", which ${p.owner}; choose another name.`,
    explanation: {
      what: 'Every Postgres table has hidden columns of its own: tableoid, xmin, cmin, xmax, cmax and ctid. Every object of TypeScript has a constructor of its own.',
      example: 'xmin: { type: integer }',
      mend: 'Choose another name for the field.',
    },
  },
  'field-name-clash': {
    code: 'SC3106',
    severity: 'error',
    message: (p: { readonly name: string; readonly other: string; readonly shared: string }) =>
      `"${p.name}" and "${p.other}" share ${p.shared}; rename one of them.`,
    explanation: {
      what: 'Two fields of an entity would have the same key in bodies or the same column.',
      example: 'account: { type: reference, to: Account }\naccountId: { type: string }',
      mend: 'Rename one of the fields.',
    },
  },
  'entity-name-clash': {
    code: 'SC3107',
    severity: 'error',
    message: (p: { readonly name: string; readonly other: string; readonly shared: string; readonly hint: string }) =>
      `"${p.name}" and "${p.other}" share ${p.shared}; ${p.hint}.`,
    explanation: {
      what: 'Each entity has its own folder, table and path, all derived from its name.',
      example: 'entities:\n  Person: {}\n  People: {}',
      mend: 'Rename one of the entities, or give it its own "table" and "path".',
    },
  },
  'derived-entity-name': {
    code: 'SC3108',
    severity: 'error',
    message: (p: { readonly name: string; readonly owner: string }) =>
      `"${p.name}" is a type that is compiled for "${p.owner}"; choose another name.`,
    explanation: {
      what: 'For an entity Lead the types LeadCreate, LeadPatch and LeadHooks are compiled.',
      example: 'entities:\n  Lead: {}\n  LeadPatch: {}',
      mend: 'Choose another name for the entity.',
    },
  },
  'reserved-entity-name': {
    code: 'SC3109',
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `"${p.name}" is a type of the compiled backend itself; choose another name.`,
    explanation: {
      what: 'The compiled backend declares types called DB, Database and Hooks.',
      example: 'entities:\n  Database: {}',
      mend: 'Choose another name for the entity.',
    },
  },
  'reserved-path': {
    code: 'SC3110',
    severity: 'error',
    message: (p: { readonly path: string }) => `"${p.path}" is a route of the backend itself; write another path.`,
    explanation: {
      what: 'Every backend serves /livez, /readyz, /openapi.json, /docs and /metrics.',
      example: 'Metric:\n  path: metrics',
      mend: 'Give the entity another "path", or put all entities under an "api.basePath".',
    },
  },
  'reserved-table': {
    code: 'SC3111',
    severity: 'error',
    message: (p: { readonly table: string }) =>
      `"${p.table}" is a table of the backend itself; give the entity another "table".`,
    explanation: {
      what: 'Tables that start with "supercompile" hold what the backend stores for itself, such as the ledger of migrations.',
      example: 'Migration:\n  table: supercompile_migrations',
      mend: 'Write another "table".',
    },
  },
  'undeclared-name': {
    code: 'SC3112',
    severity: 'error',
    message: (p: { readonly name: string; readonly what: string; readonly count: number; readonly hint: string }) =>
      `"${p.name}" is named ${places(p.count)} and is not ${p.what}; declare it here, or ${p.hint}.`,
    explanation: {
      what: 'Several places agree on a name, or the spec speaks for it otherwise, and its declaration is missing.',
      example: 'fields: { name: { type: string } }\nlist: { filter: [status], sort: [status] }',
      mend: 'Declare it where the message points, or remove the places that name it.',
    },
  },
  'misnamed-declaration': {
    code: 'SC3113',
    severity: 'error',
    message: (p: { readonly declared: string; readonly name: string; readonly what: string; readonly count: number }) =>
      `"${p.declared}" is named nowhere, and "${p.name}", named ${places(p.count)}, is not ${p.what}; write "${p.name}".`,
    explanation: {
      what: 'Several places agree on a name, and what is declared is called a little otherwise.',
      example: 'fields: { stauts: { type: string } }\nlist: { filter: [status], sort: [status] }',
      mend: 'Rename the declaration, or every place that names it.',
    },
  },
  'inverse-name-clash': {
    code: 'SC3114',
    severity: 'error',
    message: (p: { readonly name: string; readonly target: string; readonly taken: string }) =>
      `"${p.name}" is to be a list on "${p.target}", and is already ${p.taken}; write another name.`,
    explanation: {
      what: 'An "inverse" names the list of the rows that refer to a row. It stands beside the fields of that entity, and each link to it has its own.',
      example:
        'buyer: { type: reference, to: Person, inverse: orders }\nseller: { type: reference, to: Person, inverse: orders }',
      mend: 'Write another name, or leave the "inverse" out where nothing speaks of the list.',
    },
  },
  'unknown-mixin': {
    code: 'SC3115',
    severity: 'error',
    message: (p: { readonly name: string; readonly hint: string }) => `"${p.name}" is no mixin of the app; ${p.hint}.`,
    explanation: {
      what: 'An entity takes over the fields of mixins that the app declares.',
      example: 'mixins: [adress]',
      mend: 'Write the name of a mixin, or declare one.',
    },
  },
  'mixin-field-clash': {
    code: 'SC3116',
    severity: 'error',
    message: (p: { readonly mixin: string; readonly field: string; readonly entity: string }) =>
      `"${p.mixin}" brings a field "${p.field}", and "${p.entity}" has one already; rename or remove one of them.`,
    explanation: {
      what: 'A field is declared once: in the entity, or in one of its mixins.',
      example: 'fields: { street: { type: text } }\nmixins: [address]   # with a field street',
      mend: 'Rename or remove one of the two.',
    },
  },
  'unused-mixin': {
    code: 'SC3117',
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `no entity has the mixin "${p.name}"; name it under "mixins" of one, or remove it.`,
    explanation: {
      what: 'Fields that no entity has do nothing, and nothing in the spec is ever ignored.',
      example: 'mixins:\n  address:\n    fields: { street: { type: string } }',
      mend: 'Write "mixins: [address]" in an entity, or remove it.',
    },
  },
  'inherited-name': {
    code: 'SC3118',
    severity: 'warning',
    message: (p: { readonly name: string }) =>
      `every object of JavaScript has a "${p.name}" of its own, for which programs that read rows or openapi.json take this one; choose another name.`,
    explanation: {
      what: 'Clients and tools ask objects for "hasOwnProperty", "toString" or "valueOf" as a matter of course: Spectral, for one, stops at a document in which a property is called "hasOwnProperty". The backend itself tells them apart.',
      example: 'hasOwnProperty: { type: boolean }',
      mend: 'Choose another name: "ownsProperty", or "text" for "toString".',
    },
  },
  'rule-name-clash': {
    code: 'SC3119',
    severity: 'error',
    message: (p: { readonly name: string; readonly entity: string; readonly taken: string }) =>
      `"record.${p.name}" of "${p.entity}" is ${p.taken} already, so that nothing could ask for the rule "${p.name}"; write another name.`,
    explanation: {
      what: 'Expressions read fields, links, lists and rules of a row in the same way, behind "record" and a point. A rule of the same name would never be looked at, and nothing in a spec is ignored.',
      example: 'fields: { open: { type: boolean } }\nrules: { open: "record.state == \'open\'" }',
      mend: 'Give the rule another name: "isOpen".',
    },
  },
} satisfies CatalogueRows;

function places(count: number): string {
  return count === 1 ? 'in one place' : `in ${count} places`;
}
