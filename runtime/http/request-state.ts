import type { Context } from 'hono';

/** Headers by lower-case name. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** What is remembered of a request while it is answered: one object, since each value that a context keeps costs. */
export interface RequestState {
  readonly requestId: string;
  /** Most bytes of its body. */
  readonly bodyLimit: number;
  /** What every answer to it has. */
  readonly headers: HeaderRecord;
  /** The body that was read, before any field was looked at. */
  payload?: unknown;
  /** The answer that has those headers already. */
  complete?: Response;
}

/** Begins to remember a request. */
export function setState(context: Context, state: RequestState): void {
  context.set(KEY, state);
}

/** What is remembered; of a request that came past the lifecycle, what holds of any. */
export function stateOf(context: Context): RequestState {
  const state: RequestState | undefined = context.get(KEY);
  return state ?? { requestId: '', bodyLimit: DEFAULT_LIMIT, headers: {} };
}

const KEY = 'requestState';
const DEFAULT_LIMIT = 1024 * 1024;
