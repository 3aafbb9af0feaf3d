// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { startServer } from '#runtime/server/start-server.ts';
import { hooks } from '../custom/hooks.ts';
import { routes } from '../custom/routes.ts';
import { api, resources } from './app.ts';
import { environment } from './env.ts';

/** Entry point of the server: node app/main.ts */
await startServer({
  api: api,
  resources: resources,
  hooks: hooks,
  routes: routes,
  environment: environment,
  backend: new URL('..', import.meta.url),
});
