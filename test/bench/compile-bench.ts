import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/read-sources.ts';
import { packOnce } from '../package/pack-once.ts';
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

const FLOORS = [
  [10, 0.5],
  [100, 0.8],
  [1_000, 2.5],
] as const;

/** Times the command as it is packed, whole process, from nothing to all files on disk; medians of some runs. */
export async function compileBench(folder: string, runs: number): Promise<readonly CompileResult[]> {
  const command = await unpackCommand(folder);
  const results: CompileResult[] = [];
  for (const [entities, floorSeconds] of FLOORS) {
    const spec = join(folder, `${entities}.yaml`);
    writeFileSync(spec, specOf(entities));
    const measured = await repeat(runs, (run) => [
      command,
      'build',
      spec,
      '--out',
      join(folder, `out-${entities}-${run}`),
    ]);
    results.push({ work: `compile ${entities} entities`, ...measured, floorSeconds, floorMemory: 400 });
  }
  const check = await repeat(runs, () => [command, 'check', join(folder, '10.yaml')]);
  return [...results, { work: 'check 10 entities', ...check, floorSeconds: 0.2 }];
}

/** What users install, with the packages of this checkout. */
async function unpackCommand(folder: string): Promise<string> {
  spawnSync('tar', ['-x', '-z', '-f', await packOnce(), '-C', folder]);
  const home = join(folder, 'package');
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  return join(home, 'compiler/cli/supercompile.js');
}

/** Each run writes into a new folder: in one that was emptied a moment ago, every new file waits for the disk. */
async function repeat(runs: number, argsOf: (run: number) => readonly string[]) {
  // The first run fills Node's compile cache, as installing and trying does.
  const measured: (readonly [seconds: number, memory: number])[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const result = await measure(argsOf(run));
    if (run > 0) measured.push(result);
  }
  return { seconds: median(measured.map(([seconds]) => seconds)), memory: median(measured.map(([, mb]) => mb)) };
}

async function measure(args: readonly string[]): Promise<readonly [seconds: number, memory: number]> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: 'ignore' });
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, memoryOf(child.pid ?? 0).peak)), 10);
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return [seconds, memory];
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
