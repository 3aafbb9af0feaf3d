import type { Command } from 'commander';
import { findCatalogueEntry, listCatalogue } from '../../diagnostics/catalogue.ts';
import type { CatalogueEntry } from '../../diagnostics/catalogue.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { refusal } from '../command-result.ts';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';

/** Adds `supercompile explain`. */
export function addExplain(program: Command, finish: Finish): void {
  program
    .command('explain')
    .description('explain a diagnostic, or list them all')
    .argument('[code]', 'a code such as SC2101, or its name')
    .addOption(formatOption())
    .action(async (code: string | undefined, { format }: { readonly format: OutputFormat }) =>
      finish(format, runExplain(code)),
    );
}

function runExplain(code: string | undefined): CommandResult {
  if (code === undefined) return describe(listCatalogue(), formatLine);
  const entry = findCatalogueEntry(code);
  if (entry === undefined) return refusal([createDiagnostic(unlocated('explain'), 'unknown-code', '', { code })]);
  return describe([entry], formatEntry);
}

function describe(entries: readonly CatalogueEntry[], format: (entry: CatalogueEntry) => string): CommandResult {
  const explanations = entries.map(({ code, name, severity, explanation }) => ({
    code,
    name,
    severity,
    ...explanation,
  }));
  return {
    diagnostics: [],
    sources: new Map(),
    text: entries.map(format).join(''),
    data: { explanations },
    summary: '',
  };
}

function formatLine({ code, name, explanation }: CatalogueEntry): string {
  const [sentence = ''] = explanation.what.split(/(?<=\.) /);
  return `${code}  ${name}\n        ${sentence}\n`;
}

function formatEntry({ code, name, severity, explanation: { what, example, mend } }: CatalogueEntry): string {
  const indented = example
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `${code} ${name} (${severity})\n\n${what}\n\nFor example:\n\n${indented}\n\n${mend}\n`;
}
