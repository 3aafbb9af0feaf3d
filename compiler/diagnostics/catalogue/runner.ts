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
  'bridge-refused': {
    code: 'SC4910',
    severity: 'error',
    message: ({ id, objects }: { readonly id: string; readonly objects: readonly string[] }) =>
      `"${id}" was run by this database and left out by a rebase, and what it lacks since cannot be made by itself${objects.length === 0 ? '' : ` (${objects.join(', ')})`}; run migrate baseline, which names each difference, make the tables so, and run it again: the values stay.`,
    explanation: {
      what: 'After a rebase that left a migration of the branch out, migrate up plans what a database that ran it still lacks, and makes it where nothing can fail or be lost by that. Here something could, or the ledger has more than that branch.',
      example: 'supercompile migrate rebase --replan   # both branches renamed one field, each its own way',
      mend: 'Let migrate baseline name what differs, make the tables so by hand (a rename keeps the values), and run migrate baseline again. A database without values that matter can begin anew.',
    },
  },
  'down-refused': {
    code: 'SC4911',
    severity: 'error',
    message: ({ id, reason }: Told) => `"${id}" cannot be taken back: ${reason}.`,
    explanation: {
      what: 'A migration, or what was done of one that stopped half-way, is taken back only where nothing is lost by that: it dropped or changed values that are gone, or what it added has values by now.',
      example: 'supercompile migrate down   # the last migration dropped a field',
      mend: 'Plan the change the other way: edit app.yaml and build, which makes a new migration.',
    },
  },
  'migration-failed': {
    code: 'SC4903',
    severity: 'error',
    message: ({ id, reason, leftNothing }: Told & { readonly leftNothing: boolean }) =>
      leftNothing
        ? `"${id}" was not applied: ${reason}; nothing of it is done, so mend the cause and run migrate up again, or change app.yaml.`
        : `"${id}" stopped half-way: ${reason}; mend the cause and run migrate up again, or run migrate down, which takes back what it has done where nothing is lost by that.`,
    explanation: {
      what: 'The database refused a step. The steps before it are done and recorded; the next run resumes at the step that failed, and migrate down takes them back where nothing is lost by that.',
      example: 'supercompile migrate up   # a unique index over rows that are not unique',
      mend: 'Mend the rows, the rights or the space that the database names, then run it again. To do without the change, run migrate down on every database that began it, take the migration out of the repository (git revert of its commit) and build.',
    },
  },
  'baseline-differs': {
    code: 'SC4905',
    severity: 'error',
    message: ({ difference }: Difference) =>
      `"${difference}": the tables are not what the migrations make; make them so, then run migrate baseline again.`,
    explanation: {
      what: 'migrate baseline notes migrations as done that it does not run, so the tables must be exactly what they make. Tables that no entity has do not count.',
      example: 'supercompile migrate baseline   # leads lacks an index',
      mend: 'Bring the tables to what migrations/ makes, or let the spec say what is there; what someone else keeps on a table can be declared under database.unmanaged.',
    },
  },
  'rebase-base-unknown': {
    code: 'SC4906',
    severity: 'error',
    message: ({ heads, onto }: { readonly heads: readonly string[]; readonly onto: string | undefined }) =>
      onto === undefined
        ? `"${heads.join('", "')}" are heads, and git does not tell which of them others have run; say so with --onto and a branch or commit.`
        : `git knows no commit "${onto}" that has exactly one of the heads ${heads.join(', ')}; name the branch or commit whose migrations stay as they are.`,
    explanation: {
      what: 'One branch keeps its migrations as they are, those of the others go on top. It is looked for in origin/HEAD, main, master and the parents of the merge.',
      example: 'git merge feature\nsupercompile migrate rebase   # in a repository without main',
      mend: 'Run supercompile migrate rebase --onto <branch>, with the branch that shared databases were migrated from.',
    },
  },
  'rebase-conflict': {
    code: 'SC4907',
    severity: 'error',
    message: ({
      mine,
      theirs,
      objects,
    }: {
      readonly mine: string;
      readonly theirs: string;
      readonly objects: string;
    }) =>
      `"${mine}" and "${theirs}" get in each other's way at ${objects}; where the merged spec says what both mean, run migrate rebase --replan and build.`,
    explanation: {
      what: 'One of the two changes what the other touches, so neither can simply come after the other.',
      example: 'git merge feature   # both branches renamed Lead.phone',
      mend: 'Resolve app.yaml first. With --replan the migrations of this branch are left out and the next build plans what is still missing; a database that ran them is brought over by migrate up, or by what it then says.',
    },
  },
  'export-refused': {
    code: 'SC4908',
    severity: 'error',
    message: ({ id, step, statement }: { readonly id: string; readonly step: number; readonly statement: string }) =>
      `"${id}" has a step that cannot run in a transaction, and Supabase's tool runs every file in one (step ${step}: ${statement}); apply it with migrate up on the direct connection.`,
    explanation: {
      what: 'supabase db push runs each file in one transaction. An index on a table that holds rows is built outside any, so that nobody waits for it.',
      example:
        'supercompile migrate export --supabase supabase/migrations   # after a filter was added to a migrated table',
      mend: 'Deploy with supercompile migrate up or npm run migrate on the direct connection (MIGRATION_DATABASE_URL), which Supabase offers too; nothing was written.',
    },
  },
  'export-stale': {
    code: 'SC4909',
    severity: 'error',
    message: ({ file }: { readonly file: string }) =>
      `"${file}" was exported and is not what the migrations say now; restore it, or delete it if no database ran it.`,
    explanation: {
      what: 'An exported file may have been run by Supabase, which remembers it by its version. It was edited, or belongs to a migration that a rebase has replaced.',
      example: 'supercompile migrate rebase\nsupercompile migrate export --supabase supabase/migrations',
      mend: 'Restore the file from version control. After a rebase, delete the files of the replaced migration where no database ran them; where one did, deploy with migrate up, which knows what it stands for.',
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
