import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './prisma-client/client.ts';
import { serveLeads } from './serve.js';

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 8 }) });

serveLeads({
  get: (id) => prisma.lead.findUnique({ where: { id } }),
  list: (status) =>
    prisma.lead.findMany({ where: { status }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 20 }),
  create: (data) => prisma.lead.create({ data }),
  patch: (id, data) => prisma.lead.update({ where: { id }, data }),
});
