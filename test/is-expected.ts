/**
 * Whether tests that need a tool are run. `CI=true` requires every tool: there, the tests of one that
 * is not on the machine fail instead of being skipped.
 */
export function isExpected(isThere: boolean): boolean {
  return isThere || process.env['CI'] === 'true';
}
