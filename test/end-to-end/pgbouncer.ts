import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isExpected } from '../is-expected.ts';
import { freePort } from '../postgres.ts';

/** Debian's, which `.ci/run` installs. */
const EXECUTABLE = '/usr/sbin/pgbouncer';

/** Where `CI=true` the pooler is required: there its absence fails instead of being skipped. */
export const hasPgBouncer = isExpected(existsSync(EXECUTABLE));

export interface PgBouncer {
  /** As the given connection string, but through the pooler. */
  readonly url: (direct: string) => string;
  readonly close: () => Promise<void>;
}

/** Starts a PgBouncer in transaction mode before the Postgres of `target`, for some logins without passwords. */
export async function startPgBouncer(target: string, logins: readonly string[]): Promise<PgBouncer> {
  const directory = mkdtempSync(join(tmpdir(), 'supercompile-pgbouncer-'));
  chmodSync(directory, 0o755);
  const port = await freePort();
  writeFileSync(join(directory, 'users'), logins.map((login) => `"${login}" ""\n`).join(''));
  writeFileSync(join(directory, 'config'), configuration(new URL(target), port, directory));
  // It refuses to be root, and takes another name.
  const user = userInfo().uid === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(EXECUTABLE, [...user, join(directory, 'config')], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await untilListening(port, () => child.exitCode);
  return {
    url: (direct) => {
      const url = new URL(direct);
      url.port = String(port);
      return url.href;
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Fewer connections than the server's pool has, so that statements of one connection do land on several. */
function configuration(target: URL, port: number, directory: string): string {
  return `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(directory, 'users')}
pool_mode = transaction
default_pool_size = 3
ignore_startup_parameters = extra_float_digits,options
`;
}

async function untilListening(port: number, exitCode: () => number | null): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    if (exitCode() !== null) throw new Error(`PgBouncer ended with ${exitCode()}`);
    await delay(20);
  }
}
