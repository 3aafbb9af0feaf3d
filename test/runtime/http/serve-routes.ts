import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { readJsonBody } from '../../../runtime/http/json-body.ts';
import { createLog } from '../../../runtime/observability/log.ts';
import type { HttpSettings } from '../../../runtime/http/http-settings.ts';
import type { Metrics } from '../../../runtime/observability/metrics.ts';
import { createBackend, type CustomRoutes } from '../../../runtime/server/create-backend.ts';
import { listen } from '../../../runtime/server/listen.ts';
import { startTestDatabase } from '../../../runtime/testing/test-database.ts';

export interface Served {
  readonly url: string;
  readonly port: number;
  /** Log lines so far, parsed. */
  readonly logged: () => readonly Readonly<Record<string, unknown>>[];
  readonly setClosing: (isClosing: boolean) => void;
  readonly close: () => Promise<void>;
}

export const BODY_LIMIT = 100_000;

/** A backend without entities over real HTTP: `POST /echo` answers the body, `GET /things/:id` its id, and `routes` adds more. */
export async function serveRoutes(
  routes: CustomRoutes = () => {},
  services: { readonly settings?: HttpSettings; readonly metrics?: Metrics } = {},
): Promise<Served> {
  const { database, close } = await startTestDatabase('');
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      done();
    },
  });
  let isClosing = false;
  const app = createBackend(
    {
      api: { name: 'test', basePath: '', bodyLimit: BODY_LIMIT, schema: 'public' },
      resources: {},
      hooks: {},
      routes: (api, given) => {
        api.post('/echo', async (context) => Response.json(await readJsonBody(context)));
        api.get('/things/:id', (context) => context.json({ id: context.req.param('id') }));
        api.delete('/things/:id', (context) => context.body(null, 204));
        routes(api, given);
      },
    },
    {
      database,
      secret: new Uint8Array(32),
      log: createLog('info', stream),
      openapi: '{"openapi":"3.1.0"}',
      isClosing: () => isClosing,
      ...services,
    },
  );
  const { server, url } = await listen({ fetch: app.fetch, host: '127.0.0.1', port: 0 });
  return {
    url,
    port: Number(new URL(url).port),
    logged: () => lines.map((line) => JSON.parse(line)),
    setClosing: (value) => {
      isClosing = value;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}

/** Sends bytes as they are and gives back everything the server answers until it closes. */
export async function sendRaw(port: number, text: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.on('close', () => resolve(answer));
  });
}
