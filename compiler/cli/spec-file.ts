import { fstatSync, openSync, readFileSync, closeSync } from 'node:fs';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import { MAX_TEXT, MAX_TEXT_LENGTH } from '../spec/spec-limits.ts';

/** The text of a spec, or why there is none. */
export type SpecFile =
  { readonly file: string; readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

/** A character of a text is at most three bytes in UTF-8: files that must have too many are not read at all. */
const MAX_BYTES = 3 * MAX_TEXT_LENGTH;

/** The name that stands for standard input. */
export const STDIN = '-';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'the name is too long',
  EPERM: 'permission denied',
};

/** Reads a spec by name, or from standard input where that is `-`; `command` is what was run, for advice. */
export function readSpecFile(name: string, command = 'build'): SpecFile {
  const file = name === STDIN ? 'stdin' : name;
  try {
    const bytes = readBounded(name === STDIN ? 0 : name);
    if (typeof bytes === 'string')
      return refuse(createDiagnostic(unlocated(file), 'spec-unreadable', '', { path: file, reason: bytes }));
    return decode(file, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return refuse(createDiagnostic(unlocated(file), 'spec-missing', '', { path: file, command }));
    }
    if (code === '') throw error;
    const reason = REASONS[code] ?? `the system says ${code}`;
    return refuse(createDiagnostic(unlocated(file), 'spec-unreadable', '', { path: file, reason }));
  }
}

/** The bytes, or the reason why they are not wanted. */
function readBounded(source: number | string): Uint8Array | string {
  const descriptor = typeof source === 'number' ? source : openSync(source, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return 'it is a folder';
    if (typeof source === 'string' && !stat.isFile() && !stat.isFIFO()) return 'it is no ordinary file';
    if (stat.size > MAX_BYTES) return TOO_LARGE;
    const bytes = readFileSync(descriptor);
    return bytes.length > MAX_BYTES ? TOO_LARGE : bytes;
  } finally {
    if (typeof source === 'string') closeSync(descriptor);
  }
}

const TOO_LARGE = `it has more than ${MAX_TEXT}`;

function decode(file: string, bytes: Uint8Array): SpecFile {
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const span = firstBadByte(bytes);
    return refuse(createDiagnostic(unlocated(file), 'wrong-encoding', '', { path: file }, { span }));
  }
}

/** Where the text that can be decoded ends. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number; endLine: number; endColumn: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let good = '';
  try {
    for (const byte of bytes) good += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    // The position is what was asked for.
  }
  const lines = good.split('\n');
  const line = lines.length;
  const column = (lines.at(-1) ?? '').length + 1;
  return { line, column, endLine: line, endColumn: column + 1 };
}

function refuse(...diagnostics: readonly Diagnostic[]): SpecFile {
  return { diagnostics };
}
