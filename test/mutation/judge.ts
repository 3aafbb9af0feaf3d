import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { type Mutation, MUTATION_KINDS, type MutationKind } from './mutations.ts';
import { cpuTime } from '../cpu-time.ts';

/** Anything that turns a text into diagnostics. */
export type Check = (text: string) => readonly Diagnostic[];

/** How well one kind of mutation was answered. */
export interface Score {
  /** Mutants with at least one error. */
  readonly wrong: number;
  /** Of those, where a diagnostic names the mutant's own line. */
  readonly named: number;
}

/** The answer to a set of mutants. */
export interface Verdict {
  readonly mutants: number;
  readonly all: Score;
  readonly byKind: Readonly<Record<MutationKind, Score>>;
  /** Longest time of one check, in milliseconds. */
  readonly slowest: number;
  readonly failures: readonly Failure[];
}

/** A mutant that was answered badly. */
export interface Failure {
  readonly mutation: Mutation;
  readonly reason: 'threw' | 'unlocated' | 'another line';
  readonly detail: string;
}

/** Checks every mutant and counts. */
export function judge(mutants: Iterable<Mutation>, check: Check): Verdict {
  const scores: Record<MutationKind, Score> = {
    delete: NONE,
    rename: NONE,
    retype: NONE,
    misindent: NONE,
    truncate: NONE,
  };
  const failures: Failure[] = [];
  let slowest = 0;
  let count = 0;
  for (const mutation of mutants) {
    count += 1;
    const start = cpuTime();
    const answer = runCheck(check, mutation);
    slowest = Math.max(slowest, cpuTime() - start);
    if (!Array.isArray(answer)) {
      failures.push({ mutation, reason: 'threw', detail: String(answer) });
      continue;
    }
    const { isWrong, failure } = judgeOne(mutation, answer);
    if (failure !== undefined) failures.push(failure);
    if (isWrong) scores[mutation.kind] = addScore(scores[mutation.kind], failure === undefined);
  }
  const all = MUTATION_KINDS.map((kind) => scores[kind]).reduce(sumScores, NONE);
  return { mutants: count, all, byKind: scores, slowest, failures };
}

const NONE: Score = { wrong: 0, named: 0 };

function runCheck(check: Check, { text }: Mutation): readonly Diagnostic[] | unknown {
  try {
    return check(text);
  } catch (error) {
    return error;
  }
}

function judgeOne(
  mutation: Mutation,
  diagnostics: readonly Diagnostic[],
): { readonly isWrong: boolean; readonly failure?: Failure } {
  const unlocated = diagnostics.find((one) => !isLocated(one, mutation.text));
  if (unlocated !== undefined) {
    return { isWrong: true, failure: { mutation, reason: 'unlocated', detail: JSON.stringify(unlocated) } };
  }
  if (!diagnostics.some((one) => one.severity === 'error')) return { isWrong: false };
  if (diagnostics.some((one) => mutation.lines.includes(one.line))) return { isWrong: true };
  const detail = diagnostics.map((one) => `${one.line}:${one.column} ${one.code} ${one.message}`).join(' | ');
  return { isWrong: true, failure: { mutation, reason: 'another line', detail } };
}

/** Whether it names a place that the text has. */
export function isLocated(one: Diagnostic, text: string): boolean {
  const lines = text.split('\n');
  const isOrdered = one.endLine > one.line || (one.endLine === one.line && one.endColumn >= one.column);
  const line = lines[one.line - 1];
  return one.file !== '' && line !== undefined && one.column >= 1 && one.column <= line.length + 1 && isOrdered;
}

function addScore(score: Score, isNamed: boolean): Score {
  return { wrong: score.wrong + 1, named: score.named + (isNamed ? 1 : 0) };
}

function sumScores(a: Score, b: Score): Score {
  return { wrong: a.wrong + b.wrong, named: a.named + b.named };
}

/** Of the wrong mutants, the share whose own line is named. */
export function shareNamed({ wrong, named }: Score): number {
  return wrong === 0 ? 1 : named / wrong;
}

/** The verdict as a line a kind, for the log. */
export function summarize({ byKind, all, slowest, mutants }: Verdict): string {
  const line = (name: string, score: Score): string =>
    `${name}: ${score.named} of ${score.wrong} (${(100 * shareNamed(score)).toFixed(1)} %)`;
  const kinds = MUTATION_KINDS.map((kind) => line(kind, byKind[kind]));
  return [`${mutants} mutants, slowest ${Math.ceil(slowest)} ms`, line('all', all), ...kinds].join('\n');
}
