import { ZenStackClient } from '@zenstackhq/orm';
import { PostgresDialect } from '@zenstackhq/orm/dialects/postgres';
import { RPCApiHandler } from '@zenstackhq/server/api';
import { createHonoHandler } from '@zenstackhq/server/hono';
import { Hono } from 'hono';
import pg from 'pg';
import { listen } from './serve.js';
import { schema } from './zenstack/schema.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
const client = new ZenStackClient(schema, { dialect: new PostgresDialect({ pool }) });
const app = new Hono();
app.use('/api/model/*', createHonoHandler({ apiHandler: new RPCApiHandler({ schema }), getClient: () => client }));
listen(app);
