import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from '../../compiler/compile.ts';
import { NO_HISTORY } from '../../compiler/plan/migration/history.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const RUNTIME = join(import.meta.dirname, '../../runtime');

/** Compiles as a first build would, without a process for it, and takes the backend away afterwards. */
export async function inBackend<Result>(text: string, use: (folder: string) => Promise<Result>): Promise<Result> {
  return inPackage(async (home) => {
    await compileInto(home, home, text);
    return use(home);
  });
}

/** The same for several beside each other, each in the folder of its place. */
export async function inBackends<Result>(
  texts: readonly string[],
  use: (home: string) => Promise<Result>,
): Promise<Result> {
  return inPackage(async (home) => {
    for (const [index, text] of texts.entries()) await compileInto(home, folderOf(home, index), text);
    return use(home);
  });
}

/** With the repository's own runtime: what is the same in all backends is then loaded, and its types checked, once. */
async function inPackage<Result>(use: (home: string) => Promise<Result>): Promise<Result> {
  const home = createFolder('random');
  try {
    symlinkSync(RUNTIME, join(home, 'runtime'));
    return await use(home);
  } finally {
    removeFolder(home);
  }
}

/** Where the backend of a place lies. */
export function folderOf(home: string, index: number): string {
  return join(home, String(index));
}

/** All of them are one package, which says where their runtime is. */
async function compileInto(home: string, folder: string, text: string): Promise<void> {
  const spec = { file: 'app.yaml', text };
  const { files, diagnostics } = await compile({
    spec,
    history: NO_HISTORY,
    ticks: [],
    dependencies: [],
    runtime: [],
  });
  if (files.length === 0) throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  for (const { path, text: content } of files) {
    const target = join(path === 'package.json' ? home : folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
