import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend } from '../end-to-end/compiled-backend.ts';
import { injectBackend, startRememberingPostgres, wordsOf } from './inject-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const folder = createFolder('injection');
let server: Awaited<ReturnType<typeof startRememberingPostgres>>;
beforeAll(async () => {
  await buildBackend('examples/lead-tracker/app.yaml', folder);
  server = await startRememberingPostgres();
});
afterAll(async () => {
  await server?.close();
  removeFolder(folder);
});

test('SQL in any part of a request has no effect', { timeout: 120_000 }, async () => {
  const { failures, requests, statements } = await injectBackend(folder, server.url, { seed: 1, requests: 300 });
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(300);
  expect(statements).toBeGreaterThan(20);
});

test('a statement with something else in it has other words', () => {
  const known = wordsOf(['select "id", "name" from "leads" where "id" = $1 limit $2']);
  const isKnown = (statement: string): boolean => [...wordsOf([statement])].every((word) => known.has(word));
  expect(isKnown('select "name" from "leads" where "name" = $17 limit $2')).toBe(true);
  expect(isKnown(`select "name" from "leads" where "id" = 'x' or 1 = 1`)).toBe(false);
  expect(isKnown('select "name" from "leads" where "id" = $1 where $2')).toBe(false);
  expect(isKnown('select "name" from "leads"; drop table "leads"')).toBe(false);
});
