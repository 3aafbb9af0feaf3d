/** Calls `stop` at the first SIGTERM or SIGINT; a second one ends the process at once. */
export function onSignal(stop: (signal: NodeJS.Signals) => void): void {
  let isStopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (isStopping) process.exit(SECOND_SIGNAL);
      isStopping = true;
      stop(signal);
    });
  }
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const SECOND_SIGNAL = 130;
