import type { App } from '../../model/app.ts';
import { databaseName, ownerRole, serverRole } from '../../plan/server-login.ts';
import { quoteIdentifier } from '../../plan/sql/sql-text.ts';
import type { Emitter } from '../emitter.ts';
import { HASH_HEADER } from '../header.ts';
import { NODE_VERSION, POSTGRES_VERSION, START_COMMAND } from './dependencies.ts';

/** Prints `Dockerfile`, `.dockerignore` and `compose.yaml`. */
export const emitDocker: Emitter = ({ app }) => [
  { path: 'Dockerfile', text: file(DOCKERFILE), owner: 'compiler' },
  { path: '.dockerignore', text: file(DOCKERIGNORE), owner: 'compiler' },
  { path: 'compose.yaml', text: file(compose(app)), owner: 'compiler' },
];

function file(lines: readonly string[]): string {
  return [...HASH_HEADER, ...lines, ''].join('\n');
}

const LIVENESS =
  "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))";

const DOCKERFILE: readonly string[] = [
  `FROM node:${NODE_VERSION}-slim`,
  'WORKDIR /app',
  '# A package-lock.json of yours is honoured when there is one.',
  'COPY package.json package-lock.json* ./',
  'RUN npm install --omit=dev --ignore-scripts --no-audit --no-fund',
  'COPY . .',
  '# Only the embedded database writes here; with DATABASE_URL it stays empty.',
  'RUN mkdir -p .data && chmod 1777 .data',
  'ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000',
  'USER node',
  'EXPOSE 3000',
  `HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ${JSON.stringify(['node', '-e', LIVENESS])}`,
  `CMD ${JSON.stringify(START_COMMAND)}`,
];

const DOCKERIGNORE: readonly string[] = [
  '.data',
  '.dockerignore',
  '.env',
  '.env.*',
  '.git',
  'Dockerfile',
  'compose.yaml',
  'node_modules',
  'test',
];

function compose(app: App): readonly string[] {
  return [
    '#',
    '# A whole installation on one machine: docker compose up --build',
    '# Secrets come from the environment or from .env beside this file; in the two passwords, letters and digits only.',
    'services:',
    ...databaseService(app),
    ...migrateService(app),
    ...loginService(app),
    ...appService(app),
    'volumes:',
    '  data:',
  ];
}

const OWNER_PASSWORD = required('OWNER_PASSWORD');
const SERVER_PASSWORD = required('SERVER_PASSWORD');

function databaseService(app: App): readonly string[] {
  return [
    '  database:',
    `    image: postgres:${POSTGRES_VERSION}`,
    '    restart: unless-stopped',
    '    environment:',
    `      POSTGRES_DB: ${yamlText(databaseName(app))}`,
    `      POSTGRES_USER: ${yamlText(ownerRole(app))}`,
    `      POSTGRES_PASSWORD: "${OWNER_PASSWORD}"`,
    '    volumes:',
    '      - data:/var/lib/postgresql',
    '    healthcheck:',
    `      test: ["CMD", "pg_isready", "--host", "127.0.0.1", "--username", ${yamlText(ownerRole(app))}, "--dbname", ${yamlText(databaseName(app))}]`,
    '      interval: 2s',
    '      timeout: 3s',
    '      retries: 30',
  ];
}

function migrateService(app: App): readonly string[] {
  return [
    '  migrate:',
    '    build: .',
    '    command: ["node", "app/migrate.ts"]',
    '    environment:',
    '      APP_ENV: production',
    `      MIGRATION_DATABASE_URL: "${url(ownerRole(app), OWNER_PASSWORD, app)}"`,
    '    depends_on:',
    '      database:',
    '        condition: service_healthy',
  ];
}

/** Gives the server its role, its rights and its password; runs after every migration. */
function loginService(app: App): readonly string[] {
  return [
    '  login:',
    `    image: postgres:${POSTGRES_VERSION}`,
    '    command:',
    '      - sh',
    '      - -euc',
    '      - |',
    '        psql --set ON_ERROR_STOP=1 --file /server_login.sql',
    `        echo "alter role ${shellIdentifier(serverRole(app))} login password :'password'" |`,
    '          psql --set ON_ERROR_STOP=1 --set password="$$SERVER_PASSWORD"',
    '    environment:',
    '      PGHOST: database',
    `      PGDATABASE: ${yamlText(databaseName(app))}`,
    `      PGUSER: ${yamlText(ownerRole(app))}`,
    `      PGPASSWORD: "${OWNER_PASSWORD}"`,
    `      SERVER_PASSWORD: "${SERVER_PASSWORD}"`,
    '    volumes:',
    '      - ./app/docs/server_login.sql:/server_login.sql:ro',
    '    depends_on:',
    '      migrate:',
    '        condition: service_completed_successfully',
  ];
}

function appService(app: App): readonly string[] {
  return [
    '  app:',
    '    build: .',
    '    restart: unless-stopped',
    '    ports:',
    '      - "127.0.0.1:${PORT:-3000}:3000"',
    '    environment:',
    '      APP_ENV: production',
    `      APP_SECRET: "${required('APP_SECRET')}"`,
    `      DATABASE_URL: "${url(serverRole(app), SERVER_PASSWORD, app)}"`,
    '      PORT: "3000"',
    '    depends_on:',
    '      login:',
    '        condition: service_completed_successfully',
  ];
}

/** A variable that compose refuses to do without. */
function required(variable: string): string {
  return `\${${variable}:?set ${variable} in .env}`;
}

function url(role: string, password: string, app: App): string {
  return `postgresql://${role}:${password}@database:5432/${databaseName(app)}`;
}

function yamlText(text: string): string {
  return JSON.stringify(text);
}

function shellIdentifier(name: string): string {
  return quoteIdentifier(name).replaceAll('"', '\\"');
}
