import { CommanderError } from 'commander';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { startProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { createProgram } from './program.ts';
import { printResult } from './print-result.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, without the program's name, and leaves its exit code in `process.exitCode`. */
export async function main(args: readonly string[]): Promise<void> {
  const terminal = openTerminal();
  let progress: Progress | undefined;
  const program = createProgram((format, result) => {
    progress?.stop();
    printResult(terminal, format, result);
    process.exitCode = exitCodeOf(result.diagnostics);
  });
  program.hook('preAction', (_, command) => {
    const label = LABELS[command.name()];
    if (label !== undefined) progress = startProgress(label);
  });
  try {
    await program.parseAsync(withCommand(args), { from: 'user' });
  } catch (error) {
    progress?.stop();
    process.exitCode = error instanceof CommanderError ? usageExit(error) : reportBug(terminal, args, error);
  }
}

/** What is said of commands that may take longer than a second; the others are quick, or tell of themselves. */
const LABELS: Readonly<Record<string, string>> = { build: 'compiling', check: 'checking', fix: 'fixing' };

/** `supercompile` alone, or with nothing but options, is `supercompile build`. */
function withCommand(args: readonly string[]): readonly string[] {
  const [first] = args;
  const isBuild = first === undefined || (first.startsWith('-') && !['--help', '-h', '--version'].includes(first));
  return isBuild ? ['build', ...args] : args;
}

function usageExit({ exitCode }: CommanderError): number {
  return exitCode === 0 ? EXIT.ok : EXIT.usage;
}

/** Everything that nobody expected is ours to mend, and is never blamed on the spec. */
function reportBug({ out, tell }: Terminal, args: readonly string[], error: unknown): number {
  const reason = error instanceof Error ? error.message : String(error);
  tell(`supercompile: this is a bug of the compiler, not of your spec: ${reason}`);
  if (process.env['SUPERCOMPILE_DEBUG']) tell(error instanceof Error ? (error.stack ?? '') : '');
  else tell('Run it again with SUPERCOMPILE_DEBUG=1 for where it happened.');
  if (args.some((arg, index) => arg === '--format=json' || (arg === 'json' && args[index - 1] === '--format'))) {
    out(`${JSON.stringify({ ok: false, diagnostics: [], bug: reason })}\n`);
  }
  return EXIT.bug;
}
