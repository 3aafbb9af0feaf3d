import { renderGithub } from '../diagnostics/render/render-github.ts';
import { renderJson } from '../diagnostics/render/render-json.ts';
import { renderSarif } from '../diagnostics/render/render-sarif.ts';
import { renderText } from '../diagnostics/render/render-text.ts';
import type { CommandResult } from './command-result.ts';
import type { OutputFormat } from './output-format.ts';
import type { Terminal } from './terminal.ts';

/** Prints a result: its product on standard output, how it went on standard error. */
export function printResult(terminal: Terminal, format: OutputFormat, result: CommandResult): void {
  if (format === 'text' && result.isDocument === true) {
    terminal.out(result.text);
    if (result.diagnostics.length > 0) terminal.tell(renderText(result.diagnostics, result.sources).trimEnd());
  } else {
    terminal.out(formatResult(terminal, format, result));
  }
  if (result.summary !== '') terminal.tell(result.summary);
}

function formatResult({ colours }: Terminal, format: OutputFormat, result: CommandResult): string {
  const { diagnostics, sources, text, data } = result;
  switch (format) {
    case 'text':
      return renderText(diagnostics, sources, colours) + text;
    case 'json':
      return renderJson(diagnostics, data);
    case 'sarif':
      return renderSarif(diagnostics);
    case 'github':
      return renderGithub(diagnostics);
  }
}
