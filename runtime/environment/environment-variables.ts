import type { EnvironmentOf } from './read-environment.ts';
import {
  boolean,
  folder,
  integer,
  milliseconds,
  oneOf,
  origins,
  postgresUrl,
  secretBytes,
  token,
  word,
} from './parsers.ts';

/** What the server and the migration runner read, each once, at start. */
export const environmentVariables = {
  HOST: {
    description: 'Address to listen on; 0.0.0.0 for every interface.',
    default: '127.0.0.1',
    parse: word,
  },
  PORT: {
    description: 'Port to listen on; 0 picks a free one.',
    default: '3000',
    parse: integer(0, 65_535),
  },
  APP_ENV: {
    description: 'What kind of run this is.',
    default: 'production',
    parse: oneOf('development', 'test', 'production'),
  },
  APP_SECRET: {
    description:
      'Key of cursors and tokens: 32 random bytes in hexadecimal or base64 (`openssl rand -hex 32`). Required in production on Postgres; otherwise made once into DATA_DIR.',
    secret: true,
    parse: secretBytes,
  },
  DATABASE_URL: {
    description: "The server's login to Postgres; the embedded database when absent.",
    secret: true,
    parse: postgresUrl,
  },
  DATA_DIR: {
    description: "Folder of the embedded database and of the secret made for it, relative to the backend's.",
    default: '.data',
    parse: folder,
  },
  MIGRATION_DATABASE_URL: {
    description: "The login that owns the tables, for migrations; DATABASE_URL's when absent.",
    secret: true,
    parse: postgresUrl,
  },
  MIGRATE_ON_START: {
    description: '`on`: the server applies pending migrations to Postgres before it listens, as the owner.',
    default: 'off',
    parse: boolean,
  },
  DATABASE_POOL: {
    description: 'Connections to Postgres.',
    default: '8',
    parse: integer(1, 1_000),
  },
  DATABASE_LANES: {
    description:
      'Connections that short reads share, each sent before the one ahead is answered; 0 behind a pooler that cannot pipeline.',
    default: '2',
    parse: integer(0, 16),
  },
  DATABASE_PREPARE: {
    description: 'Named prepared statements; `off` behind a pooler that cannot keep them.',
    default: 'on',
    parse: boolean,
  },
  DATABASE_TIMEOUT: {
    description: 'Longest run of one statement, in milliseconds.',
    default: '30000',
    parse: milliseconds,
  },
  SHUTDOWN_TIMEOUT: {
    description: 'Time that requests in flight have to finish after SIGTERM, in milliseconds.',
    default: '10000',
    parse: milliseconds,
  },
  LOG_LEVEL: {
    description: 'Least severe log lines to write.',
    default: 'info',
    parse: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
  SLOW_QUERY_MS: {
    description: 'Statements that take longer, in milliseconds, are logged as warnings; 0 logs none.',
    default: '1000',
    parse: integer(0, 3_600_000),
  },
  METRICS_TOKEN: {
    description:
      'What /metrics asks for as a bearer token. In production, /metrics is closed without it or METRICS_PORT.',
    secret: true,
    parse: token,
  },
  METRICS_PORT: {
    description: 'Port of HOST that answers /metrics instead of PORT; 0 picks a free one.',
    parse: integer(0, 65_535),
  },
  DOCS: {
    description: '`off`: neither /docs nor /openapi.json is answered.',
    default: 'on',
    parse: boolean,
  },
  CORS_ORIGINS: {
    description:
      'Origins whose scripts may use the API from a browser, separated by commas: https://app.example.com; none when empty.',
    default: '',
    parse: origins,
  },
} as const;

/** The values of `environmentVariables`. */
export type Environment = EnvironmentOf<typeof environmentVariables>;
