import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { document, prose } from '../text/markdown.ts';
import { HOOKS, PACKAGES, ROUTES } from './extending-backend.ts';

/** Prints `backend_overview.md`: what the backend is, how it is laid out, run and extended. */
export const emitOverview: Emitter = ({ app, resources }) => {
  const about = app.description === undefined ? [] : [prose(app.description), ''];
  const entities = resources.map(({ entity }) => {
    const path = `app/crud/${entity.names.folder}/`;
    return `- ${entity.name}: [${path}](${path})${entity.description === undefined ? '' : `: ${prose(entity.description)}`}`;
  });
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    `# ${prose(app.name)}`,
    '',
    ...about,
    'A backend compiled from one file, `app.yaml`. It stands alone: its runtime lies beside it in `runtime/`, and it needs no package of the compiler.',
    '',
    ...RUNNING,
    ...OPERATING,
    ...LAYOUT,
    '## Entities',
    '',
    ...entities,
    '',
    ...HOOKS,
    ...ROUTES,
    ...PACKAGES,
    ...changing(app.name),
  ];
  return [{ path: 'backend_overview.md', text: document(lines), owner: 'compiler' }];
};

const RUNNING: readonly string[] = [
  '## Run it',
  '',
  '```sh',
  'npm install',
  'APP_ENV=development npm start     # the embedded database in .data/, migrated at start',
  'curl http://127.0.0.1:3000/readyz',
  'npm test                          # on a database of its own',
  'npm run typecheck',
  '```',
  '',
  `It needs Node.js 22.18 or later; \`.node-version\` names the one it is tested with. An older one stops at once with \`Unknown file extension ".ts"\`, because it cannot run TypeScript: \`npm install --save-dev node@26\` in a folder above gives npm's scripts there one of their own, a version manager gives it to everything.`,
  '',
  'With `DATABASE_URL` it runs on Postgres; `npm run migrate` applies the migrations there first, see [supabase_setup.md](app/docs/supabase_setup.md).',
  'With `TEST_DATABASE_URL=postgresql://...`, whose login may create databases, `npm test` runs on that server, each file in a database that it makes and drops; without it on embedded ones.',
  'All variables are in [.env.example](.env.example). `docker compose up` starts a database, applies the migrations and serves. There is no build step: Node.js runs the TypeScript as it is.',
  '',
];

const OPERATING: readonly string[] = [
  '## Operate it',
  '',
  '| Path | Answers |',
  '| --- | --- |',
  '| `/livez` | 200 while the process lives |',
  '| `/readyz` | 200 while it can serve: the database answers and it is not stopping; else 503 |',
  '| `/metrics` | Prometheus text: requests, durations and errors by route, connections, event loop, memory. In production with `METRICS_TOKEN` or on `METRICS_PORT` alone |',
  '| `/docs`, `/openapi.json` | a page to read and try the API, and what it is made of; not with `DOCS=off` |',
  '',
  'The log is JSON lines on standard output: one a request, with its id, route, status and duration, and with `traceId` where `traceparent` was sent. Statements slower than `SLOW_QUERY_MS` are warnings with their name and no value. `LOG_LEVEL=debug` adds each statement and the probes.',
  '',
  'Traces need an OpenTelemetry SDK of your choice, set up before the server: `node --import ./custom/tracing.ts app/main.ts`. Requests and statements then are spans.',
  '',
  'Browsers of other origins are let in by `CORS_ORIGINS`, by exact origin and without cookies.',
  '',
];

const LAYOUT: readonly string[] = [
  '## Layout',
  '',
  '| Path | Holds | Yours? |',
  '| --- | --- | --- |',
  '| `app/main.ts`, `app/migrate.ts` | the entry points of server and migrations | compiled |',
  '| `app/app.ts`, `app/env.ts`, `app/database.ts` | the registry of entities, the environment, the Kysely types | compiled |',
  '| `app/crud/<entity>/` | `schema.ts` (zod), `repository.ts` (Kysely), `routes.ts` (Hono and OpenAPI), `hooks.ts` (types) | compiled |',
  '| `app/docs/` | [API](app/docs/api.md), [access](app/docs/access.md), [entities](app/docs/erd.md), [rules](app/docs/backend_rules.md), [database set-up](app/docs/supabase_setup.md), the checklist, [openapi.json](app/docs/openapi.json) | compiled |',
  '| `runtime/` | what the compiled code runs on: http, crud, database, migrations | compiled |',
  '| `migrations/` | the history of the database; commit it, never edit it | history |',
  '| `test/` | tests of the compiled API | compiled |',
  '| `custom/` | hooks, routes, `dependencies.json`, `todos.yaml` | yours |',
  '| `model.json`, `manifest.json` | what the spec means; what the compiler wrote | compiled |',
  '',
];

function changing(name: string): readonly string[] {
  return [
    '## Change it',
    '',
    'Edit `app.yaml`, then:',
    '',
    '```sh',
    'npx supercompile              # writes the code, the documents and the next migration',
    'git diff                      # small: one line of the spec is one line here and there',
    'git commit -a                 # what is committed of migrations/ is final',
    'npm run migrate               # on Postgres; the embedded database is migrated at start',
    '```',
    '',
    'A migration that is not in git yet is a draft: the next build replaces it, so a spell of edits gives one migration.',
    'After a merge of two branches that each have one, `npx supercompile migrate rebase` puts yours on top of theirs; then build again.',
    '`npm run migrate` asks no git: it takes every migration that it was shipped with as final. So commit first; a draft that a database has run must never be replaced. `npx supercompile migrate up` knows drafts and applies them to the embedded database only.',
    '',
    'A server on the embedded database has run the draft at its start. Once a build has replaced that draft, `.data/` does not fit any more and the server says so: remove `.data/`, and with it the rows, and start again.',
    '',
    '`npx supercompile build --check` fails when the committed files are not what the spec compiles to.',
    `What is left to do by hand is in [the checklist](app/docs/${encodeURI(`backend_todos_${name}.md`)}); tick items in \`custom/todos.yaml\`.`,
  ];
}
