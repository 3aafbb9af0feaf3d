import { compile } from '../../compiler/compile.ts';
import type { OutputFile } from '../../compiler/emit/file.ts';
import { historyFromFiles, type History, NO_HISTORY } from '../../compiler/plan/migration/history.ts';

/** The files of a spec in memory, by path and without the runtime; @throws Error naming what is wrong with it. */
export async function compileText(text: string, history: History = NO_HISTORY): Promise<ReadonlyMap<string, string>> {
  const { files, diagnostics } = await compile({
    spec: { file: 'app.yaml', text },
    history,
    ticks: [],
    dependencies: [],
    runtime: [],
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(errors.map(({ line, code, message }) => `${line}: ${code} ${message}`).join('\n'));
  return new Map(files.map(({ path, text: content }: OutputFile) => [path, content]));
}

/** The migrations of compiled files, as if they were committed. */
export function sealedHistory(files: ReadonlyMap<string, string>): History {
  const migrations = [...files].filter(
    ([path]) => path.startsWith('migrations/') && path !== 'migrations/snapshot.json',
  );
  return historyFromFiles(
    new Map(migrations.map(([path, text]) => [path.slice('migrations/'.length), text])),
    () => true,
  );
}
