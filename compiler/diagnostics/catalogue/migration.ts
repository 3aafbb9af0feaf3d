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

/** `SC40xx`: what no database can hold. `SC41xx`: the history. */
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
} satisfies CatalogueRows;
