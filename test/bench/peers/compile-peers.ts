import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, PEERS_FOLDER } from './peers.ts';

/** A tool that makes a part of what ours does, and how long it took where the floors of compiling were set. */
export interface CompilePeer {
  readonly name: string;
  /** Seconds of the whole process, by the number of entities. */
  readonly secondsThen: ReadonlyMap<number, number>;
  /** Writes its source for so many entities; returns the arguments of Node that compile it, for each run. */
  readonly prepare: (entities: number) => (run: number) => readonly string[];
}

/** Below the tools, since what they compile imports them. */
const SOURCES = join(PEERS_FOLDER, 'compile');

/** Source: the table of generators that the design's floors were taken beside; ten fields an entity, second of two runs. */
const PEERS: readonly CompilePeer[] = [
  {
    name: 'openapi-typescript (types alone)',
    secondsThen: new Map([
      [10, 0.69],
      [100, 0.84],
      [1_000, 3.32],
    ]),
    prepare: (entities) => {
      const [source, types] = [join(SOURCES, `${entities}.json`), join(SOURCES, `${entities}.types.ts`)];
      writeFileSync(source, JSON.stringify(openApiOf(entities)));
      return () => [binary('openapi-typescript/bin/cli.js'), source, '-o', types];
    },
  },
  {
    name: 'drizzle-kit (SQL alone)',
    secondsThen: new Map([
      [10, 0.59],
      [100, 0.6],
      [1_000, 1.01],
    ]),
    prepare: (entities) => {
      const source = join(SOURCES, `${entities}.drizzle.ts`);
      writeFileSync(source, drizzleOf(entities));
      const out = (run: number): string => join(SOURCES, `drizzle-${entities}-${run}`);
      const args = [binary('drizzle-kit/bin.cjs'), 'generate', '--dialect', 'postgresql', '--schema', source];
      return (run) => [...args, '--out', out(run)];
    },
  },
];

/** Installs the tools, apart from the product's dependencies. */
export function compilePeers(): readonly CompilePeer[] {
  installPeers();
  rmSync(SOURCES, { recursive: true, force: true });
  mkdirSync(SOURCES, { recursive: true });
  return PEERS;
}

function binary(path: string): string {
  return join(PEERS_FOLDER, 'node_modules', path);
}

const text = { type: 'string' };
const PROPERTIES = {
  id: { ...text, format: 'uuid' },
  name: text,
  email: { ...text, format: 'email' },
  phone: { ...text, nullable: true },
  status: { ...text, enum: ['new', 'won', 'lost'] },
  amount: { type: 'integer' },
  active: { type: 'boolean' },
  parentId: { ...text, format: 'uuid' },
  createdAt: { ...text, format: 'date-time' },
  updatedAt: { ...text, format: 'date-time' },
};

/** Five operations an entity. */
function openApiOf(count: number) {
  const all = Array.from({ length: count }, (_, index) => index);
  const { id, createdAt: _created, updatedAt: _updated, ...sent } = PROPERTIES;
  const schemas = all.flatMap((index) => [
    [`Entity${index}`, { type: 'object', required: Object.keys(PROPERTIES), properties: PROPERTIES }],
    [`Entity${index}Create`, { type: 'object', required: ['name', 'email', 'amount'], properties: sent }],
  ]);
  const paths = all.flatMap((index) => {
    const [row, create] = [`Entity${index}`, `Entity${index}Create`].map((name) => ({
      $ref: `#/components/schemas/${name}`,
    }));
    const body = (schema: unknown) => ({ content: { 'application/json': { schema } } });
    const done = { 200: { description: 'ok', ...body(row) } };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: id }];
    const limit = [{ name: 'limit', in: 'query', schema: { type: 'integer' } }];
    const listed = { 200: { description: 'ok', ...body({ type: 'array', items: row }) } };
    const requestBody = body(create);
    return [
      [
        `/entity${index}`,
        {
          get: { operationId: `list${index}`, parameters: limit, responses: listed },
          post: { operationId: `create${index}`, requestBody: { required: true, ...requestBody }, responses: done },
        },
      ],
      [
        `/entity${index}/{id}`,
        {
          get: { operationId: `get${index}`, parameters, responses: done },
          patch: { operationId: `patch${index}`, parameters, requestBody, responses: done },
          delete: { operationId: `delete${index}`, parameters, responses: { 204: { description: 'gone' } } },
        },
      ],
    ];
  });
  return {
    openapi: '3.0.3',
    info: { title: 'compile-bench', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function drizzleOf(count: number): string {
  const tables = Array.from({ length: count }, (_, index) => {
    const link = index === 0 ? 'notes: text()' : `parentId: uuid().notNull().references(() => entity${index - 1}.id)`;
    return `export const entity${index} = pgTable('entity${index}', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  email: text().notNull(),
  phone: text(),
  status: text().notNull().default('new'),
  amount: integer().notNull(),
  active: boolean().notNull().default(true),
  ${link},
  createdAt: timestamp().notNull().defaultNow(),
  updatedAt: timestamp().notNull().defaultNow(),
});
`;
  });
  return `import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';\n${tables.join('')}`;
}
