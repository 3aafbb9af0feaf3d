import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { isExpected } from '../is-expected.ts';

/** Debian's, which `.ci/run` installs. */
const EXECUTABLE = '/usr/bin/chromium';

/** Where `CI=true` the browser is required: there its absence fails instead of being skipped. */
export const hasBrowser = isExpected(existsSync(EXECUTABLE));

/** A browser that can reach this machine alone. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    // Its sandbox refuses to run as root.
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}
