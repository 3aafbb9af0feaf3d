import type { CatalogueRows } from '../catalogue-row.ts';

/** Names the migration, and says why. */
export interface Told {
  readonly id: string;
  readonly reason: string;
}

/** One line on what differs. */
export interface Difference {
  readonly difference: string;
}

/** `SC49xx`: a planned migration does not go into a database. */
export const runner = {
  'draft-not-applied': {
    code: 'SC4901',
    severity: 'error',
    message: ({ id }: { readonly id: string }) =>
      `"${id}" is a draft, which the next build may replace; commit it or run migrate seal before a real database runs it.`,
    explanation: {
      what: 'migrate up gives a draft to the embedded database, or under APP_ENV=test, and to no other: once the draft is replaced, such a database could never be migrated again.',
      example: 'supercompile build\nDATABASE_URL=postgres://... supercompile migrate up   # before git commit',
      mend: 'Commit the migration, or run supercompile migrate seal where there is no git.',
    },
  },
  'migration-refused': {
    code: 'SC4902',
    severity: 'error',
    message: ({ id, reason }: Told) => `"${id}" does not fit this database or the migrations beside it: ${reason}.`,
    explanation: {
      what: 'The migrations in the folder and those that the database has run do not fit together: one was edited, is missing, or came from another branch.',
      example: 'git checkout other-branch\nsupercompile migrate up',
      mend: 'Bring migrations/ to the state of the branch that the database was migrated from.',
    },
  },
  'migration-failed': {
    code: 'SC4903',
    severity: 'error',
    message: ({ id, reason }: Told) => `"${id}" stopped half-way: ${reason}; mend the cause and run migrate up again.`,
    explanation: {
      what: 'The database refused a step. The steps before it are done and recorded; the next run resumes at the step that failed.',
      example: 'supercompile migrate up   # a unique index over rows that are not unique',
      mend: 'Mend the rows, the rights or the space that the database names, then run it again.',
    },
  },
  'database-drifted': {
    code: 'SC4904',
    severity: 'error',
    message: ({ difference }: Difference) =>
      `"${difference}": the database is not as the last migration left it; undo that, or list its name under database.unmanaged.`,
    explanation: {
      what: 'Somebody changed a migrated table by hand. A migration that was planned for what the migrations make may fail on it, or undo it.',
      example: 'psql -c "alter table leads add legacy_code text"\nsupercompile migrate up',
      mend: 'Say it in the spec and let a migration make it, take it back, or declare what someone else keeps there: database: { unmanaged: [leads.legacy_code] }, then build.',
    },
  },
} satisfies CatalogueRows;
