/**
 * For `supercompile dev`, as `node --import runtime/development/standby.ts app/main.ts`: loads the
 * runtime and opens a copy of the data, then holds `app/main.ts` back until the parent process says
 * go. So a change costs no start of a process, and the server that answers is the ordinary one.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import '../crud/contract.ts';
import '../crud/fields.ts';
import '../crud/filters.ts';
import '../crud/operation.ts';
import '../crud/repository.ts';
import '../crud/resource.ts';
import '../crud/statements.ts';
import '../server/start-server.ts';
import { keepBaselineCode } from '../database/baseline-code.ts';
import { openInAdvance, rehearseMigrations } from '../server/rehearsal.ts';
import { readWalMark } from './wal-mark.ts';

if (process.send === undefined) throw new Error('standby.ts is started by supercompile dev alone');
// Whoever started this process is gone, however that went: nothing may stay behind.
process.on('disconnect', () => process.exit(0));
keepBaselineCode();
const { DATA_DIR: data = '' } = process.env;
// One that cannot be opened fails again, and is told, when the server asks for it.
await openInAdvance(data).catch(() => undefined);
const go = new Promise<void>((resolve) => process.on('message', (message) => answer(message, resolve)));
process.send({ kind: 'ready' });
await go;
process.channel?.unref();

function answer(message: unknown, start: () => void): void {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return;
  if (message.kind === 'copy' && 'to' in message) process.send?.(copyData(String(message.to)));
  if (message.kind === 'go' && 'data' in message && 'migrations' in message) {
    process.env['DATA_DIR'] = String(message.data);
    rehearseMigrations(String(message.migrations));
    start();
  }
}

/**
 * Copies the data between two statements: nothing else of this process runs meanwhile, and PGlite's
 * files with their log are at every such moment what a killed process would leave.
 */
function copyData(to: string): object {
  const from = process.env['DATA_DIR'] ?? '';
  try {
    const mark = readWalMark(from);
    cpSync(from, to, { recursive: true, filter: (path) => path !== join(from, 'lock') });
    return { kind: 'copied', to, mark };
  } catch {
    // Without a mark it is no copy: a full disk, or data that is gone.
    return { kind: 'copied', to };
  }
}
