import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/read-sources.ts';
import { packOnce } from '../package/pack-once.ts';
import type { CompilePeer } from './peers/compile-peers.ts';
import { memoryOf } from './process-usage.ts';
import { median } from './statistics.ts';

export interface CompileResult {
  readonly work: string;
  readonly seconds: number;
  /** MB at most. */
  readonly memory: number;
  readonly floorSeconds: number;
  readonly floorMemory?: number;
}

/** What others took in turns with ours. */
export interface PeerResult {
  readonly work: string;
  readonly seconds: number;
  readonly memory: number;
  /** Seconds where the floors were set. */
  readonly secondsThen: number;
}

export interface CompileResults {
  readonly ours: readonly CompileResult[];
  readonly peers: readonly PeerResult[];
}

const FLOORS = [
  [10, 0.5],
  [100, 0.8],
  [1_000, 2.5],
] as const;

/**
 * Times the command as it is packed, whole process, from nothing to all files on disk, in turns with what others need
 * for as many entities; medians of some runs.
 */
export async function compileBench(
  folder: string,
  runs: number,
  others: readonly CompilePeer[] = [],
): Promise<CompileResults> {
  const command = await unpackCommand(folder);
  const results: CompileResult[] = [];
  const peers: PeerResult[] = [];
  for (const [entities, floorSeconds] of FLOORS) {
    const spec = join(folder, `${entities}.yaml`);
    writeFileSync(spec, specOf(entities));
    const [ours, ...rest] = await inTurns(runs, [
      (run) => [command, 'build', spec, '--out', join(folder, `out-${entities}-${run}`)],
      ...others.map(({ prepare }) => prepare(entities)),
    ]);
    if (ours !== undefined)
      results.push({ work: `compile ${entities} entities`, ...ours, floorSeconds, floorMemory: 400 });
    const timed = others.map(({ name, secondsThen }, index) => {
      const { seconds, memory } = rest[index] ?? NOTHING;
      return {
        work: `${name}, ${entities} entities`,
        seconds,
        memory,
        secondsThen: secondsThen.get(entities) ?? Number.NaN,
      };
    });
    peers.push(...timed);
  }
  const [check = NOTHING] = await inTurns(runs, [() => [command, 'check', join(folder, '10.yaml')]]);
  return { ours: [...results, { work: 'check 10 entities', ...check, floorSeconds: 0.2 }], peers };
}

interface Timed {
  readonly seconds: number;
  readonly memory: number;
}

const NOTHING: Timed = { seconds: Number.NaN, memory: Number.NaN };

/** What users install, with the packages of this checkout. */
async function unpackCommand(folder: string): Promise<string> {
  spawnSync('tar', ['-x', '-z', '-f', await packOnce(), '-C', folder]);
  const home = join(folder, 'package');
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  return join(home, 'compiler/cli/supercompile.js');
}

/** Each run writes into a new folder: in one that was emptied a moment ago, every new file waits for the disk. */
async function inTurns(
  runs: number,
  commands: readonly ((run: number) => readonly string[])[],
): Promise<readonly Timed[]> {
  const measured = commands.map((): Timed[] => []);
  // The first run fills Node's compile cache, as installing and trying does.
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, argsOf] of commands.entries()) {
      const result = await measure(argsOf(run));
      if (run > 0) measured[index]?.push(result);
    }
  }
  return measured.map((all) => ({
    seconds: median(all.map(({ seconds }) => seconds)),
    memory: median(all.map(({ memory }) => memory)),
  }));
}

async function measure(args: readonly string[]): Promise<Timed> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: 'ignore' });
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, memoryOf(child.pid ?? 0).peak)), 10);
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return { seconds, memory };
}

/** A spec of entities with ten fields each, every one but the first linked to the one before. */
function specOf(count: number): string {
  const entities = Array.from({ length: count }, (_, index) => {
    const link =
      index === 0 ? 'notes: { type: text, optional: true }' : `parent: { type: reference, to: ${nameOf(index - 1)} }`;
    return `  ${nameOf(index)}:
    fields:
      name: { type: string, maxLength: 120 }
      email: { type: email, unique: true }
      phone: { type: phone, optional: true }
      status: { type: enum, values: [new, open, won, lost], default: new }
      amount: { type: decimal, precision: 12, scale: 2, min: "0" }
      score: { type: integer, min: 0, max: 100, default: 0 }
      active: { type: boolean, default: true }
      dueOn: { type: date, optional: true }
      tags: { type: string, maxLength: 40, many: true, maxItems: 20 }
      ${link}
    access:
      everyone: { roles: [anonymous], allow: [create, read, update, delete], rows: all }
`;
  });
  return `supercompile: 1\nname: compile-bench\nauth: { provider: none }\nentities:\n${entities.join('')}`;
}

/** Consonants for digits: no two names have the same plural. */
function nameOf(index: number): string {
  return `Item${String(index).replace(/\d/g, (digit) => 'bdfgklmnpr'[Number(digit)] ?? '')}o`;
}
