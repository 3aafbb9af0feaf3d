import type { Emitter } from '../emitter.ts';
import { symbol, ts, typeSymbol } from '../text/fragment.ts';
import { scaffoldFile, sourceFile } from '../text/source-file.ts';

const environmentFrom = symbol('environment', './env.ts');

/** `main.ts`, `migrate.ts` and `env.ts`: the processes of the backend and what they read from the environment. */
export const emitEntryPoints: Emitter = () => [
  sourceFile(
    'app/env.ts',
    ts`/** The variables this backend reads, all checked at start: see .env.example. */
export const environment = ${symbol('environmentVariables', '#runtime/environment/environment-variables.ts')};`,
  ),
  sourceFile(
    'app/main.ts',
    ts`/** Entry point of the server: node app/main.ts */
await ${symbol('startServer', '#runtime/server/start-server.ts')}({
  api: ${symbol('api', './app.ts')},
  resources: ${symbol('resources', './app.ts')},
  hooks: ${symbol('hooks', '../custom/hooks.ts')},
  routes: ${symbol('routes', '../custom/routes.ts')},
  environment: ${environmentFrom},
  backend: new URL('..', import.meta.url),
});`,
  ),
  sourceFile(
    'app/migrate.ts',
    ts`/** Applies the migrations of migrations/: node app/migrate.ts; takes back the last one: node app/migrate.ts down */
await ${symbol('migrateDatabase', '#runtime/server/migrate-database.ts')}({
  environment: ${environmentFrom},
  backend: new URL('..', import.meta.url),
});`,
  ),
];

/** What a user writes in: made once, never opened again. */
export const emitScaffolds: Emitter = () => [
  scaffoldFile(
    'custom/hooks.ts',
    ts`/**
 * Your code around the compiled operations, by resource:
 *
 *   lead: { beforeCreate: async (input, { db }) => ({ ...input, name: input.name.trim() }) }
 *
 * A hook runs in the transaction of the change; throwing rolls it back. Throw a Problem
 * (#runtime/http/problem.ts) to choose the answer.
 */
export const hooks = {} satisfies ${typeSymbol('Hooks', '../app/app.ts')};`,
  ),
  scaffoldFile(
    'custom/routes.ts',
    ts`/**
 * Routes of your own; they come before the compiled ones.
 *
 *   (app, { db }) => app.get('/leads/count', async (context) => context.json(await db.selectFrom('leads')...))
 */
export const routes: ${typeSymbol('CustomRoutes', '#runtime/server/create-backend.ts')}<${typeSymbol('DB', '../app/database.ts')}> = () => {};`,
  ),
];
