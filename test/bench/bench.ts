/**
 * `npm run bench`: ours against a hand-written server on one Postgres, round by round in turns, and the
 * compiler's own speed. `-- --quick` for a short look; `-- --only get,list` for some workloads;
 * `-- --without-compile`. The results page is written only by a whole run.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBackend, runNode } from '../end-to-end/compiled-backend.ts';
import { forgetCreated, postmasterOf, ROWS, seed, startBenchServer } from './bench-database.ts';
import { compileBench, type CompileResult } from './compile-bench.ts';
import { load, LOADER } from './load.ts';
import { cpuMicroseconds, memoryOf } from './process-usage.ts';
import { serverTable, verdicts, verdictTable, type Measured, type Run } from './report.ts';
import { startProcess, type ServerProcess } from './server-process.ts';
import { verify } from './verify.ts';
import { buildWorkloads, type Side, type Workload } from './workloads.ts';

const CONNECTIONS = 32;
const ROOT = join(import.meta.dirname, '../..');

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    'without-compile': { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds ?? (flags.quick ? 3 : 7));
const seconds = Number(flags.seconds ?? (flags.quick ? 2 : 4));

mkdirSync(join(ROOT, '.cache'), { recursive: true });
const folder = mkdtempSync(join(ROOT, '.cache/bench-'));
const server = await startBenchServer();
const postmaster = await postmasterOf(server.url);
try {
  await main();
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const backend = join(folder, 'backend');
  await buildBackend('test/bench/app.yaml', backend);
  const environment = { DATABASE_URL: server.url, APP_SECRET: '00'.repeat(32), PORT: '0', APP_ENV: 'production' };
  const { code, stderr } = await runNode(backend, ['app/migrate.ts'], environment);
  if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
  await seed(server.url);
  const servers = {
    reference: await startProcess(ROOT, [join(import.meta.dirname, 'reference-server.ts')], environment),
    ours: await startProcess(backend, ['app/main.ts'], { ...lanesOf(process.env), ...environment }),
  };
  const only = flags.only?.split(',');
  const workloads = (await buildWorkloads(server.url, servers.ours.url)).filter(
    ({ name }) => only === undefined || only.some((part) => name.includes(part)),
  );
  await verify(workloads, { ours: servers.ours.url, reference: servers.reference.url });
  await forgetCreated(server.url);
  const measured: Measured[] = [];
  for (const workload of workloads) measured.push(await measure(workload, servers));
  const memory = memoryOf(servers.ours.pid).now;
  await Promise.all(Object.values(servers).map((one) => one.stop()));
  // At once: what follows takes a while, and may fail.
  process.stderr.write(`${serverTable(measured)}\n`);
  report(measured, memory, flags['without-compile'] ? [] : await compileBench(folder, flags.quick ? 1 : 5));
}

/** What may be switched by hand to see its worth. */
function lanesOf(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kept = ['DATABASE_LANES', 'DATABASE_POOL', 'LOG_LEVEL'];
  return Object.fromEntries(
    kept.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}

async function measure(workload: Workload, servers: Readonly<Record<Side, ServerProcess>>): Promise<Measured> {
  const runs: Record<Side, Run[]> = { reference: [], ours: [] };
  const files = { reference: requestFile(workload, 'reference'), ours: requestFile(workload, 'ours') };
  for (const side of ['reference', 'ours'] as const) {
    await load({ url: servers[side].url, requests: files[side], connections: CONNECTIONS, seconds: 2 });
  }
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first changes, so that what the first leaves behind weighs on both.
    const order: readonly Side[] = round % 2 === 0 ? ['reference', 'ours'] : ['ours', 'reference'];
    for (const side of order) runs[side].push(await runOnce(servers[side], files[side]));
    if (workload.writes) await forgetCreated(server.url);
    process.stderr.write(`${workload.name}: round ${round + 1} of ${rounds}\n`);
  }
  return { name: workload.name, floor: workload.floor, ...runs };
}

function requestFile({ name, requests }: Workload, side: Side): string {
  const path = join(folder, `${name.replaceAll(' ', '-')}-${side}.txt`);
  writeFileSync(path, `${requests[side].join('\n')}\n`);
  return path;
}

async function runOnce(target: ServerProcess, requests: string): Promise<Run> {
  const [node, database] = [cpuMicroseconds(target.pid), cpuMicroseconds(postmaster)];
  const result = await load({ url: target.url, requests, connections: CONNECTIONS, seconds });
  return {
    rate: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    nodeCpu: (cpuMicroseconds(target.pid) - node) / result.requests,
    postgresCpu: (cpuMicroseconds(postmaster) - database) / result.requests,
    failed: result.failed,
  };
}

function report(measured: readonly Measured[], memory: number, compiled: readonly CompileResult[]): void {
  const all = verdicts(measured, memory, compiled);
  const setting =
    `Postgres ${server.version} (fsync on), ${ROWS.toLocaleString('en-US')} rows, ${CONNECTIONS} connections, load by ` +
    `${LOADER === 'wrk' ? 'wrk' : 'a loader of our own'}, ${rounds} interleaved rounds of ${seconds} s; medians over the rounds.`;
  const text = `${setting}\n\n${serverTable(measured)}\n\n${verdictTable(all)}\n`;
  process.stdout.write(text);
  const isWhole = !flags.quick && flags.only === undefined && !flags['without-compile'];
  if (isWhole) {
    const about = readFileSync(join(import.meta.dirname, 'results-about.md'), 'utf8');
    writeFileSync(join(import.meta.dirname, 'results.md'), `${about}\n${text}`);
  }
  if (all.some(({ passes }) => !passes)) process.exitCode = 1;
}
