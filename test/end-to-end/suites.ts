import { fuzzBackend } from '../fuzz/fuzz-backend.ts';
import { unseenStatuses } from '../tour/tour.ts';
import { runTool } from './compiled-backend.ts';
import type { OpenSetUp } from './set-ups.ts';
import { readOpenApi, tourBackend } from './tour-backend.ts';

/** What a compiled backend is tried with over HTTP; answers everything that is wrong. */
export type Suite = (folder: string, setUp: OpenSetUp, fuzzing: Fuzzing) => Promise<readonly string[]>;

export interface Fuzzing {
  readonly seed: number;
  readonly requests: number;
}

/** All of them, by name. */
export const SUITES = {
  'its own tests': async (folder, { testEnvironment }) => {
    const { code, stdout } = await runTool(folder, 'npm', ['test'], testEnvironment);
    return code === 0 ? [] : [stdout.slice(-4000)];
  },
  'the tour': async (folder, { environment, ownerUrl }) => {
    const { failures, seen } = await tourBackend(folder, environment);
    const unseen = unseenStatuses(readOpenApi(folder), seen).filter((pair) => !SEEN_ELSEWHERE.test(pair));
    // Rows of a kind that the API cannot create are there only where SQL has made them.
    const excused = ownerUrl === undefined ? /^get(?:Holiday|Query) / : /^$/;
    return [...failures, ...unseen.filter((pair) => !excused.test(pair)).map((pair) => `nobody saw ${pair}`)];
  },
  'the fuzzer': async (folder, setUp, fuzzing) => {
    const { failures, requests, accepted, seed } = await fuzzBackend(folder, setUp, fuzzing);
    process.stdout.write(`fuzzed with seed ${seed}: ${requests} requests, ${accepted} of them answered 2xx\n`);
    return failures;
  },
} as const satisfies Readonly<Record<string, Suite>>;

export type SuiteName = keyof typeof SUITES;

/** Only an outage answers 503; that is seen in postgres.test.ts. */
const SEEN_ELSEWHERE = / 503$/;
