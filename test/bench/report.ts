import type { CompileResult, CompileResults, PeerResult } from './compile-bench.ts';
import { boundsOf, median, type Bounds } from './statistics.ts';
import { DEEP_PAGE, FIRST_PAGE, loadShare } from './workloads.ts';

/** One run of one server under one workload. */
export interface Run {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** At the load that the reference carried in the same round, or the share that a floor asks for; of a server that carries less, at its own. */
  readonly pacedP99: number;
  /** CPU microseconds a request. */
  readonly nodeCpu: number;
  readonly postgresCpu: number;
  readonly failed: number;
}

export interface Series {
  readonly name: string;
  /** Whether it is ours as another revision has it. */
  readonly isRevision: boolean;
  readonly runs: readonly Run[];
}

/** All servers, round by round; the reference is the first. */
export interface Measured {
  readonly name: string;
  readonly floor: number | undefined;
  readonly series: readonly Series[];
}

/** Whose floors are judged. */
const OURS = 'ours';

export interface Verdict {
  readonly about: string;
  readonly measured: string;
  readonly floor: string;
  readonly passes: boolean;
}

/** A line for each server and workload: medians over the rounds. */
export function serverTable(all: readonly Measured[]): string {
  const head = [
    'work',
    'server',
    'requests/s',
    'ratio [90 %]',
    'p50 ms',
    'p99 ms',
    'p99 at its load',
    'node us',
    'postgres us',
    'failed',
  ];
  return table(head, all.flatMap(serverRows));
}

function serverRows({ name, series: [reference, ...others] }: Measured): readonly (readonly string[])[] {
  if (reference === undefined) return [];
  return [reference, ...others].map(({ name: server, runs }) => {
    const of = (key: keyof Run): number => median(runs.map((run) => run[key]));
    const ratio = runs === reference.runs ? '1.00' : bounds(ratioOf(runs, reference.runs, ({ rate }) => rate));
    const times = [of('p50'), of('p99'), of('pacedP99')].map((value) => value.toFixed(2));
    const cpu = [of('nodeCpu'), of('postgresCpu')].map((value) => value.toFixed(0));
    const failed = runs.reduce((sum, run) => sum + run.failed, 0);
    return [name, server, of('rate').toFixed(0), ratio, ...times, ...cpu, String(failed)];
  });
}

/** A line for each floor of the design. A floor fails only when the 90 % bounds of the median lie on its wrong side. */
export function verdicts(
  all: readonly Measured[],
  memory: number,
  { ours, peers }: CompileResults,
): readonly Verdict[] {
  return [
    ...all.flatMap(judge),
    ...all.flatMap(compareRevisions),
    ...depth(all),
    verdict('memory of the server after the run, MB', memory.toFixed(0), '< 200', memory < 200),
    ...ours.flatMap((result) => compileVerdicts(result, slowness(peers))),
  ];
}

function judge({ name, floor, series: [reference, ...others] }: Measured): readonly Verdict[] {
  const ours = others.find((one) => one.name === OURS);
  if (floor === undefined || reference === undefined || ours === undefined) return [];
  const rate = ratioOf(ours.runs, reference.runs, (run) => run.rate);
  const p99 = boundsOf(ours.runs.map((run, index) => run.pacedP99 / (reference.runs[index]?.p99 ?? Number.NaN)));
  return [
    verdict(`${name}, requests/s to the reference`, bounds(rate), `>= ${floor}`, rate.upper >= floor),
    verdict(`${name}, p99 at ${loadOf(floor)}`, bounds(p99), '<= 1', p99.lower <= 1),
  ];
}

function loadOf(floor: number): string {
  const share = loadShare(floor);
  return share === 1 ? "the reference's load" : `${Math.round(share * 100)} % of the reference's load`;
}

/** Servers of another revision answer as ours do: what they spend is compared, since it is steadier than their rate. */
function compareRevisions({ name, series }: Measured): readonly Verdict[] {
  const ours = series.find((one) => one.name === OURS);
  if (ours === undefined) return [];
  return series
    .filter(({ isRevision }) => isRevision)
    .map((revision) => {
      const cpu = ratioOf(ours.runs, revision.runs, totalCpu);
      return verdict(`${name}, CPU to ${revision.name}`, bounds(cpu), '<= 1.1', cpu.lower <= 1.1);
    });
}

export function verdictTable(all: readonly Verdict[]): string {
  return table(
    ['floor', 'measured', 'wanted', ''],
    all.map(({ about, measured, floor, passes }) => [about, measured, floor, passes ? 'pass' : 'FAIL']),
  );
}

function depth(all: readonly Measured[]): readonly Verdict[] {
  const runsOf = (workload: string): readonly Run[] | undefined =>
    all.find(({ name }) => name === workload)?.series.find(({ name }) => name === OURS)?.runs;
  const [first, deep] = [runsOf(FIRST_PAGE), runsOf(DEEP_PAGE)];
  if (first === undefined || deep === undefined) return [];
  const ratio = ratioOf(deep, first, totalCpu);
  return [verdict('deep page, CPU to the first page', bounds(ratio), '<= 1.15', ratio.lower <= 1.15)];
}

function totalCpu({ nodeCpu, postgresCpu }: Run): number {
  return nodeCpu + postgresCpu;
}

function valueAt(runs: readonly Run[], index: number, value: (run: Run) => number): number {
  const run = runs[index];
  return run === undefined ? Number.NaN : value(run);
}

/** Round by round, of what one server did to what another did. */
function ratioOf(runs: readonly Run[], others: readonly Run[], value: (run: Run) => number): Bounds {
  return boundsOf(runs.map((run, index) => value(run) / valueAt(others, index, value)));
}

/** How much slower this machine is than the one that the floors of compiling were set on: the middle of what the peers show. */
function slowness(peers: readonly PeerResult[]): number | undefined {
  return peers.length === 0 ? undefined : median(peers.map(({ seconds, secondsThen }) => seconds / secondsThen));
}

/** Seconds are judged as that machine would take them, where peers tell; the bounds of memory are the same anywhere. */
function compileVerdicts(
  { work, seconds, memory, floorSeconds, floorMemory }: CompileResult,
  slower: number | undefined,
): readonly Verdict[] {
  const there = seconds / (slower ?? 1);
  const measured = slower === undefined ? seconds.toFixed(2) : `${there.toFixed(2)} (${seconds.toFixed(2)} here)`;
  const time = verdict(`${work}, seconds`, measured, `<= ${floorSeconds}`, there <= floorSeconds);
  if (floorMemory === undefined) return [time];
  return [time, verdict(`${work}, MB`, memory.toFixed(0), `< ${floorMemory}`, memory < floorMemory)];
}

/** What peers took, and where the floors were set; nothing without peers. */
export function peerTable(peers: readonly PeerResult[]): string {
  const rows = peers.map(({ work, seconds, memory, secondsThen }) => [
    work,
    seconds.toFixed(2),
    memory.toFixed(0),
    secondsThen.toFixed(2),
    (seconds / secondsThen).toFixed(2),
  ]);
  return rows.length === 0
    ? ''
    : `\n\n${table(['compiled by others', 'seconds', 'MB', 'seconds then', 'ratio'], rows)}`;
}

function verdict(about: string, measured: string, floor: string, passes: boolean): Verdict {
  return { about, measured, floor, passes };
}

function bounds(of: Bounds): string {
  return `${of.median.toFixed(2)} [${of.lower.toFixed(2)}, ${of.upper.toFixed(2)}]`;
}

/** A Markdown table whose columns line up in a terminal too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, index) => Math.max(3, title.length, ...rows.map((row) => (row[index] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
