/** What happens around migrations, each with the tests that show it. */
export interface WorkflowCase {
  readonly title: string;
  readonly expect: string;
  /** Test files below `test/`, each with titles of tests in it. All must pass, on every database that they run on; none: not yet tried. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

export const WORKFLOW_CASES: Readonly<Record<string, WorkflowCase>> = {
  'wf-reproducible': {
    title: 'compile the same old and new spec twice, on two machines, at two times',
    expect: 'the same bytes',
    tests: {
      'determinism/processes.test.ts': ['two processes of different locale, time zone and folder write the same bytes'],
      'migrations/history.test.ts': [
        'the same spec and history give the same bytes, with or without the draft on disk',
      ],
    },
  },
  'wf-recompile-unchanged': {
    title: 'compile again with the migration committed',
    expect: 'nothing new, nothing changed',
    tests: {
      'determinism/processes.test.ts': ['a second build writes nothing'],
      'migrations/history.test.ts': ['nothing is planned where nothing changed'],
    },
  },
  'wf-two-branches-disjoint': {
    title: 'two branches of one parent add different columns, and are merged',
    expect: 'no conflict in migrations/, two heads, one command rebases, replay equals fresh',
    tests: {
      'cli/branches.test.ts': [
        'two branches that add different fields: one command puts the second on top of the first',
        'the same is put out whenever and wherever it is rebased, and again after another branch',
      ],
    },
  },
  'wf-two-branches-same': {
    title: 'two branches add the same column the same way',
    expect: 'nothing is left of the second',
    tests: {
      'cli/branches.test.ts': ['two branches that add the same field the same way: nothing is left of the second'],
    },
  },
  'wf-two-branches-conflict': {
    title: 'two branches change one column in two ways',
    expect: 'refused, with both files',
    tests: {
      'cli/branches.test.ts': [
        'two branches that add one field in two ways: refused with both files and the column, then planned anew',
        'a branch that %s: refused with both files and the column, then planned anew',
      ],
    },
  },
  'wf-out-of-order': {
    title: 'a database has run one branch when the other is merged',
    expect: 'the other is run too, or refused; never skipped',
    tests: {
      'migrations/replaced.test.ts': [
        'a database that ran it before the rebase is given what it lacks, and nothing twice',
      ],
      'migrations/runner.test.ts': [
        'two heads and a lost parent are refused before anything runs',
        'a gap in the ledger is refused',
      ],
    },
  },
  'wf-edited-after-emit': {
    title: 'a committed migration is edited',
    expect: 'refused',
    tests: {
      'cli/git-head.test.ts': ['a sealed migration that was changed is refused even by force, a missing one is not'],
      'cli/migrate-postgres.test.ts': ['a migration that was edited is refused'],
    },
  },
  'wf-edited-after-apply': {
    title: 'a migration that has run changes',
    expect: 'refused, with both hashes',
    tests: {
      'migrations/runner.test.ts': ['a migration that changed after it ran is refused, with both hashes'],
      'cli/migrate-verbs.test.ts': ['verify compares every file with its hash, its name and what the database ran'],
    },
  },
  'wf-partial-failure': {
    title: 'a step outside a transaction fails',
    expect: 'the ledger has its number; the next run drops the invalid index and resumes there, or it is taken back',
    tests: {
      'migrations/runner.test.ts': [
        'a step that fails names itself; once mended, the next run resumes at it',
        'what a failed concurrent build left behind goes before the next try',
      ],
      'migrations/stopped.test.ts': [
        'what a migration did before it stopped is taken back, wherever that was',
        'one whose first step left an index is taken back, and not the one before it',
      ],
      'migrations/killed-runner.test.ts': [
        'a runner that is killed leaves the next one to finish, with nothing lost or done twice',
      ],
    },
  },
  'wf-two-runners': {
    title: 'two runners start at once',
    expect: 'one waits, nothing is applied twice',
    tests: { 'migrations/concurrent-runners.test.ts': ['of several runners at once, each migration is run by one'] },
  },
  'wf-baseline-exact': {
    title: 'a database without a ledger has exactly the tables',
    expect: 'the head is recorded and nothing is run',
    tests: {
      'cli/migrate-verbs.test.ts': ['tables that are what the migrations make are taken over, without running any'],
    },
  },
  'wf-baseline-drift': {
    title: 'a database without a ledger has other tables',
    expect: 'refused, with the differences',
    tests: {
      'cli/migrate-verbs.test.ts': [
        'tables that differ are refused, each difference by its name, and nothing is recorded',
      ],
    },
  },
  'wf-drift': {
    title: 'a column was added by hand',
    expect: 'listed; refused unless it is declared',
    tests: {
      'cli/migrate-verbs.test.ts': ['drift is told by its names, of what the migrations own alone'],
      'cli/migrate-postgres.test.ts': [
        'what a hand did to a table is refused by its name, unless the spec says whose it is',
      ],
      'migrations/drift.test.ts': ['what a hand did to a migrated table is refused by its name before anything runs'],
    },
  },
  'wf-unmanaged': {
    title: 'tables of someone else live in the same schema',
    expect: 'never dropped, never drift',
    tests: {
      'migrations/drift.test.ts': [
        'tables of someone else are no drift, and nothing is where there is nothing to apply',
      ],
      'cli/migrate-verbs.test.ts': ['drift is told by its names, of what the migrations own alone'],
    },
  },
  'wf-lost-snapshot': {
    title: 'the snapshot is missing or damaged',
    expect: 'made again from the operations, checked by hash',
    tests: {
      'cli/migrate-verbs.test.ts': [
        'a snapshot that is lost or changed is noticed without a database, and a build makes it again',
      ],
      'migrations/history.test.ts': ['%s is refused: '],
    },
  },
  'wf-approval-scope': {
    title: 'one column is allowed to be dropped, and the edit drops another too',
    expect: 'refused: a consent names one object',
    tests: { 'migrations/consents.test.ts': ['a consent lets its own object pass and no other'] },
  },
  'wf-approval-stale': {
    title: 'a consent that no step uses any more',
    expect: 'a warning',
    tests: { 'migrations/consents.test.ts': ['a consent that no step uses is a warning, and lets nothing pass later'] },
  },
  'wf-verify-fails': {
    title: 'the planner emits a wrong migration',
    expect: 'the proof finds it, and nothing is written',
    tests: {
      'cli/proof.test.ts': [
        'a plan that does not do what it claims is a bug of the compiler: exit 70, and nothing is written',
      ],
      'verify/prove-migration.test.ts': ['in the SQL: one statement of each sort'],
    },
  },
};
