import type { Reporter, TestModule } from 'vitest/node';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Ends the run with `N passed, N failed, N skipped` alone on a line, and names what was skipped. With
 * `CI=true`, where everything that tests need is required, a skipped test fails the run.
 */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { passed, failed, skipped } = countTests(modules, unhandled.length);
    const names = modules.flatMap((module) => [...module.children.allTests('skipped')].map((test) => test.fullName));
    const lines = [
      ...names.map((name) => `skipped: ${name}`),
      `${passed} passed, ${failed} failed, ${skipped} skipped`,
    ];
    if (skipped > 0 && process.env['CI'] === 'true') process.exitCode = 1;
    // At exit, so that it stands below every other reporter's summary.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}

/** A file that failed outside its tests, and an error outside any test, count as one failure each. */
export function countTests(modules: readonly TestModule[], unhandled: number): Counts {
  let passed = 0;
  let failed = unhandled;
  let skipped = 0;
  for (const module of modules) {
    const tests = [...module.children.allTests()];
    passed += tests.filter((test) => test.result().state === 'passed').length;
    skipped += tests.filter((test) => test.result().state === 'skipped').length;
    const failures = tests.filter((test) => ['failed', 'pending'].includes(test.result().state)).length;
    failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
  }
  return { passed, failed, skipped };
}
