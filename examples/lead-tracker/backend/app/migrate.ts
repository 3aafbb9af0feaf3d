// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { migrateDatabase } from '#runtime/server/migrate-database.ts';
import { environment } from './env.ts';

/** Applies the migrations of migrations/: node app/migrate.ts; takes back the last one: node app/migrate.ts down */
await migrateDatabase({
  environment: environment,
  backend: new URL('..', import.meta.url),
});
