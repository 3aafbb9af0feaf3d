import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../runtime/database/database.ts';
import { openPglite } from '../../runtime/database/pglite.ts';
import { evolve } from './evolve.ts';
import { hashesOf } from './hashes-of.ts';
import { judgeReplay, judgeSteps } from './judge-chain.ts';
import { squawkFindings } from './squawk-findings.ts';

/** Fifty others in `npm run test:long`, on every database. */
const SEEDS = [1, 2, 3];
const STEPS = 6;
const CHAINS = SEEDS.map((seed) => evolve(seed, STEPS));

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined, ['btree_gist']);
});
afterAll(() => database.close());

test.each(SEEDS.map((seed, index) => [seed, index]))(
  'a spec that changes at random is migrated as proven, with nothing left to plan: seed %i',
  { timeout: 120_000 },
  async (_, index) => {
    const steps = CHAINS[index] ?? [];
    expect(steps).toHaveLength(STEPS + 1);
    expect(await judgeSteps(steps, database)).toEqual([]);
    expect(await judgeReplay(steps, database)).toEqual([]);
  },
);

test('squawk finds nothing beyond what the headers declare', () => {
  const claims = CHAINS.flat().flatMap(({ plan }) => plan.migration?.claim ?? []);
  expect(squawkFindings(claims)).toEqual([]);
  const silent = claims.map((claim) => ({ ...claim, hazards: [] }));
  expect(squawkFindings(silent).length).toBeGreaterThan(3);
});

test('another process of another locale, time zone and folder emits the same bytes', () => {
  const [seed = 1] = SEEDS;
  const env = { ...process.env, LC_ALL: 'da_DK.UTF-8', LANG: 'da_DK.UTF-8', TZ: 'Asia/Kathmandu' };
  const script = join(import.meta.dirname, 'print-hashes.ts');
  const other = execFileSync(process.execPath, [script, String(seed), String(STEPS)], {
    env,
    cwd: '/',
    encoding: 'utf8',
  });
  expect(other.split('\n')).toEqual(hashesOf(CHAINS[0] ?? []));
});
