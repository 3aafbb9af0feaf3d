import type { Emitter } from '../emitter.ts';

/** The parts of `custom/` that are no code: made once, then the user's. */
export const emitCustom: Emitter = () => [
  { path: 'custom/README.md', text: `${README.join('\n')}\n`, owner: 'scaffold' },
  { path: 'custom/todos.yaml', text: `${TODOS.join('\n')}\n`, owner: 'scaffold' },
];

const README: readonly string[] = [
  '# Your part of the backend',
  '',
  'The compiler made these files once and never writes to this folder again.',
  '',
  '- `hooks.ts`: code around the compiled operations, typed by the spec.',
  '- `routes.ts`: routes of your own.',
  '- `todos.yaml`: ticks of the checklist in `app/docs/`.',
  '',
  'Files you add may import anything from `../app/` and `#runtime/`.',
];

const TODOS: readonly string[] = [
  '# Ticks of the checklist in app/docs/backend_todos_*.md, one a line: the id of an item and a note.',
  '# They show up there with the next build.',
  '#',
  '# database.backups: "nightly, restored on staging in March"',
];
