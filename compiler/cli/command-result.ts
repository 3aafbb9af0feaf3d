import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OutputFormat } from './output-format.ts';

/** What a command found out, before anything is printed. */
export interface CommandResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that diagnostics point into, for code frames. */
  readonly sources: ReadonlyMap<string, string>;
  /** Its product in the text format, for standard output; empty or ending with a line feed. */
  readonly text: string;
  /** Whether `text` is a document of its own, to be piped on: then diagnostics go to standard error in the text format. */
  readonly isDocument?: boolean;
  /** Its product in the json format: keys beside `ok` and `diagnostics`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** One line on how it went, for standard error. */
  readonly summary: string;
}

/** Prints what a command found and sets the exit code. */
export type Finish = (format: OutputFormat, result: CommandResult) => void;

/** A result that only consists of problems. */
export function refusal(
  diagnostics: readonly Diagnostic[],
  sources: CommandResult['sources'] = new Map(),
): CommandResult {
  return { diagnostics, sources, text: '', data: {}, summary: '' };
}

/** `1 error`, `2 errors and 1 warning`; empty where there are none. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): string => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? '' : `${found} ${severity}${found === 1 ? '' : 's'}`;
  };
  return [count('error'), count('warning')].filter((part) => part !== '').join(' and ');
}
