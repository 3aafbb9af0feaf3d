import { expect } from 'vitest';
import { startBackend, type Environment } from '../end-to-end/compiled-backend.ts';
import { KEYED, startWriters, type Writers } from './writers.ts';

/**
 * Kills the server `times` times amid the writes of 8 clients, each time after some are acknowledged, and
 * expects every acknowledged row to be there in the end, and none twice of those that were sent again with their
 * key.
 */
export async function surviveKills(folder: string, environment: Environment, times: number): Promise<void> {
  const acknowledged = new Set<string>();
  const keyed = new Set<string>();
  const note = (writers: Writers): void => {
    for (const id of writers.acknowledged) acknowledged.add(id);
    for (const id of writers.keyed) keyed.add(id);
  };
  let unfinished: readonly string[] = [];
  for (let time = 0; time < times; time += 1) {
    const backend = await startBackend(folder, environment);
    const writers = startWriters(backend.url, 8, unfinished);
    // Not always at the same point of a write.
    await writers.reach(20 + ((time * 7) % 50));
    await backend.stop('SIGKILL');
    unfinished = await writers.stop();
    note(writers);
    // Postgres may still be at the first try of a key when its second comes.
    expect(ANSWERS).toEqual(expect.arrayContaining(writers.refused.map(({ status }) => status)));
  }
  const backend = await startBackend(folder, environment);
  try {
    const writers = startWriters(backend.url, 8, unfinished);
    await writers.reach(20 + unfinished.length);
    expect(await writers.stop()).toEqual([]);
    note(writers);
    const stored = await listLeads(backend.url);
    expect(acknowledged.size).toBeGreaterThan(times * 20);
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    expect([...stored].filter(([id, name]) => name === KEYED && !keyed.has(id))).toEqual([]);
  } finally {
    await backend.stop();
  }
}

const ANSWERS = [undefined, 409];

/** Names of all leads, by id. */
async function listLeads(url: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const response: Response = await fetch(`${url}/leads?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = (await response.json()) as LeadPage;
    for (const { id, name } of page.data) found.set(id, name);
    cursor = page.nextCursor;
  }
  return found;
}

interface LeadPage {
  readonly data: readonly { readonly id: string; readonly name: string }[];
  readonly nextCursor: string | null;
}
