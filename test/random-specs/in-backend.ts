import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from '../../compiler/compile.ts';
import { NO_HISTORY } from '../../compiler/plan/migration/history.ts';
import { createFolder, removeFolder } from '../end-to-end/compiled-backend.ts';
import { runtimeFiles } from '../faults/compiled-backend.ts';

/** Compiles as a first build would, without a process for it, and takes the backend away afterwards. */
export async function inBackend<Result>(text: string, use: (folder: string) => Promise<Result>): Promise<Result> {
  const spec = { file: 'app.yaml', text };
  const rest = { history: NO_HISTORY, ticks: [], dependencies: [], runtime: runtimeFiles() };
  const { files, diagnostics } = await compile({ spec, ...rest });
  if (files.length === 0) throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const folder = createFolder('random');
  try {
    for (const { path, text: content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    removeFolder(folder);
  }
}
