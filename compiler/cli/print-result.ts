import type { CommandResult } from './command-result.ts';
import type { OutputFormat } from './output-format.ts';
import type { Terminal } from './terminal.ts';

/** Prints a result: its product on standard output, how it went on standard error. */
export async function printResult(terminal: Terminal, format: OutputFormat, result: CommandResult): Promise<void> {
  terminal.out(formatResult(terminal, format, result));
  if (result.summary !== '') terminal.tell(result.summary);
}

function formatResult({ colours }: Terminal, format: OutputFormat, result: CommandResult): string {
  const { diagnostics, sources, text, data } = result;
  switch (format) {
    case 'text':
      return diagnostics.map((d) => `${d.file}:${d.line}:${d.column} ${d.severity} ${d.code}: ${d.message}\n`).join('') + text;
    case 'json': {
      const ok = diagnostics.every(({ severity }) => severity !== 'error');
      return `${JSON.stringify({ ok, diagnostics, ...data }, undefined, 2)}\n`;
    }
    case 'sarif':
      return '';
    case 'github':
      return '';
  }
}
