import { test as nodeTest, type TestContext } from 'node:test';
import { countSkip } from './skip-counts.ts';

/**
 * A rule that looks at other rows refuses values that a test has chosen: no case knows what those rows hold, so the
 * test cannot tell.
 */
export class RuleInTheWay extends Error {
  readonly rule: string;

  constructor(rule: string) {
    super(`the rule ${rule} looks at other rows and refuses the values of this test`);
    this.rule = rule;
  }
}

/** A test, which is skipped where a rule over other rows is in its way. */
export function test(name: string, work: (context: TestContext) => unknown): void {
  void nodeTest(name, async (context) => {
    try {
      await work(context);
    } catch (error) {
      if (!(error instanceof RuleInTheWay)) throw error;
      countSkip(`the rule ${error.rule}`);
      context.skip(error.message);
    }
  });
}
