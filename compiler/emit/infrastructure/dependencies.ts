/** Packages that the runtime imports; a test keeps their versions equal to our own. */
export const dependencies = {
  '@electric-sql/pglite': '0.5.16',
  '@hono/node-server': '2.1.9',
  '@hono/zod-openapi': '1.6.3',
  '@opentelemetry/api': '1.10.0',
  hono: '4.13.19',
  kysely: '0.29.9',
  pg: '8.23.1',
  'pg-protocol': '1.16.1',
  pino: '10.4.0',
  'postgres-array': '3.0.4',
  'prom-client': '15.1.3',
  'swagger-ui-dist': '5.35.0',
  zod: '4.6.7',
} as const;

/** What type checks and tests need besides. */
export const devDependencies = {
  '@types/node': '24.19.2',
  '@types/pg': '8.23.1',
  ajv: '8.20.0',
  typescript: '7.0.2',
} as const;

/** The Node.js that backends are compiled for: `.node-version` and the image. */
export const NODE_VERSION = '26.10.0';

/**
 * How a server is started. Node.js sizes the young part of its heap by the machine's memory, up to a hundred MB that
 * requests of a few KB never need: with 8 MB a loaded server holds half the memory. Of the threads that compile and
 * collect beside the requests, each keeps memory of its own: one does. And V8 would learn under load to make what a
 * request reads in the old part at once, where 60 MB of it wait to be collected.
 */
export const START_COMMAND = [
  'node',
  '--max-semi-space-size=8',
  '--v8-pool-size=1',
  '--no-allocation-site-pretenuring',
  'app/main.ts',
] as const;

/** Tag of the Postgres image in `compose.yaml`. */
export const POSTGRES_VERSION = '18';
