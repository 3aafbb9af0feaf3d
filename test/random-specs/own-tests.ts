import { QUICK_WASM, runNode, type Outcome } from '../end-to-end/compiled-backend.ts';
import { inBackend } from './in-backends.ts';

/** What the own tests of a spec's backend find wrong, on the embedded database. */
export async function checkOwnTests(text: string): Promise<readonly string[]> {
  return inBackend(text, runOwnTests);
}

/** Far more than the tests of a small backend take on a busy machine: one that does not end is a failure. */
const MOST_TIME = 180_000;

/** What the own tests whose titles fit a pattern print, as TAP. */
export async function printOwnTests(text: string, pattern: string): Promise<string> {
  return inBackend(text, async (folder) => (await runTap(folder, [`--test-name-pattern=${pattern}`])).stdout);
}

async function runTap(folder: string, more: readonly string[] = []): Promise<Outcome> {
  const options = ['--test-reporter=tap', `--test-timeout=${MOST_TIME}`, ...more];
  return runNode(folder, [QUICK_WASM, '--test', ...options, 'test/all.test.ts']);
}

async function runOwnTests(folder: string): Promise<readonly string[]> {
  const { code, stdout } = await runTap(folder);
  return [...failedTests(stdout), ...(code === 0 ? [] : [`its own tests ended with ${code}`])];
}

/** Titles of failed tests with the beginning of what each says. */
function failedTests(tap: string): readonly string[] {
  const reports = [...tap.matchAll(/^ *not ok \d+ - (.*)\n( *---\n[\s\S]*?^ *\.\.\.$)/gm)];
  return reports
    .filter(([, , details = '']) => !details.includes("failureType: 'subtestsFailed'"))
    .map(([, title = '', details = '']) => `${title}: ${/error: [\s\S]{0,700}/.exec(details)?.[0] ?? ''}`);
}
