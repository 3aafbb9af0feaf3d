import type { Server } from 'node:http';

/**
 * Stops accepting and waits for requests in flight, for at most `timeout` milliseconds; then cuts
 * them off. Tells whether all of them finished.
 */
export async function stopServer(server: Server, timeout: number): Promise<boolean> {
  let finished = true;
  const cutOff = setTimeout(() => {
    finished = false;
    server.closeAllConnections();
  }, timeout);
  // A connection whose answer is out becomes idle, and would be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(cutOff);
  clearInterval(sweep);
  return finished;
}
