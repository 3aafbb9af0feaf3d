import { expect } from 'vitest';
import { startBackend, type Environment } from '../end-to-end/compiled-backend.ts';
import { startWriters } from './writers.ts';

/**
 * Kills the server `times` times amid the writes of 8 clients, each time after some are acknowledged, and
 * expects every acknowledged row to be there in the end, by `storedIds` or over the API.
 */
export async function surviveKills(folder: string, environment: Environment, times: number): Promise<void> {
  const acknowledged = new Set<string>();
  for (let time = 0; time < times; time += 1) {
    const backend = await startBackend(folder, environment);
    const writers = startWriters(backend.url, 8);
    // Not always at the same point of a write.
    await writers.reach(20 + ((time * 7) % 50));
    await backend.stop('SIGKILL');
    await writers.stop();
    for (const id of writers.acknowledged) acknowledged.add(id);
    expect([...new Set(writers.refused.map(({ status }) => status))]).toEqual([undefined]);
  }
  const backend = await startBackend(folder, environment);
  try {
    const lost: string[] = [];
    for (const id of acknowledged) {
      const { status } = await fetch(`${backend.url}/leads/${id}`);
      if (status !== 200) lost.push(`${id}: ${status}`);
    }
    expect(acknowledged.size).toBeGreaterThan(times * 20);
    expect(lost).toEqual([]);
  } finally {
    await backend.stop();
  }
}
