import { CommanderError } from 'commander';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { createProgram } from './program.ts';
import { printResult } from './print-result.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, without the program's name, and leaves its exit code in `process.exitCode`. */
export async function main(args: readonly string[]): Promise<void> {
  const terminal = openTerminal();
  const program = createProgram((format, result) => {
    printResult(terminal, format, result);
    process.exitCode = exitCodeOf(result.diagnostics);
  });
  try {
    await program.parseAsync(withCommand(args), { from: 'user' });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? usageExit(error) : reportBug(terminal, args, error);
  }
}

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
