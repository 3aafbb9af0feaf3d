import { DEPENDENCIES_PATH } from '../../plan/custom-dependencies.ts';
import type { Emitter } from '../emitter.ts';
import { jsonText } from '../json-text.ts';

/** The parts of `custom/` that are no code: made once, then the user's. */
export const emitCustom: Emitter = () => [
  { path: DEPENDENCIES_PATH, text: jsonText({ dependencies: {}, devDependencies: {} }), owner: 'scaffold' },
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
  '- `dependencies.json`: packages that your code imports. The next build puts them into `package.json`, which is compiled:',
  '  `"dependencies": { "nanoid": "5.1.6" }`, then `npx supercompile`, then `npm install`. What the backend pins itself,',
  '  such as `zod` and `kysely`, may be imported as it is.',
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
