import { readdirSync } from 'node:fs';
import type { Client } from 'pg';
import { memoryOf } from '../bench/process-usage.ts';
import type { RunningBackend } from '../end-to-end/compiled-backend.ts';
import type { Sample } from './judge-samples.ts';

/** Looks at a server from outside, by the system and by Postgres, and from inside by its metrics. */
export async function takeSample({ pid, url }: RunningBackend, owner: Client, second: number): Promise<Sample> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const { rows } = await owner.query(`select count(*) from pg_stat_activity where application_name = 'server'`);
  return {
    second,
    resident: memoryOf(pid).now,
    heap: metricOf(metrics, 'nodejs_heap_size_used_bytes') / 1024 / 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    handles: metricOf(metrics, 'nodejs_active_handles_total'),
    sessions: Number(rows[0].count),
  };
}

function metricOf(metrics: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1];
  if (value === undefined) throw new Error(`the metrics have no ${name}`);
  return Number(value);
}
