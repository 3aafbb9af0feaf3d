import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files and folders that take long and are short: Vitest, which knows nothing of a fresh clone but sizes, would begin them last. */
const SLOW = [
  'end-to-end/',
  'resilience/',
  'random-evolution/',
  'random-specs/',
  'demo.test.ts',
  'cli/branches',
  'cli/bridging',
  'cli/dev-command',
  'migrations/neutral-cases',
  'migrations/archives',
  'diff-size/',
  'faults/',
];

/** Begins what takes longest first, so that no worker is left alone with it at the end. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own, which leaves its argument alone
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean =>
      SLOW.some((part) => moduleId.includes(`/test/${part}`));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
