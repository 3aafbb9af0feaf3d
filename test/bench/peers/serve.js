// The routes that a person would write by hand around a peer's client.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';

const status = z.enum(['new', 'contacted', 'qualified', 'won', 'lost']);
const Create = z.strictObject({
  name: z.string().min(1).max(120),
  phone: z.string().max(40),
  email: z.email(),
  status: status.default('new'),
  notes: z.string().max(5000).nullish(),
  ownerId: z.guid(),
});
const Patch = Create.partial();

/** `client` has `get(id)`, `list(status)`, `create(row)` and `patch(id, row)`. */
export function serveLeads(client) {
  const app = new Hono();
  app.get('/leads/:id', async (c) => {
    const row = await client.get(c.req.param('id'));
    return row ? c.json(row) : c.json({}, 404);
  });
  app.get('/leads', async (c) => c.json({ data: await client.list(status.parse(c.req.query('status'))) }));
  app.post('/leads', async (c) => c.json(await client.create(Create.parse(await c.req.json())), 201));
  app.patch('/leads/:id', async (c) => c.json(await client.patch(c.req.param('id'), Patch.parse(await c.req.json()))));
  listen(app);
}

/** Says where it listens as our servers do. */
export function listen(app) {
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
    process.stderr.write(`listening on http://127.0.0.1:${port}\n`),
  );
}
