const pending: (() => void)[] = [];

/**
 * Runs `work` when everything that has arrived from the network by now has been looked at, so that what belongs
 * together goes out together. Work that asks again while it runs is run in the same pass. It must not throw.
 */
export function atEndOfTick(work: () => void): void {
  if (pending.length === 0) setImmediate(runPending);
  pending.push(work);
}

function runPending(): void {
  try {
    for (const work of pending) work();
  } finally {
    pending.length = 0;
  }
}
