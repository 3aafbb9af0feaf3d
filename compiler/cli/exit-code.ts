import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What each way of ending is called by the shell. */
export const EXIT = {
  ok: 0,
  spec: 1,
  usage: 2,
  drift: 3,
  migration: 4,
  database: 69,
  bug: 70,
  environment: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** By the start of a diagnostic's code; the first line that fits decides. */
const BY_CODE: readonly (readonly [prefix: string, exit: ExitCode])[] = [
  ['SC1', EXIT.spec],
  ['SC2', EXIT.spec],
  ['SC3', EXIT.spec],
  ['SC40', EXIT.spec],
  ['SC43', EXIT.spec],
  ['SC6103', EXIT.spec],
  ['SC6104', EXIT.spec],
  ['SC6111', EXIT.spec],
  ['SC6112', EXIT.spec],
  ['SC61', EXIT.usage],
  ['SC4', EXIT.migration],
  ['SC5', EXIT.drift],
  ['SC62', EXIT.database],
  ['SC60', EXIT.environment],
];

/** The exit code of a run with these diagnostics; of several kinds of error, the earliest in the table wins. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return EXIT.ok;
  const row = BY_CODE.find(([prefix]) => errors.some(({ code }) => code.startsWith(prefix)));
  return row?.[1] ?? EXIT.bug;
}
