import type { Reporter } from '../diagnostics/reporter.ts';
import type { Located } from '../diagnostics/span.ts';
import type { ApiSpec, Spec } from '../spec/spec.ts';
import type { ApiOptions, App } from './app.ts';
import { buildEntity } from './build-entity.ts';
import { buildMigrationNotes } from './build-migration-notes.ts';
import { checkApp } from './check-app.ts';
import { withConditions } from './expressions/with-conditions.ts';
import { freezeDeep } from './freeze-deep.ts';
import { withInverses } from './inverses.ts';
import { withLinkIds } from './link-ids.ts';
import { withParts } from './parts.ts';

/** 1 MB. */
export const DEFAULT_BODY_LIMIT = 1024 * 1024;

/**
 * The meaning of a spec: defaults filled in, names resolved, frozen. Everything that cannot be meant is reported;
 * the App is good for output only when no error was.
 */
export function buildApp(spec: Spec, document: Located, reporter: Reporter): App {
  const built = Object.entries(spec.entities)
    .map(([name, entity]) => buildEntity(name, entity))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const entities = withInverses(withParts(spec, withLinkIds(built)));
  const app: App = freezeDeep({
    name: spec.name,
    ...(spec.description !== undefined && { description: spec.description }),
    auth: { provider: spec.auth.provider },
    api: buildApi(spec.api ?? {}),
    database: { ...spec.database, schema: spec.database?.schema ?? 'public' },
    entities: withConditions(spec, entities, document, reporter),
    ...(spec.migration !== undefined && { migration: buildMigrationNotes(spec.migration) }),
  });
  checkApp({ spec, app, document, reporter });
  return app;
}

function buildApi({ basePath = '', bodyLimit }: ApiSpec): ApiOptions {
  return { basePath, bodyLimit: bodyLimit === undefined ? DEFAULT_BODY_LIMIT : bytes(bodyLimit) };
}

/** `512KB` in bytes. */
function bytes(size: string): number {
  return Number.parseInt(size, 10) * (size.endsWith('MB') ? 1024 * 1024 : 1024);
}
