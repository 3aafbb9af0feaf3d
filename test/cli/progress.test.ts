import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { COMMAND, GOOD_SPEC, folderWith } from './run-command.ts';

/** Checks a spec that arrives through a pipe once `ready` holds in the shell, on a pseudo terminal or not. */
function checkSlowly(ready: string, onTerminal: boolean): string {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  const command = `"${process.execPath}" "${COMMAND}" check pipe`;
  const run = onTerminal ? `TERM=xterm script -qec '${command}' /dev/null > screen` : `${command} > screen 2>&1`;
  const line = `mkfifo pipe; (${ready}; cat app.yaml > pipe) & ${run} < /dev/null; wait; cat screen`;
  return spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8', timeout: 20_000 }).stdout;
}

test('what takes longer than a second is told on a terminal, and cleared away', () => {
  const screen = checkSlowly("while ! grep -q 'checking' screen 2>/dev/null; do sleep 0.02; done", true);
  expect(screen).toMatch(/checking \.\.\. 1 s.*\r\u001B\[Kpipe: no problems\r\n$/s);
});

test('without a terminal nothing is told', () => {
  // Longer than the second after which a terminal would be told.
  expect(checkSlowly('sleep 1.5', false)).toBe('pipe: no problems\n');
});
