import { desc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { serveLeads } from './serve.js';

const status = pgEnum('lead_status', ['new', 'contacted', 'qualified', 'won', 'lost']);
const leads = pgTable('leads', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  phone: text().notNull(),
  email: text().notNull(),
  status: status().notNull(),
  notes: text(),
  ownerId: uuid('owner_id').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
const db = drizzle(new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 }));
const newest = [desc(leads.createdAt), desc(leads.id)];

serveLeads({
  get: async (id) => (await db.select().from(leads).where(eq(leads.id, id)))[0],
  list: (value) =>
    db
      .select()
      .from(leads)
      .where(eq(leads.status, value))
      .orderBy(...newest)
      .limit(20),
  create: async (row) => (await db.insert(leads).values(row).returning())[0],
  patch: async (id, row) => (await db.update(leads).set(row).where(eq(leads.id, id)).returning())[0],
});
