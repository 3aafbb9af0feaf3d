import { Server } from 'node:net';
import { create } from '@platformatic/db';

// By itself it listens on every interface, whatever its configuration says.
const { listen } = Server.prototype;
Server.prototype.listen = function listenHere(options, ...rest) {
  return listen.call(this, typeof options === 'object' ? { ...options, host: '127.0.0.1' } : options, ...rest);
};

const connectionString = process.env.DATABASE_URL;
const app = await create(import.meta.dirname, {
  $schema: 'https://schemas.platformatic.dev/@platformatic/db/3.67.0.json',
  server: { hostname: '127.0.0.1', port: 0, logger: { level: 'error' } },
  db: { connectionString, openapi: true, graphql: false, poolSize: 8, ignore: { supercompile_migrations: true } },
});
const url = await app.start({ listen: true });
process.stderr.write(`listening on ${url ?? app.url}\n`);
