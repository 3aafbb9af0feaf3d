import { Turns } from './turns.ts';

/** Sends one statement over a held connection, after those before it. */
export type Guard = <T>(send: () => Promise<T>) => Promise<T>;

/**
 * Runs `work` with a guard for its statements: one at a time, and none once `work` has ended, because
 * that one would land in whatever the connection does next.
 */
export async function whileHeld<T>(work: (guard: Guard) => Promise<T>): Promise<T> {
  const turns = new Turns();
  let isHeld = true;
  const guard: Guard = async (send) => {
    if (!isHeld) throw new Error('a statement was sent after its transaction or session had ended');
    return turns.take(send);
  };
  try {
    return await work(guard);
  } finally {
    isHeld = false;
    await turns.take(async () => undefined);
  }
}
