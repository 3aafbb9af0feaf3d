import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUICK_WASM, runNode } from '../end-to-end/compiled-backend.ts';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { folderOf, inBackends } from './in-backends.ts';
import type { Tried, Trial } from './trial.ts';

/** A trial of the specs of some places. */
export type SpecTrial = Omit<Trial, 'folders'>;

/** What is wrong with the backends of specs: of each its types and what the trials find. */
export async function checkSpecs(
  texts: readonly string[],
  trials: readonly SpecTrial[],
): Promise<readonly (readonly string[])[]> {
  return inBackends(texts, async (home) => {
    const folders = texts.map((_, index) => folderOf(home, index));
    const types = await typeErrorsOf(home);
    const found = [types, ...(await Promise.all(trials.map((trial) => tryAll({ ...trial, folders }))))];
    return texts.map((_, index) => found.flatMap((problems) => problems(index)));
  });
}

type ProblemsAt = (index: number) => readonly string[];

/** In one program: most of what there is to be read and checked is the same in all of them. */
async function typeErrorsOf(home: string): Promise<ProblemsAt> {
  const include = ['*/app', '*/custom', '*/test'];
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ extends: './0/tsconfig.json', include }));
  const errors = (await typeErrors(home)).split('\n').filter((line) => line !== '');
  const placeOf = (line: string): string | undefined => /^(\d+)\//.exec(line)?.[1];
  const others = errors.filter((line) => placeOf(line) === undefined && !line.startsWith(' '));
  if (others.length > 0) throw new Error(others.join('\n'));
  return (index) => errors.filter((line) => placeOf(line) === String(index)).map((line) => `tsc: ${line}`);
}

async function tryAll(trial: Trial): Promise<ProblemsAt> {
  const script = join(import.meta.dirname, 'tour-backends.ts');
  const { code, stdout, stderr } = await runNode('.', [QUICK_WASM, script, JSON.stringify(trial)]);
  const tried = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Tried);
  const database = trial.url === '' ? 'PGlite' : 'Postgres';
  const ended = `the trial ended with ${code} before it: ${stderr}`;
  return (index) =>
    (tried.find((one) => one.index === index)?.failures ?? [ended]).map((failure) => `${database}: ${failure}`);
}
