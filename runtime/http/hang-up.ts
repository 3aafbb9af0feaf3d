import { Problem } from './problem.ts';

/** Whether a client's going away is what failed, as when it leaves amid its body; code of the user's may fail alike. */
export function isHangUp(error: unknown, { signal }: Request): boolean {
  if (!(error instanceof Error) || !signal.aborted) return false;
  return ('code' in error && error.code === 'ECONNRESET') || error.message === NO_CODE;
}

/** Of the HTTP server where the connection ended without an error of its own. */
const NO_CODE = 'Client connection prematurely closed.';

/** What such a request is logged and counted as, by the number that proxies have for it; nobody reads the answer. */
export function hungUp(cause: unknown): Problem {
  return new Problem(499, { detail: 'The client closed the connection before the request was whole.', cause });
}
