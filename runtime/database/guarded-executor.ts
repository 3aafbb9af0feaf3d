import type { Executor, Result, Statement } from './database.ts';
import type { Guard } from './hold.ts';
import { onlyResult } from './only-result.ts';

/** Sends statements over a held connection in one round trip, and tells which command each was. */
export type Execute = (
  statements: readonly Statement[],
) => Promise<readonly { readonly result: Result; readonly command: string }[]>;

/** An executor over a held connection: what is sent takes its turn, and nothing is sent once it is no longer held. */
export function guardedExecutor(guard: Guard, execute: Execute): Executor {
  const send = (statements: readonly Statement[]): ReturnType<Execute> => guard(() => execute(statements));
  return {
    query: async (statement) => onlyResult(await send([statement])),
    batch: async (statements) => (await send(statements)).map(({ result }) => result),
  };
}
