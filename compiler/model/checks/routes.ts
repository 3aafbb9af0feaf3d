import { type Check, entityPointer } from './check.ts';

/** First segments of the routes that every backend has. */
export const RUNTIME_SEGMENTS: readonly string[] = ['livez', 'readyz', 'openapi.json', 'docs', 'metrics'];

/** Kept for the ledger of migrations and what else the backend stores for itself. */
const RUNTIME_TABLES = /^_?supercompile(_|$)/;

const MOST_BODY = 64 * 1024 * 1024;

/** No path of an entity hides a route of the backend itself. */
export const checkRoutes: Check = ({ app, reporter }) => {
  const [, first = ''] = app.api.basePath.split('/');
  if (RUNTIME_SEGMENTS.includes(first)) {
    reporter.report('reserved-path', '/api/basePath', { path: `/${first}` });
  }
  if (app.api.basePath !== '') return;
  for (const entity of app.entities) {
    const { path } = entity.names;
    if (RUNTIME_SEGMENTS.includes(path))
      reporter.report('reserved-path', entityPointer(entity, 'path'), { path: `/${path}` });
  }
};

/** No table is one of the backend's own. */
export const checkTables: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    const { table } = entity.names;
    if (RUNTIME_TABLES.test(table)) reporter.report('reserved-table', entityPointer(entity, 'table'), { table });
  }
};

/** A body is read whole into memory, so its size has an end. */
export const checkBodyLimit: Check = ({ app, reporter }) => {
  if (app.api.bodyLimit > MOST_BODY) reporter.report('body-limit-too-large', '/api/bodyLimit', { most: '64MB' });
};
