import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RunningBackend } from '../end-to-end/compiled-backend.ts';
import type { PostgresServer } from '../postgres.ts';
import { storedIds } from './lead-backend.ts';
import { KEYED, startWriters } from './writers.ts';

export interface Outage {
  readonly mode: 'fast' | 'immediate';
  /** Milliseconds that Postgres stays away. */
  readonly down: number;
}

/** Fast restart, crash, and a crash followed by an absence. */
export const OUTAGES: readonly (readonly [name: string, outage: Outage])[] = [
  ['restarted fast', { mode: 'fast', down: 0 }],
  ['stopped immediately', { mode: 'immediate', down: 0 }],
  ['down for 3 s', { mode: 'immediate', down: 3_000 }],
];

/**
 * Takes Postgres away under 20 writers and brings it back, with `acknowledged` writes before and
 * after, and expects: no acknowledged row lost and none with a key made twice, nothing but 503 with Retry-After, the process alive, and
 * service back within 2 s.
 */
export async function surviveRestart(
  backend: RunningBackend,
  postgres: PostgresServer,
  { mode, down }: Outage,
  acknowledged: number,
): Promise<void> {
  const before = await storedIds(postgres.url, KEYED);
  const writers = startWriters(backend.url, 20);
  await writers.reach(acknowledged);
  await postgres.stop(mode);
  const live = await fetch(`${backend.url}/livez`);
  if (down > 0) await delay(down);
  await postgres.start();
  const backAt = performance.now();
  await writers.reach(acknowledged);
  const unfinished = await writers.stop();

  expect(live.status).toBe(200);
  expect((await fetch(`${backend.url}/readyz`)).status).toBe(200);
  const answers = writers.refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`);
  expect([...new Set(answers)]).toEqual(['503 1']);
  expect(Math.max(...writers.refused.map(({ at }) => at))).toBeLessThan(backAt + 2_000);
  const stored = await storedIds(postgres.url);
  expect([...writers.acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  // What was sent again until it was acknowledged is there once.
  expect(unfinished).toEqual([]);
  const keyed = await storedIds(postgres.url, KEYED);
  expect([...keyed].filter((id) => !before.has(id) && !writers.keyed.has(id))).toEqual([]);
}
