import type { CatalogueRows } from '../../catalogue-row.ts';

/** `SC34xx`: lists, uniques, indexes, grants and sizes of an entity and the app. */
export const lists = {
  'unlistable-field': {
    code: 'SC3401',
    severity: 'error',
    message: (p: { readonly field: string; readonly reason: string; readonly list: string }) =>
      `"${p.field}" ${p.reason}; remove it from "${p.list}".`,
    explanation: {
      what: 'What the API filters or sorts by, and what is unique or indexed, is compared by an index. Not every field can be.',
      example: 'fields: { extra: { type: json } }\nlist: { filter: [extra] }',
      mend: 'Remove the field from the list.',
    },
  },
  'duplicate-list': {
    code: 'SC3402',
    severity: 'error',
    message: (p: { readonly name: string; readonly other: string; readonly kind: string }) =>
      `"${p.name}" is the same ${p.kind} as "${p.other}"; remove one of them.`,
    explanation: {
      what: 'Both cover the same fields, so the second costs time on every write and gives nothing.',
      example: 'indexes:\n  byDay: { fields: [day] }\n  onDay: { fields: [day] }',
      mend: 'Remove one of them.',
    },
  },
  'page-over-maximum': {
    code: 'SC3403',
    severity: 'error',
    message: (p: { readonly pageSize: number; readonly maxPageSize: number }) =>
      `"pageSize" ${p.pageSize} is more than "maxPageSize" ${p.maxPageSize}; lower it, or raise "maxPageSize".`,
    explanation: {
      what: 'A page has "pageSize" rows unless asked and never more than "maxPageSize" (100 unless told).',
      example: 'list: { pageSize: 200 }',
      mend: 'Lower "pageSize" or raise "maxPageSize".',
    },
  },
  'duplicate-grant': {
    code: 'SC3404',
    severity: 'error',
    message: (p: { readonly name: string; readonly other: string }) =>
      `"${p.name}" grants the same as "${p.other}"; remove one of them.`,
    explanation: {
      what: 'Both grants have the same roles, operations and rows. Whoever reads the access rules would look for a difference.',
      example:
        'access:\n  a: { roles: [anonymous], allow: [read], rows: all }\n  b: { roles: [anonymous], allow: [read], rows: all }',
      mend: 'Remove one of them.',
    },
  },
  'nothing-to-update': {
    code: 'SC3405',
    severity: 'error',
    message: (p: { readonly entity: string }) =>
      `every field of "${p.entity}" is immutable or readOnly, so there is nothing to update; remove "update".`,
    explanation: {
      what: 'An update changes fields that a body may carry after the row was created. Here there are none.',
      example:
        'fields: { day: { type: date, immutable: true } }\naccess: { all: { roles: [anonymous], allow: [update], rows: all } }',
      mend: 'Remove "update" from the grant, or let a field be changed.',
    },
  },
  'search-too-long': {
    code: 'SC3410',
    severity: 'error',
    message: (p: { readonly characters: number; readonly most: number }) =>
      `the fields of "search" may hold ${p.characters} characters together, and an index takes ${p.most}; lower "maxLength" of some.`,
    explanation: {
      what: 'All words of a row that can be searched stand in one value of at most 1 MB; a row with more could not be written.',
      example: 'fields: { body: { type: text, maxLength: 500000 } }\nsearch: [body]',
      mend: 'Lower "maxLength" of a field, or leave one out.',
    },
  },
  'body-limit-too-large': {
    code: 'SC3406',
    severity: 'error',
    message: (p: { readonly most: string }) =>
      `"bodyLimit" is more than a backend can hold in memory for each request; write at most ${p.most}.`,
    explanation: {
      what: 'A request body is read whole before it is parsed, so its size times the number of requests is memory that callers can take.',
      example: 'api: { bodyLimit: 500MB }',
      mend: 'Write a smaller size; large files are uploaded elsewhere.',
    },
  },
  'range-ends-differ': {
    code: 'SC3407',
    severity: 'error',
    message: (p: { readonly what: string }) =>
      `a range lies between two fields of one type, and ${p.what}; name the field that it ends before.`,
    explanation: {
      what: 'A rule of "noOverlap" compares the ranges from one field to another, so both must be values of one type.',
      example: 'noOverlap: { roomFree: { from: startsAt, to: lastDay } }',
      mend: 'Name two different fields of one type.',
    },
  },
  'restore-without-soft-delete': {
    code: 'SC3408',
    severity: 'error',
    message: (p: { readonly entity: string }) =>
      `deleted rows of "${p.entity}" are gone, so none can be restored; add "softDelete: true", or remove "restore".`,
    explanation: {
      what: 'Only an entity with "softDelete" keeps its deleted rows.',
      example: 'access: { team: { roles: [anonymous], allow: [delete, restore], rows: all } }',
      mend: 'Add "softDelete: true" to the entity, or remove "restore" from the grant.',
    },
  },
  'cascade-past-soft-delete': {
    code: 'SC3409',
    severity: 'warning',
    message: (p: { readonly entity: string; readonly target: string }) =>
      `deleting a row of ${p.target} deletes its rows of ${p.entity} for good, and restoring it brings none back; add "softDelete: true" to "${p.entity}".`,
    explanation: {
      what: 'A row that is kept when it is deleted takes rows with it that are not.',
      example: 'project: { type: reference, to: Project, onDelete: cascade }   # Project: softDelete',
      mend: 'Add "softDelete: true" to the entity with the link, or let the link "restrict" or "setNull".',
    },
  },
  'bulk-without-writes': {
    code: 'SC3411',
    severity: 'error',
    message: (p: { readonly entity: string }) =>
      `no grant of "${p.entity}" allows create, update or delete, so there is nothing to do in bulk; allow one, or remove "bulk".`,
    explanation: {
      what: 'Bulk requests write many rows at once, by the same grants as single ones.',
      example: 'bulk: 100\naccess: { readers: { roles: [anonymous], allow: [read], rows: all } }',
      mend: 'Allow an operation that writes, or remove "bulk".',
    },
  },
  'upsert-without-grants': {
    code: 'SC3412',
    severity: 'error',
    message: (p: { readonly entity: string; readonly missing: string }) =>
      `an upsert of "${p.entity}" creates and changes, and no grant allows ${p.missing}; allow it, or remove "upsert".`,
    explanation: {
      what: 'An upsert may do either, so that both must be granted to whoever sends it.',
      example: 'upsert: [email]\naccess: { writers: { roles: [anonymous], allow: [create], rows: all } }',
      mend: 'Allow what is missing, or remove "upsert".',
    },
  },
  'upsert-without-unique': {
    code: 'SC3413',
    severity: 'error',
    message: (p: { readonly fields: string; readonly mend: string }) =>
      `no unique is of exactly ${p.fields}, so an upsert could find several rows; ${p.mend}, or name the fields of one.`,
    explanation: {
      what: 'An upsert finds one row or none, which only a unique rule makes sure of.',
      example: 'fields: { sku: { type: string } }\nupsert: [sku]',
      mend: 'Make the fields unique, or name those of a unique.',
    },
  },
  'upsert-by-partial-unique': {
    code: 'SC3414',
    severity: 'error',
    message: (p: { readonly unique: string }) =>
      `the unique "${p.unique}" holds for the rows of its "where" alone, so an upsert could find several rows; remove that "where", or name the fields of another.`,
    explanation: {
      what: 'Rows outside of the condition may have the same values, and an upsert would not know which is meant.',
      example: 'unique: { bySku: { fields: [sku], where: "!record.retired" } }\nupsert: [sku]',
      mend: 'Remove "where" from the unique, or name the fields of a unique without one.',
    },
  },
  'upsert-tells-hidden': {
    code: 'SC3415',
    severity: 'error',
    message: (p: { readonly field: string }) =>
      `"${p.field}" is writeOnly and immutable, and an upsert would tell whether its value is guessed; remove one of the two, or remove "upsert".`,
    explanation: {
      what: 'What never changes must be in the body of an upsert as it is in the row, so each answer says whether it is.',
      example:
        'fields: { pin: { type: string, writeOnly: true, immutable: true }, email: { type: email, unique: true } }\nupsert: [email]',
      mend: 'Remove "immutable" or "writeOnly" from the field, or remove "upsert".',
    },
  },
  'client-id-without-create': {
    code: 'SC3416',
    severity: 'error',
    message: (p: { readonly entity: string }) =>
      `no grant of "${p.entity}" allows create, so nobody can bring an id; allow it, or remove "clientId".`,
    explanation: {
      what: 'Ids that clients have made come with the bodies of creates.',
      example: 'clientId: true\naccess: { readers: { roles: [anonymous], allow: [read], rows: all } }',
      mend: 'Allow create, or remove "clientId".',
    },
  },
  'client-id-tells-hidden': {
    code: 'SC3417',
    severity: 'error',
    message: (p: { readonly field: string; readonly key: string }) =>
      `"${p.field}" is writeOnly, and a create with the id of a row would tell whether its value is guessed; remove "writeOnly", or "${p.key}".`,
    explanation: {
      what: 'A create whose id is there already is compared with the row, parts included, so each answer says whether all values are those of the row.',
      example: 'clientId: true\nfields: { pin: { type: string, writeOnly: true } }',
      mend: 'Remove "writeOnly" from the field, or remove "clientId" or "id: string", which lets creates bring ids.',
    },
  },
  'client-id-of-kind': {
    code: 'SC3418',
    severity: 'error',
    message: (p: { readonly kind: 'bigint' | 'string' }) =>
      p.kind === 'string'
        ? 'ids of "id: string" are always brought by creates; remove "clientId".'
        : 'ids of "id: bigint" are numbers of the database, so no client can bring one; remove "clientId".',
    explanation: {
      what: 'A client can make a UUID that no other has, but no number; a text is made by clients alone.',
      example: 'id: bigint\nclientId: true',
      mend: 'Remove "clientId", or remove "id" so that ids are UUIDs.',
    },
  },
  'soft-delete-without-restore': {
    code: 'SC3420',
    severity: 'warning',
    message: (p: { readonly entity: string }) =>
      `deleted rows of "${p.entity}" are kept, and no grant allows "restore", so none ever comes back; allow it, or remove "softDelete".`,
    explanation: {
      what: 'What "softDelete" keeps can be read by SQL alone, until a grant allows "restore".',
      example: 'softDelete: true\naccess: { team: { roles: [anonymous], allow: [create, read, delete], rows: all } }',
      mend: 'Add "restore" to the grant of those who may bring rows back, or remove "softDelete".',
    },
  },
  'frozen-holds-others': {
    code: 'SC3421',
    severity: 'warning',
    message: (p: { readonly entity: string; readonly fields: string }) =>
      `a frozen ${p.entity} holds what is computed in it, so ${p.fields} can no longer be changed where that reads it; keep a copy in a field of the row or of its parts if that is not meant.`,
    explanation: {
      what: 'A frozen row changes in no value, computed ones included. A change of another row that would change one of them is refused, for as long as the row is frozen.',
      example:
        'value: { type: decimal, computed: "record.items.sum(i, i.artwork.insuredValue)" }\nfrozen: "record.status == \'returned\'"',
      mend: 'Give the parts a field of their own that is filled when they are made, and compute from that.',
    },
  },
} satisfies CatalogueRows;
