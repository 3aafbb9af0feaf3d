import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';
import { PACKAGE_ROOT } from '../package-root.ts';

/** Adds `supercompile schema`. */
export function addSchema(program: Command, finish: Finish): void {
  program
    .command('schema')
    .description('print the JSON Schema of specs, for editors and generators')
    .addOption(formatOption())
    .action(({ format }: { readonly format: OutputFormat }) => finish(format, runSchema()));
}

function runSchema(): CommandResult {
  const text = readFileSync(join(PACKAGE_ROOT, 'schemas', 'app.schema.json'), 'utf8');
  const schema: unknown = JSON.parse(text);
  return { diagnostics: [], sources: new Map(), text, data: { schema }, summary: '' };
}
