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
  { name: 'HOST', about: ['Address to listen on; 0.0.0.0 in a container.'], default: '127.0.0.1', secret: false },
  { name: 'PORT', about: ['Port to listen on.'], default: '3000', secret: false },
  {
    name: 'DATABASE_URL',
    about: [
      'The server\'s login: postgresql://user:password@host:5432/database',
      'Without it the server runs on the embedded database in .data/.',
    ],
    secret: true,
  },
  {
    name: 'MIGRATION_DATABASE_URL',
    about: ['The owner\'s login, for npm run migrate alone; a direct connection, no transaction pooler.'],
    secret: true,
  },
  {
    name: 'APP_SECRET',
    about: [
      'At least 32 bytes, the same for every instance; keys cursors and tokens. Required in production, made',
      'once into .data/ otherwise. To make one: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    ],
    secret: true,
  },
  { name: 'LOG_LEVEL', about: ['trace, debug, info, warn, error, fatal or silent.'], default: 'info', secret: false },
];
