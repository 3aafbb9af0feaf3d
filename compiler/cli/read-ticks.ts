import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { unlocated } from '../diagnostics/span.ts';
import type { Tick } from '../plan/checklist.ts';

/** A person's ticks of the checklist, and what is wrong with them. */
export interface Ticks {
  readonly ticks: readonly Tick[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a person ticks the checklist, in a backend. */
const TICKS_PATH = 'custom/todos.yaml';

/** Reads the ticks of an output folder; without the file there are none. */
export function readTicks(root: string, folder: string): Ticks {
  const path = join(root, TICKS_PATH);
  return existsSync(path)
    ? parseTicks(readFileSync(path, 'utf8'), join(folder, TICKS_PATH))
    : { ticks: [], diagnostics: [] };
}

/** Reads `id: note` pairs; `file` is the name that a message gives. */
export function parseTicks(text: string, file: string): Ticks {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) return refuse(file, lines.linePos(problem.pos[0]));
  if (document.contents === null) return { ticks: [], diagnostics: [] };
  if (!isMap(document.contents)) return refuse(file, { line: 1, col: 1 });
  const wrong = document.contents.items.find(
    ({ key, value }) => !isScalar(key) || (value !== null && !isScalar(value)),
  );
  if (wrong !== undefined) return refuse(file, lines.linePos(isNode(wrong.key) ? (wrong.key.range?.[0] ?? 0) : 0));
  const ticks = document.contents.items.map(({ key, value }): Tick => {
    const id = textOf(key);
    const { line, col } = lines.linePos(isNode(key) ? (key.range?.[0] ?? 0) : 0);
    return { id, note: textOf(value), file, span: { line, column: col, endLine: line, endColumn: col + id.length } };
  });
  return { ticks, diagnostics: [] };
}

/** A scalar as it was written: `2024-01-02` and `yes` are notes too. */
function textOf(node: unknown): string {
  return isScalar(node) ? (node.source ?? String(node.value ?? '')) : '';
}

function refuse(file: string, { line, col }: { readonly line: number; readonly col: number }): Ticks {
  const span = { line, column: col, endLine: line, endColumn: col + 1 };
  return {
    ticks: [],
    diagnostics: [createDiagnostic(unlocated(file), 'ticks-malformed', '', { path: file }, { span })],
  };
}
