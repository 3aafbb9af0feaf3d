/**
 * Milliseconds that this process has worked. Unlike the time on the wall it hardly grows while others have the machine,
 * so a limit on it tells work that never ends from a machine that is busy.
 */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
