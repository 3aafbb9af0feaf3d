import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { migrate } from '../migrations/migrate.ts';
import { readMigrations } from '../migrations/read-migrations.ts';
import { createLog } from '../observability/log.ts';
import { createBackend, type BackendDefinition } from '../server/create-backend.ts';
import { testAccess } from './access-tests.ts';
import { ApiClient } from './api-client.ts';
import { testBodies } from './body-tests.ts';
import { Conformance } from './conformance.ts';
import { testBroughtIds } from './brought-id-tests.ts';
import { testCoverage } from './coverage-tests.ts';
import { testCreateRefusals } from './create-refusal-tests.ts';
import { testCreate } from './create-tests.ts';
import { testDelete } from './delete-tests.ts';
import { testExpand } from './expand-tests.ts';
import { testFields } from './fields-tests.ts';
import { testFilters } from './filter-tests.ts';
import { Fixtures } from './fixtures.ts';
import { FixtureValues } from './fixture-values.ts';
import { testGet } from './get-tests.ts';
import { testParts } from './parts-tests.ts';
import { testIdempotency } from './idempotency-tests.ts';
import { testList } from './list-tests.ts';
import { outageBody, testOutage } from './outage-tests.ts';
import { allows, type JsonObject, type ResourceCase } from './resource-case.ts';
import { testBulk } from './bulk-tests.ts';
import { testLinks } from './link-tests.ts';
import { testRestore } from './restore-tests.ts';
import { testSearch } from './search-tests.ts';
import { testServer } from './server-tests.ts';
import { skipSummary } from './skip-counts.ts';
import type { Suite } from './suite.ts';
import { CannotTell } from './test.ts';
import { startTestDatabase } from './test-database.ts';
import { testTransitions } from './transition-tests.ts';
import { testNoOverlaps } from './overlap-tests.ts';
import { testUniques } from './unique-tests.ts';
import { testUpdateRefusals } from './update-refusal-tests.ts';
import { testUpdate } from './update-tests.ts';
import { testUpsert } from './upsert-tests.ts';

/** The compiled backend and where it lies. */
export interface ApiUnderTest extends Pick<BackendDefinition, 'api' | 'resources'> {
  /** The backend's folder. */
  readonly backend: URL;
}

/**
 * Tests a compiled API against its cases, in one process on one database: an embedded one, or one
 * made on the server of `TEST_DATABASE_URL`. Hooks and routes of the user's take no part, but in the last test.
 */
export async function testApi(
  definition: ApiUnderTest,
  modules: readonly Promise<{ readonly resource: ResourceCase }>[],
): Promise<void> {
  const resources = (await Promise.all(modules)).map(({ resource }) => withoutPrototypes(resource));
  const { database, owner, close } = await startTestDatabase();
  let closing: Promise<void> | undefined;
  const closeOnce = (): Promise<void> => (closing ??= close());
  after(closeOnce);
  after(() => {
    const skipped = skipSummary();
    if (skipped !== undefined) process.stdout.write(`${skipped}\n`);
  });
  await migrate(owner, readMigrations(fileURLToPath(new URL('migrations', definition.backend))));
  const openapi = readFileSync(new URL('app/docs/openapi.json', definition.backend), 'utf8');
  const conformance = new Conformance(JSON.parse(openapi));
  const log = createLog('silent');
  const app = createBackend(
    { ...definition, hooks: {}, routes: () => {} },
    { database, secret: new Uint8Array(32), log, openapi },
  );
  const fixtures = new Fixtures(database, definition.api.schema, resources, new FixtureValues(resources));
  const api = new ApiClient((request) => app.fetch(request), conformance, farCodes(resources));
  const suites = resources.map((resource): Suite => ({
    api,
    fixtures,
    resource,
    resources,
    bodyLimit: definition.api.bodyLimit,
  }));

  for (const suite of suites) {
    describe(suite.resource.name, () => {
      beforeEach(() => fixtures.clear());
      testResource(suite);
    });
  }
  describe('without the database', () => {
    const bodies = new Map<string, JsonObject>();
    before(async () => {
      await fixtures.clear();
      for (const suite of seedable(suites)) {
        const body = await unlessRefused(outageBody(suite));
        if (body !== undefined) bodies.set(suite.resource.name, body);
      }
      await closeOnce();
    });
    for (const suite of seedable(suites)) testOutage(suite, () => bodies);
  });
  describe('the whole backend', () => {
    testCoverage(suites, conformance);
    testServer(definition.backend);
  });
}

/** Nothing where no body could be made. */
async function unlessRefused(body: Promise<JsonObject>): Promise<JsonObject | undefined> {
  return body.catch((error: unknown) => {
    if (error instanceof CannotTell) return undefined;
    throw error;
  });
}

function farCodes(resources: readonly ResourceCase[]): ReadonlySet<string> {
  return new Set(resources.flatMap(({ farRules = [] }) => farRules.map(({ code }) => code)));
}

function seedable(suites: readonly Suite[]): readonly Suite[] {
  return suites.filter(({ resource, fixtures }) => fixtures.values.isSeedable(resource));
}

function testResource(suite: Suite): void {
  const { resource, fixtures } = suite;
  testAccess(suite);
  if (!fixtures.values.isSeedable(resource)) {
    test.skip(`no valid value is known for a required field of ${resource.name}, or of what it points to`);
    return;
  }
  testBodies(suite);
  if (allows(resource, 'create')) {
    testCreate(suite);
    testCreateRefusals(suite);
    testIdempotency(suite);
    testParts(suite);
    testBroughtIds(suite);
  }
  testUniques(suite);
  testNoOverlaps(suite);
  if (allows(resource, 'read')) {
    testGet(suite);
    testList(suite);
    testFilters(suite);
    testExpand(suite);
    testFields(suite);
    testSearch(suite);
  }
  if (allows(resource, 'update')) {
    testUpdate(suite);
    testUpdateRefusals(suite);
    testLinks(suite);
  }
  testTransitions(suite);
  testUpsert(suite);
  if (allows(resource, 'delete')) testDelete(suite);
  if (allows(resource, 'restore')) testRestore(suite);
  testBulk(suite);
}

/** A field or a state may be called `constructor`: what is not in a case must not be found on a prototype. */
function withoutPrototypes(resource: ResourceCase): ResourceCase {
  const machines = Object.entries(resource.transitions).map(
    ([key, machine]) => [key, { ...machine, next: ownOnly(machine.next) }] as const,
  );
  return { ...resource, followed: ownOnly(resource.followed), transitions: ownOnly(Object.fromEntries(machines)) };
}

function ownOnly<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null), record);
}
