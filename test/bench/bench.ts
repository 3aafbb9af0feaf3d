/**
 * `npm run bench`: the compiled backend and others against a hand-written server, round by round in turns, and the
 * compiler's own speed. `-- --quick` for a short look; `-- --only get,list` for some workloads; `-- --without-compile`;
 * `-- --against <revision>` for an earlier state of this repository beside it; `-- --peers` for other tools. The
 * results page is written only by a whole run.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBackend } from '../end-to-end/compiled-backend.ts';
import { forgetCreated, postmasterOf, ROWS, startBenchServer } from './bench-database.ts';
import {
  fillDatabase,
  startOurs,
  startReference,
  startRevision,
  stopCandidates,
  type Candidate,
} from './candidates.ts';
import { compileBench, type CompileResults } from './compile-bench.ts';
import { load, LOADER, type LoadResult } from './load.ts';
import { compilePeers } from './peers/compile-peers.ts';
import { startPeers } from './peers/peers.ts';
import { cpuMicroseconds, memoryOf } from './process-usage.ts';
import { peerTable, serverTable, verdicts, verdictTable, type Measured, type Run, type Series } from './report.ts';
import { median } from './statistics.ts';
import { verify } from './verify.ts';
import { buildWorkloads, loadShare, type Workload } from './workloads.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const CONNECTIONS = 32;
/** Seconds of load before anything counts: as long as the engine takes to compile what is hot, also on a busy machine. */
const WARM_UP = 10;

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    against: { type: 'string' },
    peers: { type: 'boolean', default: false },
    'without-compile': { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds ?? (flags.quick ? 3 : 7));
/** Whole ones: the loader takes no others. */
const seconds = Math.ceil(Number(flags.seconds ?? (flags.quick ? 2 : 4)));

const folder = createFolder('bench');
const server = await startBenchServer();
const postmaster = await postmasterOf(server.url);
try {
  await main();
} finally {
  await server.close();
  removeFolder(folder);
}

async function main(): Promise<void> {
  const backend = join(folder, 'backend');
  await buildBackend('test/bench/app.yaml', backend);
  await fillDatabase(server.url, backend);
  const only = flags.only?.split(',');
  const all = await buildWorkloads(server.url);
  const workloads = all.filter(({ name }) => only === undefined || only.some((part) => name.includes(part)));
  const places = all.flatMap(({ operations }) =>
    operations.flatMap((one) => (one.kind === 'page' && one.after !== undefined ? [one.after.id] : [])),
  );
  const setting = { seeded: server.url, places };
  const ours = await startOurs(setting, backend);
  const candidates = [
    await startReference(setting),
    ours,
    ...(flags.against === undefined ? [] : [await startRevision(setting, flags.against, folder)]),
    ...(flags.peers ? await startPeers(setting) : []),
  ];
  await verify(workloads, candidates);
  const measured: Measured[] = [];
  for (const workload of workloads) measured.push(await measure(workload, candidates));
  const memory = memoryOf(ours.server.pid).now;
  await stopCandidates(candidates, folder);
  // At once: what follows takes a while, and may fail.
  process.stderr.write(`${serverTable(measured)}\n`);
  report(measured, memory, flags['without-compile'] ? { ours: [], peers: [] } : await timeCompiling());
}

async function timeCompiling(): Promise<CompileResults> {
  return compileBench(folder, flags.quick ? 1 : 5, flags.peers ? compilePeers() : []);
}

interface Contestant {
  readonly candidate: Candidate;
  /** File of its requests. */
  readonly requests: string;
  readonly runs: Run[];
}

async function measure(workload: Workload, candidates: readonly Candidate[]): Promise<Measured> {
  const contestants = candidates.flatMap((candidate) => enter(workload, candidate));
  for (const contestant of contestants) await loadOne(contestant, WARM_UP);
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first changes, so that what the first leaves behind weighs on all.
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) contestant.runs.push(await runOnce(contestant));
    for (const contestant of contestants) await addPaced(contestant, contestants[0], loadShare(workload.floor));
    if (workload.writes) for (const { candidate } of contestants) await forgetCreated(candidate.databaseUrl);
    process.stderr.write(`${workload.name}: round ${round + 1} of ${rounds}\n`);
  }
  const series = contestants.map(({ candidate, runs }): Series => ({
    name: candidate.name,
    isRevision: candidate.name === flags.against,
    runs,
  }));
  return { name: workload.name, floor: workload.floor, series };
}

function enter({ name, operations }: Workload, candidate: Candidate): readonly Contestant[] {
  const lines = operations.flatMap((operation) => candidate.dialect(operation) ?? []);
  if (lines.length === 0) return [];
  const requests = join(folder, `${name.replaceAll(' ', '-')}-${candidate.name.replaceAll('/', '-')}.txt`);
  writeFileSync(requests, `${lines.join('\n')}\n`);
  return [{ candidate, requests, runs: [] }];
}

async function runOnce(contestant: Contestant): Promise<Run> {
  const { pid } = contestant.candidate.server;
  const [node, database] = [cpuMicroseconds(pid), cpuMicroseconds(postmaster)];
  const result = await loadOne(contestant, seconds);
  return {
    rate: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    pacedP99: result.p99,
    nodeCpu: (cpuMicroseconds(pid) - node) / result.requests,
    postgresCpu: (cpuMicroseconds(postmaster) - database) / result.requests,
    failed: result.failed,
  };
}

/** Adds how fast a server answers at the load that the reference has just carried, or at the share of it that is asked for. */
async function addPaced(contestant: Contestant, reference: Contestant | undefined, share: number): Promise<void> {
  const [last, carried] = [contestant.runs.at(-1), reference?.runs.at(-1)];
  if (last === undefined || carried === undefined || contestant === reference) return;
  const rate = carried.rate * share;
  if (last.rate <= rate || !contestant.candidate.answersAlike) return;
  const { p99 } = await loadOne(contestant, Math.ceil(seconds / 2), rate);
  contestant.runs.splice(-1, 1, { ...last, pacedP99: p99 });
}

async function loadOne({ candidate, requests }: Contestant, duration: number, rate?: number): Promise<LoadResult> {
  return load({ url: candidate.server.url, requests, connections: CONNECTIONS, seconds: duration, rate });
}

function report(measured: readonly Measured[], memory: number, compiled: CompileResults): void {
  const all = verdicts(measured, memory, compiled);
  const setting =
    `Postgres ${server.version} (fsync on), ${ROWS.toLocaleString('en-US')} rows, ${CONNECTIONS} connections, load by ` +
    `${LOADER === 'wrk' ? 'wrk' : 'a loader of our own'}, ${rounds} interleaved rounds of ${seconds} s; medians over the rounds. ` +
    `Node.js ${process.versions.node}.`;
  const text = `${setting}\n\n${serverTable(measured)}${peerTable(compiled.peers)}\n\n${verdictTable(all)}\n`;
  process.stdout.write(text);
  const isWhole = !flags.quick && flags.only === undefined && !flags['without-compile'];
  if (isWhole) {
    const about = readFileSync(join(import.meta.dirname, 'results-about.md'), 'utf8');
    writeFileSync(join(import.meta.dirname, 'results.md'), `${about}\n${text}`);
  }
  const failed = median(measured.flatMap(({ series }) => series.flatMap(({ runs }) => runs.map((run) => run.failed))));
  if (failed > 0 || all.some(({ passes }) => !passes)) process.exitCode = 1;
}
