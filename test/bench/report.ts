import type { CompileResult } from './compile-bench.ts';
import { boundsOf, median, type Bounds } from './statistics.ts';

/** One run of one server under one workload. */
export interface Run {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU microseconds a request. */
  readonly nodeCpu: number;
  readonly postgresCpu: number;
  readonly failed: number;
}

/** Both servers, round by round, in the same order. */
export interface Measured {
  readonly name: string;
  readonly floor: number | undefined;
  readonly ours: readonly Run[];
  readonly reference: readonly Run[];
}

export interface Verdict {
  readonly about: string;
  readonly measured: string;
  readonly floor: string;
  readonly passes: boolean;
}

/** A line for each server and workload: medians over the rounds. */
export function serverTable(all: readonly Measured[]): string {
  const head = ['work', 'server', 'requests/s', 'ratio [90 %]', 'p50 ms', 'p99 ms', 'node us', 'postgres us', 'failed'];
  const rows = all.flatMap((measured) =>
    (['reference', 'ours'] as const).map((side) => {
      const of = (key: keyof Run): number => median(measured[side].map((run) => run[key]));
      const ratio = side === 'ours' ? bounds(rateRatio(measured)) : '1.00';
      const failed = measured[side].reduce((sum, run) => sum + run.failed, 0);
      const cpu = [of('nodeCpu'), of('postgresCpu')].map((value) => value.toFixed(0));
      return [
        measured.name,
        side,
        of('rate').toFixed(0),
        ratio,
        of('p50').toFixed(2),
        of('p99').toFixed(2),
        ...cpu,
        String(failed),
      ];
    }),
  );
  return table(head, rows);
}

/** A line for each floor of the design. A floor fails only when the 90 % bounds of the median lie on its wrong side. */
export function verdicts(
  all: readonly Measured[],
  memory: number,
  compiled: readonly CompileResult[],
): readonly Verdict[] {
  const rates = all.flatMap((measured): readonly Verdict[] => {
    if (measured.floor === undefined) return [];
    const ratio = rateRatio(measured);
    const p99 = boundsOf(measured.ours.map((run, index) => run.p99 / (measured.reference[index]?.p99 ?? Number.NaN)));
    return [
      verdict(
        `${measured.name}, requests/s to the reference`,
        bounds(ratio),
        `>= ${measured.floor}`,
        ratio.upper >= measured.floor,
      ),
      verdict(`${measured.name}, p99 to the reference`, bounds(p99), '<= 1', p99.lower <= 1),
    ];
  });
  return [
    ...rates,
    ...depth(all),
    verdict('memory of the server after the run, MB', memory.toFixed(0), '< 200', memory < 200),
    ...compiled.flatMap(compileVerdicts),
  ];
}

export function verdictTable(all: readonly Verdict[]): string {
  return table(
    ['floor', 'measured', 'wanted', ''],
    all.map(({ about, measured, floor, passes }) => [about, measured, floor, passes ? 'pass' : 'FAIL']),
  );
}

function depth(all: readonly Measured[]): readonly Verdict[] {
  const [first, deep] = ['first page', 'keyset page, deep'].map((name) => all.find((one) => one.name === name)?.ours);
  if (first === undefined || deep === undefined) return [];
  const total = (run: Run | undefined): number => (run === undefined ? Number.NaN : run.nodeCpu + run.postgresCpu);
  const ratio = boundsOf(deep.map((run, index) => total(run) / total(first[index])));
  return [verdict('deep page, CPU to the first page', bounds(ratio), '<= 1.15', ratio.lower <= 1.15)];
}

function compileVerdicts({ work, seconds, memory, floorSeconds, floorMemory }: CompileResult): readonly Verdict[] {
  const time = verdict(`${work}, seconds`, seconds.toFixed(2), `<= ${floorSeconds}`, seconds <= floorSeconds);
  if (floorMemory === undefined) return [time];
  return [time, verdict(`${work}, MB`, memory.toFixed(0), `< ${floorMemory}`, memory < floorMemory)];
}

function rateRatio({ ours, reference }: Measured): Bounds {
  return boundsOf(ours.map((run, index) => run.rate / (reference[index]?.rate ?? Number.NaN)));
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
