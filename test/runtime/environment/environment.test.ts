import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appSecret } from '../../../runtime/environment/app-secret.ts';
import { deriveKey } from '../../../runtime/environment/derive-key.ts';
import { environmentVariables } from '../../../runtime/environment/environment-variables.ts';
import { EnvironmentError, readEnvironment } from '../../../runtime/environment/read-environment.ts';

const SECRET = 'ab'.repeat(32);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'supercompile-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function problemsOf(source: Readonly<Record<string, string>>): readonly string[] {
  try {
    readEnvironment(environmentVariables, source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

test('an empty environment is a complete one: defaults, and the embedded database', () => {
  expect(readEnvironment(environmentVariables, {})).toEqual({
    HOST: '127.0.0.1',
    PORT: 3000,
    APP_ENV: 'production',
    DATA_DIR: '.data',
    MIGRATE_ON_START: false,
    DATABASE_POOL: 8,
    DATABASE_LANES: 2,
    DATABASE_PREPARE: true,
    DATABASE_TIMEOUT: 30_000,
    SHUTDOWN_TIMEOUT: 10_000,
    LOG_LEVEL: 'info',
    SLOW_QUERY_MS: 1_000,
    DOCS: true,
    CORS_ORIGINS: [],
  });
  expect(readEnvironment(environmentVariables, { PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
});

test('every variable at fault is named at once, and no value is repeated', () => {
  const wrong = {
    HOST: 'two words',
    PORT: '0x10',
    APP_ENV: 'prod',
    APP_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    MIGRATION_DATABASE_URL: 'hunter2',
    DATABASE_POOL: '0',
    DATABASE_PREPARE: 'yes',
    DATABASE_TIMEOUT: '-1',
    SHUTDOWN_TIMEOUT: '1e3',
    LOG_LEVEL: 'loud',
    SLOW_QUERY_MS: 'never',
    METRICS_TOKEN: 'hunter2',
    METRICS_PORT: 'http',
    DOCS: 'true',
    CORS_ORIGINS: '*',
  };
  const problems = problemsOf(wrong);
  expect(problems.map((line) => line.split(' ')[0])).toEqual(Object.keys(wrong));
  expect(problems.every((line) => line.includes(' must be '))).toBe(true);
  expect(problems.join()).not.toContain('hunter2');
});

test.each(['65535', '0', '1'])('PORT %s is one', (PORT) => expect(problemsOf({ PORT })).toEqual([]));
test.each(['65536', '-1', ' 80', '8e2', '1.0', '٣'])('PORT "%s" is none', (PORT) =>
  expect(problemsOf({ PORT })).toHaveLength(1),
);

test.each(['https://app.example.com', 'http://localhost:5173', 'https://a.example, https://b.example:8443'])(
  'CORS_ORIGINS %s lists origins',
  (CORS_ORIGINS) => expect(problemsOf({ CORS_ORIGINS })).toEqual([]),
);
test.each([
  '*',
  'null',
  'https://*.example.com',
  'https://app.example.com/',
  'https://app.example.com:443',
  'HTTPS://app.example.com',
  'app.example.com',
  'file:///tmp',
  'https://a.example,',
])('CORS_ORIGINS "%s" does not', (CORS_ORIGINS) => expect(problemsOf({ CORS_ORIGINS })).toHaveLength(1));

test.each([
  SECRET,
  SECRET.toUpperCase(),
  Buffer.from(SECRET, 'hex').toString('base64'),
  Buffer.from(SECRET, 'hex').toString('base64url'),
])('the secret may be written %s', (text) => {
  const { APP_SECRET } = readEnvironment(environmentVariables, { APP_SECRET: text });
  expect(Buffer.from(APP_SECRET ?? []).toString('hex')).toBe(SECRET);
});

test('production on Postgres has to name its secret', () => {
  const environment = { APP_ENV: 'production', APP_SECRET: undefined, DATABASE_URL: 'postgres://host/db' } as const;
  expect(() => appSecret(environment, directory)).toThrow(EnvironmentError);
  expect(readdirSync(directory)).toEqual([]);
  expect(appSecret({ ...environment, APP_ENV: 'development' }, directory)).toHaveLength(32);
});

test('elsewhere a secret is made once, for this user alone', () => {
  const environment = { APP_ENV: 'production', APP_SECRET: undefined, DATABASE_URL: undefined } as const;
  const data = join(directory, 'data');
  const first = appSecret(environment, data);
  expect(first).toHaveLength(32);
  expect(appSecret(environment, data)).toEqual(first);
  expect(readdirSync(data)).toEqual(['secret']);
  expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(data, 'secret'), 'utf8').trim()).toBe(Buffer.from(first).toString('hex'));
  writeFileSync(join(data, 'secret'), 'cut off');
  expect(() => appSecret(environment, data)).toThrow(EnvironmentError);
});

test('a key is bound to its secret', () => {
  const key = deriveKey(Buffer.from(SECRET, 'hex'), 'cursor');
  expect(key).toHaveLength(32);
  expect(deriveKey(Buffer.from(SECRET, 'hex'), 'cursor')).toEqual(key);
  expect(deriveKey(new Uint8Array(32), 'cursor')).not.toEqual(key);
});
