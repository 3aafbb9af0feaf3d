import { test as nodeTest, type TestContext } from 'node:test';
import { countSkip } from './skip-counts.ts';

/** A test cannot tell what it is to tell, for a reason that is no fault of the backend. */
export class CannotTell extends Error {
  /** Finishes "skipped 2 tests that could not tell: 2 for". */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * A rule that looks at other rows refuses values that a test has chosen: no case knows what those rows hold, so the
 * test cannot tell.
 */
export class RuleInTheWay extends CannotTell {
  constructor(rule: string) {
    super(`the rule ${rule}`, `the rule ${rule} looks at other rows and refuses the values of this test`);
  }
}

/** No row that meets the checks of its resource was found among the values that tests know. */
export class NoSoundRow extends CannotTell {
  constructor(name: string) {
    super(`rows of ${name} that meet its checks`, `no row that meets the checks of ${name} was found`);
  }
}

/** A test, which is skipped where it cannot tell. */
export function test(name: string, work: (context: TestContext) => unknown): void {
  void nodeTest(name, async (context) => {
    try {
      await work(context);
    } catch (error) {
      if (!(error instanceof CannotTell)) throw error;
      countSkip(error.reason);
      context.skip(error.message);
    }
  });
}
