import type { Command } from 'commander';
import { sortDiagnostics } from '../../diagnostics/sort-diagnostics.ts';
import { checkHistory } from '../check-history.ts';
import { countProblems, refusal } from '../command-result.ts';
import type { CommandResult, Finish } from '../command-result.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';
import { readSpecFile } from '../spec-file.ts';

/** Adds `supercompile check`. */
export function addCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .description('say what is wrong with a spec, and write nothing')
    .argument('[spec]', 'the spec, or - for standard input', 'app.yaml')
    .addOption(formatOption())
    .action(async (spec: string, { format }: { readonly format: OutputFormat }) =>
      finish(format, await runCheck(spec)),
    );
}

async function runCheck(name: string): Promise<CommandResult> {
  const spec = readSpecFile(name, 'check');
  if ('diagnostics' in spec) return refusal(spec.diagnostics);
  const { analyze } = await import('../../analyze.ts');
  const analysis = analyze(spec.text, spec.file);
  const diagnostics = sortDiagnostics([...analysis.diagnostics, ...(await checkHistory(analysis, name))]);
  const problems = countProblems(diagnostics);
  return {
    diagnostics,
    sources: new Map([[spec.file, spec.text]]),
    text: '',
    data: {},
    summary: `${spec.file}: ${problems === '' ? 'no problems' : problems}`,
  };
}
