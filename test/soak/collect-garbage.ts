import { once } from 'node:events';

interface Target {
  readonly webSocketDebuggerUrl: string;
}

/** Has a server that was started with `--inspect` on this port collect its garbage, and waits until it has. */
export async function collectGarbage(port: number): Promise<void> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly Target[];
  const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
  await once(socket, 'open');
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await answered;
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}
