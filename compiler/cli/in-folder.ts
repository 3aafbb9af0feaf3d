import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** Diagnostics of what the compiler calls by its path in the backend, by the path that leads there from here. */
export function inFolder(diagnostics: readonly Diagnostic[], folder: string): readonly Diagnostic[] {
  return diagnostics.map((item) =>
    item.file.startsWith('migrations/') ? { ...item, file: join(folder, item.file) } : item,
  );
}
