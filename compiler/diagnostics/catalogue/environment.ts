import type { CatalogueRows } from '../catalogue-row.ts';

/** Names the file at fault. */
export interface AtPath {
  readonly path: string;
}

/** `SC6xxx`: what surrounds the compiler or the backend is missing or wrong (60 the machine, 61 a named file, 62 a database). */
export const environment = {
  'git-unusable': {
    code: 'SC6001',
    severity: 'error',
    message: ({ reason }: { readonly reason: string }) =>
      `"git" cannot say which migrations are sealed: ${reason}; mend that first.`,
    explanation: {
      what: 'The folder belongs to a git repository, and git refuses to read it. Guessing could replace a migration that a database has run.',
      example: 'sudo -u someone-else supercompile build',
      mend: 'Do what git says, such as git config --global --add safe.directory <folder>.',
    },
  },
  'output-unwritable': {
    code: 'SC6002',
    severity: 'error',
    message: ({ path, reason }: AtPath & { readonly reason: string }) =>
      `"${path}" cannot be written: ${reason}; nothing was changed. Free it, or choose another --out.`,
    explanation: {
      what: 'The output folder is read-only, full, or of somebody else.',
      example: 'supercompile build --out /proc/backend',
      mend: 'Make room or grant the right, or choose another folder with --out.',
    },
  },
  'environment-invalid': {
    code: 'SC6003',
    severity: 'error',
    message: ({ problem }: { readonly problem: string }) => `The environment is wrong: ${problem}.`,
    explanation: {
      what: 'A variable that the backend reads has a value that it cannot use. .env.example in the backend lists them all.',
      example: 'DATABASE_URL=localhost supercompile migrate up',
      mend: 'Set the variable as the message says, or unset it.',
    },
  },
  'address-unusable': {
    code: 'SC6004',
    severity: 'error',
    message: ({ reason }: { readonly reason: string }) => `dev cannot serve: ${reason}.`,
    explanation: {
      what: 'Another program listens on the port, or the address is none of this machine.',
      example: 'PORT=80 supercompile dev',
      mend: 'Stop the other program, or name another port with --port; 0 picks a free one.',
    },
  },
  'spec-missing': {
    code: 'SC6101',
    severity: 'error',
    message: ({ path, command }: AtPath & { readonly command: string }) =>
      `"${path}" does not exist; name the spec, as in supercompile ${command} path/to/app.yaml.`,
    explanation: {
      what: 'Without a name the spec is app.yaml in the current folder.',
      example: 'cd /tmp && supercompile build',
      mend: 'Run the command beside app.yaml, or name the file.',
    },
  },
  'spec-unreadable': {
    code: 'SC6102',
    severity: 'error',
    message: ({ path, reason }: AtPath & { readonly reason: string }) =>
      `"${path}" cannot be read: ${reason}; name a YAML file.`,
    explanation: {
      what: 'The path names a folder, a device, a file of more than 1,048,576 characters, or a file that you may not read.',
      example: 'supercompile build examples/',
      mend: 'Name the file itself, as in supercompile build examples/lead-tracker/app.yaml.',
    },
  },
  'wrong-encoding': {
    code: 'SC6103',
    severity: 'error',
    message: ({ path }: AtPath) => `"${path}" is not UTF-8 from here on; save it as UTF-8.`,
    explanation: {
      what: 'YAML is Unicode text, and in any other encoding the names in it would come out wrong.',
      example: 'iconv -t latin1 app.yaml > other.yaml && supercompile build other.yaml',
      mend: 'Save the file as UTF-8.',
    },
  },
  'ticks-malformed': {
    code: 'SC6104',
    severity: 'error',
    message: ({ path }: AtPath) => `"${path}" is no map of checklist items; write one "id: note" a line.`,
    explanation: {
      what: 'custom/todos.yaml says which items of the checklist a person has done. It must be a YAML map from an id to a note.',
      example: '- database: done by Ann',
      mend: 'Write the id of an item, a colon and a note, such as "database-backups: nightly, by Ann".',
    },
  },
  'unknown-code': {
    code: 'SC6105',
    severity: 'error',
    message: ({ code }: { readonly code: string }) =>
      `"${code}" is no diagnostic code; run supercompile explain for the list of them.`,
    explanation: {
      what: 'explain takes a code such as SC2101, or the name beside it, such as unknown-key.',
      example: 'supercompile explain SC9999',
      mend: 'Copy the code from the message that you want explained.',
    },
  },
  'no-migrations': {
    code: 'SC6106',
    severity: 'error',
    message: ({ path }: AtPath) => `"${path}" holds no migrations; run build first, or name the backend with --out.`,
    explanation: {
      what: 'migrate works on the migrations/ folder of a compiled backend, by default on backend/ in the current folder.',
      example: 'cd /tmp && supercompile migrate up',
      mend: 'Run supercompile build, go to the folder that backend/ is in, or say --out path/to/backend.',
    },
  },
  'spec-unwritable': {
    code: 'SC6107',
    severity: 'error',
    message: ({ path, reason }: AtPath & { readonly reason: string }) =>
      `"${path}" cannot be written: the system says ${reason}; nothing was changed. Use fix - to print the result instead.`,
    explanation: {
      what: 'The spec, or the folder it lies in, is read-only, full, or of somebody else.',
      example: 'chmod a-w . && supercompile fix',
      mend: 'Grant the right to write, or run supercompile fix - with the spec on standard input and save what it prints.',
    },
  },
  'already-there': {
    code: 'SC6108',
    severity: 'error',
    message: ({ path }: AtPath) => `"${path}" is already there; init overwrites nothing. Name another folder.`,
    explanation: {
      what: 'init writes the first app.yaml of a project, and there is one.',
      example: 'supercompile init && supercompile init',
      mend: 'Edit the spec that is there, or name an empty folder, as in supercompile init my-app.',
    },
  },
  'unusable-name': {
    code: 'SC6109',
    severity: 'error',
    message: ({ option, name, form }: { readonly option: string; readonly name: string; readonly form: string }) =>
      `"${name}" cannot be used as ${option}; write ${form}.`,
    explanation: {
      what: 'The app and its entities are named in a form that works in every place where the name will stand: tables, paths, types.',
      example: 'supercompile init --entity "purchase order"',
      mend: 'Name the app in kebab-case, such as purchase-desk, and an entity in PascalCase, such as PurchaseOrder.',
    },
  },
  'folder-unwritable': {
    code: 'SC6110',
    severity: 'error',
    message: ({ path, reason }: AtPath & { readonly reason: string }) =>
      `"${path}" cannot be written: the system says ${reason}; name another folder.`,
    explanation: {
      what: 'The folder that init was to write to cannot be made or written.',
      example: 'supercompile init /proc/my-app',
      mend: 'Name a folder of your own, as in supercompile init my-app.',
    },
  },
  'dependencies-malformed': {
    code: 'SC6111',
    severity: 'error',
    message: ({ problem }: { readonly problem: string }) =>
      `"custom/dependencies.json" ${problem}; write { "dependencies": { "name": "version" }, "devDependencies": {} }.`,
    explanation: {
      what: 'custom/dependencies.json names the packages that code in custom/ imports; a build puts them into the compiled package.json. It is JSON with two maps from the name of a package to a version, as package.json has them.',
      example: '{ "dependencies": ["nanoid"] }',
      mend: 'Write each package once, with a version, a range, a tag or an address that npm understands, such as "nanoid": "5.1.6".',
    },
  },
  'dependency-pinned': {
    code: 'SC6112',
    severity: 'error',
    message: ({ name, version }: { readonly name: string; readonly version: string }) =>
      `"${name}" is in every backend, pinned to ${version}; remove the line and import it as it is.`,
    explanation: {
      what: 'The compiled code and its tests run on this package in exactly this version; another one beside it would be used by neither.',
      example: '{ "dependencies": { "zod": "^4.0.0" } }',
      mend: 'Remove the line from custom/dependencies.json. Code in custom/ may import the package all the same.',
    },
  },
  'database-unavailable': {
    code: 'SC6201',
    severity: 'error',
    message: ({ reason, held }: { readonly reason: string; readonly held?: boolean }) =>
      held === true
        ? `The database is in use: ${reason}.`
        : `"DATABASE_URL" leads to no usable database: ${reason}; start it, or mend the address.`,
    explanation: {
      what: 'The database refused the connection, could not be found, or another process holds the embedded one.',
      example: 'DATABASE_URL=postgres://localhost:1/none supercompile migrate status',
      mend: 'Start the database, stop the server that holds .data/, or correct DATABASE_URL and MIGRATION_DATABASE_URL.',
    },
  },
  'database-refusal': {
    code: 'SC6202',
    severity: 'error',
    message: ({ reason, isRights }: { readonly reason: string; readonly isRights: boolean }) =>
      isRights
        ? `The database refused: ${reason}; give the login of MIGRATION_DATABASE_URL the rights of the owner.`
        : `The database refused: ${reason}; mend what it names, and run the command again.`,
    explanation: {
      what: 'The database was reached and refused a statement outside any migration, mostly for want of rights.',
      example: 'MIGRATION_DATABASE_URL=postgres://reader@db/app supercompile migrate up',
      mend: 'Use the login that owns the schema; app/docs/supabase_setup.md in the backend says how to make it.',
    },
  },
} satisfies CatalogueRows;
