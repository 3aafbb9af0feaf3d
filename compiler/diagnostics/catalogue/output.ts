import type { CatalogueRows } from '../catalogue-row.ts';

/** Names the file at fault. */
export interface AtPath {
  readonly path: string;
}

/** `SC5xxx`: the compiled files cannot be written as they stand. */
export const output = {
  'edited-output': {
    code: 'SC5001',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is compiled and was edited by hand; ${path === 'package.json' ? 'name your packages in custom/dependencies.json' : 'move the change to custom/'}, or run build --force to overwrite it.`,
    explanation: {
      what: 'A build would overwrite the edit, so nothing at all was written. The manifest holds the hash of every compiled file.',
      example: 'echo "// mine" >> backend/app/app.ts\nsupercompile build',
      mend: 'Move the change to custom/ (hooks, handlers, routes; packages that npm install added belong in custom/dependencies.json) and restore the file, or overwrite it with build --force. What a git merge made of the files of two builds is no edit, unless it was squashed, rebased or changed: then use --force.',
    },
  },
  'unlisted-output': {
    code: 'SC5002',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" stands where a compiled file belongs and no build is known to have written it; move it away, choose another --out, or run build --force to overwrite it.`,
    explanation: {
      what: 'The file is not listed in manifest.json and differs from what the build would write: it may be yours, so nothing was written.',
      example: 'supercompile build --out .   # beside a package.json of your own',
      mend: 'Compile into an empty folder, move the file away, or overwrite it with build --force.',
    },
  },
  'linked-output': {
    code: 'SC5003',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is a symbolic link or lies behind one; replace the link with a folder or a file, since a build never writes through one.`,
    explanation: {
      what: 'Following a link could overwrite files outside the output folder. The output folder itself may be a link.',
      example: 'ln -s /elsewhere backend/app\nsupercompile build',
      mend: 'Remove the link, or point --out at the folder that you mean.',
    },
  },
  'blocked-output': {
    code: 'SC5004',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is needed for a compiled file and something else stands there or on the way to it; move that away.`,
    explanation: {
      what: 'A folder stands where a compiled file belongs, or a file where one of its folders belongs. No build removes what it did not write.',
      example: 'mkdir -p backend/Dockerfile\nsupercompile build',
      mend: 'Move it away and build again.',
    },
  },
  'missing-migration-file': {
    code: 'SC5005',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is part of the history and is missing; restore it from version control, or run build --force if no database ever ran it.`,
    explanation: {
      what: 'Migrations are history: a database may have run this one, and the next migration would be planned against the wrong state.',
      example: 'rm backend/migrations/0001_*\nsupercompile build',
      mend: 'Restore the file (git checkout), or use build --force when you are sure that it was only a draft.',
    },
  },
  'unlisted-migration-file': {
    code: 'SC5006',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is a draft that no build is known to have written and that this spec no longer gives; commit it or run migrate seal to keep it, delete it, or run build --force to replace it.`,
    explanation: {
      what: "A draft is replaced by the next build, but only when manifest.json says that a build wrote it. This one may be somebody else's.",
      example: 'rm backend/manifest.json   # then change the spec\nsupercompile build',
      mend: 'Keep it (commit it, or migrate seal), or delete it and build again.',
    },
  },
  'changed-migration-file': {
    code: 'SC5007',
    severity: 'error',
    message: ({ path }: AtPath) =>
      `"${path}" is sealed and was changed; restore it from version control, and change the spec to get the next migration.`,
    explanation: {
      what: 'A migration that is in the git HEAD is sealed: a database may have run it, and would refuse the changed one.',
      example: 'echo "-- mine" >> backend/migrations/0001_*.sql\nsupercompile build',
      mend: 'git checkout the file. A change to the database is a change of the spec, and becomes a migration of its own.',
    },
  },
  'output-drift': {
    code: 'SC5008',
    severity: 'error',
    message: ({ path, change }: AtPath & { readonly change: 'missing' | 'stale' | 'different' | 'edited' }) => {
      switch (change) {
        case 'stale':
          return `"${path}" is no longer compiled from this spec; run build to remove it.`;
        case 'edited':
          return `"${path}" was edited by hand; move the change to custom/ and restore the file, or run build --force to overwrite it.`;
        default:
          return `"${path}" is ${change === 'missing' ? 'missing' : 'not what the spec compiles to'}; run build to write it.`;
      }
    },
    explanation: {
      what: 'build --check compares what is on disk with what the spec compiles to and writes nothing.',
      example: 'supercompile build --check   # after a change to app.yaml',
      mend: 'Run supercompile build and commit its output together with the spec. Where a file was edited by hand, move the change to custom/ first, or overwrite it with build --force.',
    },
  },
  'snapshot-differs': {
    code: 'SC5011',
    severity: 'error',
    message: ({ path }: AtPath) => `"${path}" is not what the migrations fold to; run build to write it again.`,
    explanation: {
      what: 'The snapshot is made from the migrations alone, without a database, and is there to be read. It is missing or was changed.',
      example: 'rm backend/migrations/snapshot.json\nsupercompile migrate verify',
      mend: 'Run supercompile build (with --force where it was edited).',
    },
  },
  'database-drift': {
    code: 'SC5101',
    severity: 'error',
    message: ({ difference }: { readonly difference: string }) =>
      `"${difference}": the database differs from what its migrations make; undo that, or list its name under database.unmanaged.`,
    explanation: {
      what: 'Somebody changed a migrated table by hand. Tables that no entity has, and whatever hangs on them, are not looked at.',
      example: 'psql -c "alter table leads add legacy_code text"\nsupercompile migrate drift',
      mend: 'Say it in the spec and let a migration make it, take it back, or declare what someone else keeps there: database: { unmanaged: [leads.legacy_code] }.',
    },
  },
  'output-busy': {
    code: 'SC5009',
    severity: 'error',
    message: ({ folder, owner }: { readonly folder: string; readonly owner: number }) =>
      `"${folder}" is held by another build (process ${owner}); wait for it to end, or delete that folder if no build is running.`,
    explanation: {
      what: 'A build first writes to a folder of its own inside the output, then moves everything into place. Only one may do so at a time.',
      example: 'supercompile build & supercompile build',
      mend: 'Wait for the other build. After a crash the next build clears up by itself.',
    },
  },
  'unknown-tick': {
    code: 'SC5010',
    severity: 'warning',
    message: ({ id }: { readonly id: string }) =>
      `"${id}" is no item of the checklist; take an id from app/docs/backend_todos_*.md, or remove the line.`,
    explanation: {
      what: 'A line of custom/todos.yaml ticks an item that the checklist does not have: the id is misspelled, or what it stood for is gone.',
      example: 'entity.Leed.create: tested by hand',
      mend: 'Correct the id as the checklist spells it, or remove the line.',
    },
  },
} satisfies CatalogueRows;
