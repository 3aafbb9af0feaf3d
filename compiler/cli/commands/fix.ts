import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { countProblems, refusal } from '../command-result.ts';
import type { CommandResult, Finish } from '../command-result.ts';
import type { FixedSpec } from '../fix-spec.ts';
import { formatOption } from '../output-format.ts';
import type { OutputFormat } from '../output-format.ts';
import { replaceFile } from '../replace-file.ts';
import { STDIN, readSpecFile } from '../spec-file.ts';

interface FixOptions {
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly format: OutputFormat;
}

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Adds `supercompile fix`. */
export function addFix(program: Command, finish: Finish): void {
  program
    .command('fix')
    .description('mend what has one certain fix in a spec, and say what is left')
    .argument('[spec]', 'the spec, or - for standard input to standard output', 'app.yaml')
    .option('--check', 'write nothing; show the difference')
    .option('--dry-run', 'the same as --check')
    .addOption(formatOption())
    .action(async (spec: string, options: FixOptions) => finish(options.format, await runFix(spec, options)));
}

async function runFix(name: string, { check = false, dryRun = false }: FixOptions): Promise<CommandResult> {
  const spec = readSpecFile(name, 'fix');
  if ('diagnostics' in spec) return refusal(spec.diagnostics);
  const { fixSpec } = await import('../fix-spec.ts');
  const result = fixSpec(spec.text, spec.file);
  if (check || dryRun) return showDifference(spec, result);
  if (name === STDIN) return { ...describe(spec, result, 'fixed'), text: result.text, isDocument: true };
  if (result.fixed.length > 0) {
    const problem = write(name, spec, result.text);
    if (problem !== undefined) return refusal([problem]);
  }
  return { ...describe(spec, result, 'fixed'), text: result.fixed.map(formatChange).join('') };
}

async function showDifference(spec: Source, result: FixedSpec): Promise<CommandResult> {
  const { formatUnifiedDiff } = await import('../../output/unified-diff.ts');
  const change = { path: spec.file, before: spec.text, after: result.text };
  const text = result.fixed.length === 0 ? '' : formatUnifiedDiff([change]);
  const described = describe(spec, result, 'would fix');
  return { ...described, text, data: { ...described.data, diff: text } };
}

/** What is left is told of the text as it is now, or would be. */
function describe(spec: Source, { text, fixed, diagnostics }: FixedSpec, verb: string): Omit<CommandResult, 'text'> {
  const left = countProblems(diagnostics);
  return {
    diagnostics,
    sources: new Map([[spec.file, text]]),
    data: { fixed, text },
    summary: `${spec.file}: ${verb} ${fixed.length}, ${left === '' ? 'nothing' : left} left`,
  };
}

/** A file that had a byte order mark keeps it. */
function write(path: string, { file }: Source, text: string): Diagnostic | undefined {
  try {
    replaceFile(path, hasByteOrderMark(path) ? `${BYTE_ORDER_MARK}${text}` : text);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (reason === '') throw error;
    return createDiagnostic(unlocated(file), 'spec-unwritable', '', { path: file, reason });
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

function hasByteOrderMark(path: string): boolean {
  return readFileSync(path, 'utf8').startsWith(BYTE_ORDER_MARK);
}

function formatChange({ file, line, column, code, fix }: Diagnostic): string {
  return `${file}:${line}:${column} ${code} ${fix?.description ?? ''}\n`;
}
