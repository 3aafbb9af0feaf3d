import type { CatalogueRows } from '../catalogue-row.ts';

export interface File {
  readonly file: string;
}

/** Two migrations that continue the same one. */
export interface Heads extends File {
  readonly other: string;
  readonly parent: string | undefined;
  readonly conflicts: readonly string[];
  readonly shared: readonly string[];
}

function both(shared: readonly string[]): string {
  return shared.length === 0 ? 'touch nothing in common' : `both touch ${shared.join(', ')}`;
}

export interface Subject {
  /** `Lead.score`, or `leads.score` where no field is stored there any more. */
  readonly subject: string;
}

const NOT_YET = 'Changes to what is migrated already are not supported yet, except for adding';

/** `SC4xxx`: the change cannot become a migration as it stands. */
export const migration = {
  'index-too-wide': {
    code: 'SC4001',
    severity: 'error',
    message: ({ index, bytes, limit }: { index: string; bytes: number | undefined; limit: number }) =>
      `"${index}" could hold ${bytes === undefined ? 'values of any size' : `${bytes} bytes a row`}, and an index takes ${limit}; give its text fields a "maxLength" (4 bytes a character), or leave them out.`,
    explanation: {
      what: 'Whatever is unique, indexed, filtered or sorted by stands in a Postgres index, and a row of an index holds about 2,700 bytes. A longer value would be refused at run time.',
      example: 'notes: { type: text }\nlist: { sort: [notes] }',
      mend: 'Give the field a maxLength of at most 649, or do not filter, sort or index by it.',
    },
  },
  'database-name-clash': {
    code: 'SC4002',
    severity: 'error',
    message: ({ name, kind, other }: { name: string; kind: string; other: string }) =>
      `"${name}" would be the name of two things in the database, ${kind} and ${other}; rename one field, rule or entity, or set "table".`,
    explanation: {
      what: 'Tables, indexes and unique rules share one space of names in Postgres, tables and enums another. Names are derived from entities and fields, and two of these meet.',
      example: 'fields: { onePerDay: { type: string, unique: true } }\nunique: { onePerDay: { fields: [lead, day] } }',
      mend: 'Rename one of the two in the spec.',
    },
  },
  'history-file-missing': {
    code: 'SC4101',
    severity: 'error',
    message: ({ file, partner }: File & { partner: string }) =>
      `"${file}" is missing beside "${partner}"; restore it from version control.`,
    explanation: {
      what: 'A migration is a pair of files. Databases may have run it, so it is never made again.',
      example: 'rm backend/migrations/0001_*.json\nsupercompile build',
      mend: 'Restore the file from version control.',
    },
  },
  'history-format-newer': {
    code: 'SC4102',
    severity: 'error',
    message: ({ file, format }: File & { format: number }) =>
      `"${file}" has the format "${format}", which this compiler does not know; use the compiler that wrote it, or a newer one.`,
    explanation: {
      what: 'The migration was written by another version of the compiler.',
      example: '{ "format": 2, ... }',
      mend: 'Update supercompile.',
    },
  },
  'history-file-damaged': {
    code: 'SC4103',
    severity: 'error',
    message: ({ file }: File) => `"${file}" cannot be read as a migration; restore it from version control.`,
    explanation: {
      what: 'The file is no JSON, or lacks what every migration has.',
      example: 'echo > backend/migrations/0001_create_leads_1a2b3c4d.json',
      mend: 'Restore the file from version control.',
    },
  },
  'history-edited': {
    code: 'SC4104',
    severity: 'error',
    message: ({ file }: File) =>
      `"${file}" was edited after it was sealed; restore it from version control and let the spec say the change.`,
    explanation: {
      what: 'A committed migration never changes, since databases have run it. Its name and its hashes no longer fit its text.',
      example: 'sed -i s/integer/bigint/ backend/migrations/0001_*.sql',
      mend: 'Restore the file from version control; a new change is a new migration.',
    },
  },
  'history-parent-missing': {
    code: 'SC4105',
    severity: 'error',
    message: ({ file, parent }: File & { parent: string }) =>
      `"${file}" continues "${parent}", which is missing or not sealed; restore that migration from version control.`,
    explanation: {
      what: 'Migrations form a chain, each naming the one before.',
      example: 'git rm backend/migrations/0001_*',
      mend: 'Restore the missing migration, or commit the one that is not yet sealed.',
    },
  },
  'history-two-heads': {
    code: 'SC4106',
    severity: 'error',
    message: ({ file, other, parent, conflicts, shared }: Heads) => {
      const place = parent === undefined ? 'begin the history' : `continue "${parent}"`;
      const met = conflicts.length > 0 ? `get in each other's way at ${conflicts.join(', ')}` : both(shared);
      return `"${file}" and "${other}" both ${place} and ${met}; run migrate rebase, then build.`;
    },
    explanation: {
      what: 'Two branches each added a migration to the same parent and were merged.',
      example: 'git merge feature   # both branches ran build and committed',
      mend: 'Run supercompile migrate rebase: it puts the migrations of this branch on top of the other, so that a database which ran them is not given them twice; then build. Where the two get in each other’s way, say in the spec what is meant and add --replan: the next build plans it anew.',
    },
  },
  'database-schema-changed': {
    code: 'SC4201',
    severity: 'error',
    message: ({ from, to }: { from: string; to: string }) =>
      `"${to}" is not the schema that was migrated; write "${from}".`,
    explanation: {
      what: `The tables exist in another schema. ${NOT_YET}.`,
      example: 'database: { schema: app }   # was public when the first migration was committed',
      mend: 'Keep the schema of the first migration.',
    },
  },
  'entity-removed': {
    code: 'SC4202',
    severity: 'error',
    message: ({ table }: { table: string }) =>
      `"${table}" is a migrated table that no entity has any more; restore the entity (renaming and dropping are not supported yet).`,
    explanation: {
      what: `Dropping a table loses its rows, and renaming an entity without a hint looks the same. ${NOT_YET}.`,
      example: 'entities:\n  # Lead was here',
      mend: 'Restore the entity; after a rename, keep the old table with "table:".',
    },
  },
  'field-removed': {
    code: 'SC4203',
    severity: 'error',
    message: ({ subject }: Subject) =>
      `"${subject}" is a migrated column that no field has any more; restore the field (renaming and dropping are not supported yet).`,
    explanation: {
      what: `Dropping a column loses its values, and renaming a field without a hint looks the same. ${NOT_YET}.`,
      example: 'fields:\n  # score was here',
      mend: 'Restore the field under its old name.',
    },
  },
  'field-type-changed': {
    code: 'SC4204',
    severity: 'error',
    message: ({ subject, from, to }: Subject & { from: string; to: string }) =>
      `"${subject}" is stored as ${from} and would become ${to}; restore what was written, or add a new field.`,
    explanation: {
      what: `The column holds values of the old type. ${NOT_YET}.`,
      example: 'name: { type: string, maxLength: 60 }   # was 120',
      mend: 'Restore the type and its limits, or add a field of the new type beside it.',
    },
  },
  'required-field-added': {
    code: 'SC4205',
    severity: 'error',
    message: ({ subject }: Subject) =>
      `"${subject}" is required, but rows that exist have no value for it; write "optional: true" or a "default".`,
    explanation: {
      what: 'The table may hold rows already. They need a value, or the field must be optional.',
      example: 'score: { type: integer }   # added to a migrated entity',
      mend: 'Add "optional: true" or a "default".',
    },
  },
  'field-made-required': {
    code: 'SC4206',
    severity: 'error',
    message: ({ subject }: Subject) => `"${subject}" may be empty in rows that exist; write "optional: true" again.`,
    explanation: {
      what: `Rows without a value would break the rule. ${NOT_YET}.`,
      example: 'notes: { type: text }   # was optional',
      mend: 'Keep the field optional.',
    },
  },
  'field-made-optional': {
    code: 'SC4207',
    severity: 'error',
    message: ({ subject }: Subject) => `"${subject}" is required in the migrated table; remove "optional: true".`,
    explanation: {
      what: `The column is not null, and readers of the table may rely on it. ${NOT_YET}.`,
      example: 'name: { type: string, optional: true }   # was required',
      mend: 'Keep the field required.',
    },
  },
  'default-changed': {
    code: 'SC4208',
    severity: 'error',
    message: ({ subject }: Subject) => `"${subject}" has another default in the migrated table; restore that one.`,
    explanation: {
      what: `The default is part of the table. ${NOT_YET}.`,
      example: 'score: { type: integer, default: 1 }   # was 0',
      mend: 'Restore the default.',
    },
  },
  'enum-values-changed': {
    code: 'SC4209',
    severity: 'error',
    message: ({ subject, from }: Subject & { from: readonly string[] }) =>
      `"${subject}" lost or reordered values that rows may have; keep ${from.map((value) => `"${value}"`).join(', ')} in this order and add new ones.`,
    explanation: {
      what: `Rows may hold the old values. Adding values is supported, removing, renaming and reordering them is not yet.`,
      example: 'values: [new, won]   # was [new, lost, won]',
      mend: 'Restore the values in their order.',
    },
  },
  'transitions-changed': {
    code: 'SC4210',
    severity: 'error',
    message: ({ subject }: Subject) =>
      `"${subject}" follows another state machine in the migrated table; restore its transitions and initial values.`,
    explanation: {
      what: `A trigger holds the table to its state machine. ${NOT_YET}; a new field may have any transitions.`,
      example: 'transitions:\n  new: [won]   # was [won, lost]',
      mend: 'Restore the transitions.',
    },
  },
  'rule-changed': {
    code: 'SC4211',
    severity: 'error',
    message: ({ subject, rule, change, name }: Subject & { rule: string; change: string; name: string }) =>
      `"${subject}" cannot have its ${rule} rule "${name}" ${change} once it is migrated; restore what was written.`,
    explanation: {
      what: `Rows that exist may break a new rule, and readers may rely on an old one. ${NOT_YET}: rules on new optional fields are fine.`,
      example: 'score: { type: integer, min: 10 }   # was 0',
      mend: 'Restore the limits, "unique", "to" and "onDelete" as they were migrated.',
    },
  },
  'index-changed': {
    code: 'SC4212',
    severity: 'error',
    message: ({ name, subject }: Subject & { name: string }) =>
      `"${name}" of "${subject}" has other fields in the migrated table; give the new index another name.`,
    explanation: {
      what: 'An index is built beside the old one before that goes, so the two need different names.',
      example: 'indexes: { byName: { fields: [name, city] } }   # was [name]',
      mend: 'Rename the index in the spec.',
    },
  },
  'database-object-changed': {
    code: 'SC4213',
    severity: 'error',
    message: ({ object, name }: { object: string; name: string }) =>
      `"${name}" (${object}) is in the migrated database as the spec cannot say it; use the compiler that wrote the last migration, or a newer one.`,
    explanation: {
      what: 'The history holds an object that this version of the compiler does not make, or makes otherwise.',
      example: 'migrations written by a newer compiler',
      mend: 'Update supercompile.',
    },
  },
} satisfies CatalogueRows;
