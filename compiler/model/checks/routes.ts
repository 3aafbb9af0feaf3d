import type { Spec } from '../../spec/spec.ts';
import type { Entity } from '../app.ts';
import { type Check, entityPointer } from './check.ts';

/** First segments of the routes that every backend has. */
export const RUNTIME_SEGMENTS: readonly string[] = ['livez', 'readyz', 'openapi.json', 'docs', 'metrics'];

/** Kept for the ledger of migrations and what else the backend stores for itself. */
const RUNTIME_TABLES = /^_?supercompile(_|$)/;

const MOST_BODY = 64 * 1024 * 1024;

/** No path of an entity hides a route of the backend itself. */
export const checkRoutes: Check = ({ spec, app, reporter }) => {
  const [, first = ''] = app.api.basePath.split('/');
  if (RUNTIME_SEGMENTS.includes(first)) {
    reporter.report('reserved-path', '/api/basePath', { path: `/${first}` });
  }
  if (app.api.basePath !== '') return;
  for (const entity of app.entities) {
    const { path } = entity.names;
    if (!RUNTIME_SEGMENTS.includes(path)) continue;
    reporter.report('reserved-path', overridePointer(spec, entity, 'path'), { path: `/${path}` }, { at: 'key' });
  }
};

/** No table is one of the backend's own. */
export const checkTables: Check = ({ spec, app, reporter }) => {
  for (const entity of app.entities) {
    const { table } = entity.names;
    if (!RUNTIME_TABLES.test(table)) continue;
    reporter.report('reserved-table', overridePointer(spec, entity, 'table'), { table }, { at: 'key' });
  }
};

/** A body is read whole into memory, so its size has an end. */
export const checkBodyLimit: Check = ({ app, reporter }) => {
  if (app.api.bodyLimit > MOST_BODY) reporter.report('body-limit-too-large', '/api/bodyLimit', { most: '64MB' });
};

/** The override where the author wrote one, else the entity whose name became the table and path. */
function overridePointer(spec: Spec, entity: Entity, key: 'path' | 'table'): string {
  return spec.entities[entity.name]?.[key] === undefined ? entityPointer(entity) : entityPointer(entity, key);
}
