import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dependencies, devDependencies, NODE_VERSION } from '../../compiler/emit/infrastructure/dependencies.ts';
import { infrastructureEmitters } from '../../compiler/emit/infrastructure/infrastructure-emitters.ts';
import { environmentVariables } from '../../compiler/plan/environment.ts';
import { environmentVariables as runtimeVariables } from '../../runtime/environment/environment-variables.ts';
import type { EnvironmentVariable } from '../../runtime/environment/read-environment.ts';
import { readSources } from '../architecture/read-sources.ts';
import { emitAll, emitInput } from './emit-fixture.ts';
import { fixtureApp } from './fixture-app.ts';

const files = emitAll(infrastructureEmitters, emitInput(fixtureApp));

function textOf(path: string): string {
  return files.get(path) ?? '';
}

const ours = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

const installed = { ...ours.devDependencies, ...ours.dependencies };

test('a backend gets the versions that this repository is tested with', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect([name, installed[name]]).toEqual([name, version]);
  }
  expect(NODE_VERSION).toBe(ours.devDependencies.node);
  expect(JSON.parse(textOf('package.json')).engines).toEqual(ours.engines);
  expect(textOf('.node-version').trim()).toBe(NODE_VERSION);
  expect(textOf('Dockerfile')).toContain(`FROM node:${NODE_VERSION}-slim\n`);
});

/** Packages that some sources import, code-unit order. */
function importedPackages(sources: ReturnType<typeof readSources>): readonly string[] {
  const specifiers = sources.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  const outside = specifiers.filter((specifier) => !/^(\.|#|node:)/.test(specifier));
  const names = outside.map((specifier) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  return [...new Set(names)].toSorted();
}

test('a backend depends on each package that the runtime imports, and on no other', () => {
  const sources = readSources('runtime');
  const served = importedPackages(sources.filter(({ path }) => !path.startsWith('runtime/testing/')));
  const tested = importedPackages(sources.filter(({ path }) => path.startsWith('runtime/testing/')));
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...served]));
  expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(expect.arrayContaining([...tested]));
  const unused = Object.keys(dependencies).filter((name) => !served.includes(name));
  // The files of the first are served as they are. The second is a peer of @hono/zod-openapi, through
  // which the runtime has it; pinned so that npm does not choose.
  expect(unused).toEqual(['swagger-ui-dist', 'zod']);
});

test('the documented environment is the one the server reads', () => {
  const documented = environmentVariables.map(({ name, secret, default: value }) => ({ name, secret, default: value }));
  const table: Readonly<Record<string, EnvironmentVariable<unknown>>> = runtimeVariables;
  const read = Object.entries(table);
  expect(documented.toSorted(byName)).toEqual(
    read
      .map(([name, variable]) => ({ name, secret: variable.secret === true, default: variable.default }))
      .toSorted(byName),
  );
});

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}

test('compose starts the server after the migrations and its login, and refuses to run without its secrets', () => {
  const { services } = parse(textOf('compose.yaml'));
  expect(Object.keys(services)).toEqual(['database', 'migrate', 'login', 'app']);
  expect(services.app.depends_on).toEqual({ login: { condition: 'service_completed_successfully' } });
  expect(services.login.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  expect(services.migrate.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  expect(services.migrate.command).toEqual(['node', 'app/migrate.ts']);
  expect(services.app.environment.APP_SECRET).toMatch(/^\$\{APP_SECRET:\?/);
  expect(services.app.environment.DATABASE_URL).toMatch(
    /^postgresql:\/\/lead_tracker_server:\$\{SERVER_PASSWORD:\?[^}]+\}@database:5432\/lead_tracker$/,
  );
  expect(services.app.environment.MIGRATION_DATABASE_URL).toBeUndefined();
  expect(services.login.command[2]).toContain('alter role lead_tracker_server login password');
});

test('an app whose name is a word of SQL still has roles and a database that can be named', () => {
  const compose =
    emitAll(infrastructureEmitters, emitInput({ ...fixtureApp, name: 'select' })).get('compose.yaml') ?? '';
  expect(parse(compose).services.database.environment).toMatchObject({
    POSTGRES_DB: 'select_db',
    POSTGRES_USER: 'select_owner',
  });
});

/** Exit status of the image's health check against a server that answers so. */
async function healthCheck(status: number): Promise<number> {
  const command: readonly string[] = JSON.parse(
    /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(textOf('Dockerfile'))?.[1] ?? '[]',
  );
  const server = createServer((request, response) => response.writeHead(request.url === '/livez' ? status : 404).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, command.slice(1), { env: { ...process.env, PORT: String(port) } });
    const [code] = await once(child, 'exit');
    return code;
  } finally {
    server.close();
  }
}

test('the image is healthy while the server says it lives', async () => {
  expect([await healthCheck(200), await healthCheck(503)]).toEqual([0, 1]);
});

test('the image runs as nobody in particular and starts the server without a shell', () => {
  expect(textOf('Dockerfile')).toMatch(/^USER node$/m);
  expect(textOf('Dockerfile')).toMatch(
    /^CMD \["node","--max-semi-space-size=8","--v8-pool-size=1","--no-allocation-site-pretenuring","app\/main.ts"\]$/m,
  );
});

test('the environment file names every variable once, and gives no secret a value', () => {
  const example = textOf('.env.example');
  for (const { name, secret, default: value } of environmentVariables) {
    expect(example.match(new RegExp(`^# ${name}=(.*)$`, 'gm'))).toEqual([`# ${name}=${secret ? '' : (value ?? '')}`]);
  }
});

test('only what nobody reads is marked as generated', () => {
  const marked = textOf('.gitattributes')
    .split('\n')
    .filter((line) => line.endsWith('linguist-generated'));
  expect(marked.map((line) => line.split(' ')[0])).toEqual([
    'app/docs/openapi.json',
    'manifest.json',
    'migrations/snapshot.json',
    'model.json',
  ]);
});

test("scaffolds are the user's and say nothing that a spec could change", () => {
  const owners = infrastructureEmitters.flatMap((emit) => emit(emitInput(fixtureApp)));
  expect(owners.filter(({ owner }) => owner === 'scaffold').map(({ path }) => path)).toEqual([
    'custom/dependencies.json',
    'custom/README.md',
    'custom/todos.yaml',
  ]);
  expect(parse(textOf('custom/todos.yaml'))).toBeNull();
});

test('every text file that can carry one begins with the same two lines', () => {
  const bare = [...files].filter(([path]) => !/\.json$|^custom\/|^\.node-version$/.test(path));
  for (const [path, text] of bare)
    expect([path, text.split('\n').slice(0, 2)]).toEqual([
      path,
      [expect.stringMatching(/^# Compiled by supercompile/), '# Your own code and notes live in custom/.'],
    ]);
});
