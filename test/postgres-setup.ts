import type { TestProject } from 'vitest/node';
import { createPostgresRoot } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the run's Postgres servers, started by the first test that needs one. */
    readonly postgresDirectory: string;
  }
}

/** Vitest's global set-up: costs nothing until a test asks for `testPostgres()`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = createPostgresRoot();
  project.provide('postgresDirectory', root.directory);
  return root.close;
}
