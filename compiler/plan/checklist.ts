import type { Span } from '../diagnostics/span.ts';
import type { App, Entity } from '../model/app.ts';
import type { Resource, Route } from './resource.ts';

/** One thing that a backend needs before it serves anyone. */
export interface ChecklistItem {
  /** Stable: what `custom/todos.yaml` names. */
  readonly id: string;
  readonly title: string;
  /** The compiler can prove it done. */
  readonly done: boolean;
}

export interface ChecklistSection {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

/** What is done and what is left to people, in the order they would go about it. */
export function planChecklist(
  app: App,
  resources: readonly Resource[],
  migrations: readonly string[],
): readonly ChecklistSection[] {
  return [
    { title: 'Database set-up', items: databaseItems(app) },
    { title: 'Schemas and how they are pushed', items: schemaItems(app, migrations) },
    { title: 'Entities and their endpoints', items: resources.flatMap(entityItems) },
    {
      title: 'Integrations',
      items: [done('integrations.none', 'the spec declares no integration; nothing to connect')],
    },
    { title: 'Auth and configuration', items: configurationItems() },
    { title: 'Validation models', items: resources.flatMap(validationItems) },
    { title: 'Logging and error handling', items: loggingItems() },
  ];
}

/** A person's tick of an item, in a line of `custom/todos.yaml`. */
export interface Tick {
  readonly id: string;
  readonly note: string;
  readonly file: string;
  readonly span: Span;
}

/** Ticks that name no item, in their order. */
export function findUnknownTicks(sections: readonly ChecklistSection[], ticks: readonly Tick[]): readonly Tick[] {
  const known = new Set(sections.flatMap(({ items }) => items.map(({ id }) => id)));
  return ticks.filter(({ id }) => !known.has(id));
}

function done(id: string, title: string): ChecklistItem {
  return { id, title, done: true };
}

function open(id: string, title: string): ChecklistItem {
  return { id, title, done: false };
}

function databaseItems({ database }: App): readonly ChecklistItem[] {
  const isPublic = database.schema === 'public';
  return [
    open('database.create', 'create the database and its owner login (`supabase_setup.md`)'),
    open('database.server-login', 'create the login of the server and its rights (`server_login.sql`)'),
    open('database.urls', 'set `MIGRATION_DATABASE_URL` and `DATABASE_URL` where migrations and the server run'),
    isPublic
      ? open(
          'database.exposure',
          'on Supabase, close the tables of `public` to the anonymous key (`supabase_setup.md`)',
        )
      : done('database.exposure', 'the tables are in a schema of their own, which Supabase does not publish'),
    open('database.backups', 'switch backups on and restore one, once, to see that it works'),
  ];
}

function schemaItems({ entities }: App, migrations: readonly string[]): readonly ChecklistItem[] {
  const written = migrations.length > 0;
  return [
    { id: 'schema.migrations', title: 'migrations are written to `migrations/`', done: written },
    open('schema.commit', 'commit `migrations/`: what is committed is never rewritten'),
    open('schema.push', 'apply the migrations with `npm run migrate`, before each new version of the server starts'),
    ...entities.map(tableItem),
  ];
}

function tableItem({ name, names }: Entity): ChecklistItem {
  return done(`schema.${name}`, `${name}: table \`${names.table}\` with its constraints and indexes`);
}

function entityItems({ entity, routes }: Resource): readonly ChecklistItem[] {
  if (routes.length === 0)
    return [
      open(`entity.${entity.name}.none`, `${entity.name}: no grant, so no endpoint; decide whether that is meant`),
    ];
  return routes.map((route) => endpointItem(entity, route));
}

function endpointItem({ name }: Entity, { kind, method, path, list }: Route): ChecklistItem {
  // Each list of links has routes of its own.
  const id = list === undefined ? `entity.${name}.${kind}` : `entity.${name}.${kind}.${list.name}`;
  return done(id, `${name}: ${kind}, \`${method.toUpperCase()} ${path}\``);
}

function validationItems({ entity, routes }: Resource): readonly ChecklistItem[] {
  if (routes.length === 0) return [];
  return [
    done(
      `validation.${entity.name}`,
      `${entity.name}: bodies, queries and ids are validated, see \`backend_rules.md\``,
    ),
  ];
}

function configurationItems(): readonly ChecklistItem[] {
  return [
    open(
      'auth.anonymous',
      'the spec says `auth: { provider: none }`: confirm that everyone who reaches the server may do what `access.md` lists',
    ),
    done('auth.matrix', 'who may do what is listed in `access.md`'),
    open('config.secret', 'set `APP_SECRET`, 32 random bytes, the same for every instance'),
    done('config.validated', 'the environment is checked at start, all problems at once; `.env.example` documents it'),
    open('config.tls', 'put the server behind TLS'),
    open('config.node', 'run the Node.js that `.node-version` names'),
  ];
}

function loggingItems(): readonly ChecklistItem[] {
  return [
    done('logging.requests', 'requests are logged as JSON with their ids, never with bodies'),
    done('errors.problems', 'errors are RFC 9457 problem details, without stack traces'),
    done('errors.unavailable', 'a lost database is answered with 503 and `Retry-After`'),
    done('logging.statements', 'slow statements are logged by name, without values; `SLOW_QUERY_MS` says what is slow'),
    open('logging.collect', 'collect standard output where the team reads it'),
    open('logging.metrics', 'have `/metrics` read: set `METRICS_TOKEN`, or `METRICS_PORT` for a network of its own'),
    open('logging.alert', 'alert on status 500 and on `/readyz` failing'),
    open('errors.hooks', 'throw a `Problem` from your own hooks and routes for errors that callers should see'),
  ];
}
