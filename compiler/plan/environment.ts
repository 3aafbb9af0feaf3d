/** One variable that the compiled server reads. `runtime/environment` checks it; a test keeps both alike. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Lines of explanation. */
  readonly about: readonly string[];
  /** What holds when it is absent; absent itself where there is no default. */
  readonly default?: string;
  /** Never printed, never logged, never given an example. */
  readonly secret: boolean;
}

/** Everything the server and its migrations read from the environment. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  {
    name: 'APP_ENV',
    about: ['development, test or production; decides all that "in production" means.'],
    default: 'production',
    secret: false,
  },
  {
    name: 'HOST',
    about: ['Address to listen on; 0.0.0.0 for every interface, as in a container.'],
    default: '127.0.0.1',
    secret: false,
  },
  { name: 'PORT', about: ['Port to listen on; 0 picks a free one.'], default: '3000', secret: false },
  {
    name: 'APP_SECRET',
    about: [
      'Key of cursors and tokens, the same for every instance: 32 random bytes in hexadecimal or base64, as',
      'openssl rand -hex 32 makes them. Required in production on Postgres, made once into DATA_DIR otherwise.',
    ],
    secret: true,
  },
  {
    name: 'DATABASE_URL',
    about: [
      "The server's login: postgresql://user:password@host:5432/database",
      'Without it the server runs on the embedded database in DATA_DIR.',
    ],
    secret: true,
  },
  {
    name: 'DATA_DIR',
    about: ["Folder of the embedded database and of the secret made for it, relative to the backend's."],
    default: '.data',
    secret: false,
  },
  {
    name: 'MIGRATION_DATABASE_URL',
    about: ["The owner's login, for migrations alone; a direct connection, no transaction pooler."],
    secret: true,
  },
  {
    name: 'MIGRATE_ON_START',
    about: ["on or off: the server applies pending migrations to Postgres before it listens, with the owner's login."],
    default: 'off',
    secret: false,
  },
  { name: 'DATABASE_POOL', about: ['Connections to Postgres.'], default: '8', secret: false },
  {
    name: 'DATABASE_LANES',
    about: [
      'Connections that short reads share, beside the pool: each is sent before the one ahead is answered.',
      '0 behind a pooler that cannot pipeline.',
    ],
    default: '2',
    secret: false,
  },
  {
    name: 'DATABASE_PREPARE',
    about: ['on or off: named prepared statements. off behind a pooler that cannot keep them.'],
    default: 'on',
    secret: false,
  },
  {
    name: 'DATABASE_TIMEOUT',
    about: ['Longest run of one statement, in milliseconds.'],
    default: '30000',
    secret: false,
  },
  {
    name: 'SHUTDOWN_TIMEOUT',
    about: ['Time that requests in flight have to finish after SIGTERM, in milliseconds.'],
    default: '10000',
    secret: false,
  },
  {
    name: 'LOG_LEVEL',
    about: ['fatal, error, warn, info, debug, trace or silent: the least severe log lines to write.'],
    default: 'info',
    secret: false,
  },
  {
    name: 'SLOW_QUERY_MS',
    about: [
      'Statements that take longer, in milliseconds, are logged as warnings, by name and without values;',
      '0 logs none.',
    ],
    default: '1000',
    secret: false,
  },
  {
    name: 'METRICS_TOKEN',
    about: [
      'What /metrics asks for: Authorization: Bearer and this, 16 characters or more. In production, /metrics is',
      'closed without it or METRICS_PORT; elsewhere it is open without it.',
    ],
    secret: true,
  },
  {
    name: 'METRICS_PORT',
    about: ['Port of HOST that answers /metrics instead of PORT, for a network that callers do not reach.'],
    secret: false,
  },
  { name: 'DOCS', about: ['on or off: whether /docs and /openapi.json are answered.'], default: 'on', secret: false },
  {
    name: 'CORS_ORIGINS',
    about: [
      'Origins whose scripts may use the API from a browser, separated by commas, each exactly as browsers send it:',
      'https://app.example.com. Without it no other origin may. Cookies are never part of it.',
    ],
    default: '',
    secret: false,
  },
];
