import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { CommandResult } from '../../compiler/cli/command-result.ts';
import { migrateVerify } from '../../compiler/cli/migrate-verify.ts';
import { spec } from '../migrations/plan-spec.ts';
import { temporaryFolder } from '../output/temporary-folder.ts';
import { Project } from './branching.ts';

const lead = (...fields: readonly string[]): string =>
  spec({ Lead: ['fields:', '  name: { type: string }', ...fields.map((field) => `  ${field}`)].join('\n') });

afterEach(() => void vi.unstubAllEnvs());

/** Three migrations in git. */
async function committed(): Promise<Project> {
  vi.stubEnv('DATA_DIR', join(temporaryFolder(), 'data'));
  const project = new Project(lead(), true);
  await project.commit();
  await project.commit(lead('a: { type: date, optional: true }'));
  await project.commit(lead('a: { type: date, optional: true }', 'b: { type: date, optional: true }'));
  return project;
}

const codes = ({ diagnostics }: CommandResult): readonly string[] =>
  diagnostics.map(({ code, file }) => `${code} ${file.replace(/^.*(?=0\d{3}_|snapshot)/, '')}`);

test('whatever of the history is lost or edited, check and verify say which file', async () => {
  const project = await committed();
  const verify = async (): Promise<readonly string[]> => codes(await migrateVerify(project.backend));
  expect(await verify()).toEqual([]);
  const [, second] = project.migrations();
  const id = second?.id ?? '';
  const file = (name: string): string => join(project.backend, 'migrations', name);
  for (const ending of ['sql', 'json', 'down.sql']) rmSync(file(`${id}.${ending}`));
  expect((await project.check()).map(({ code }) => code)).toEqual(['SC5005', 'SC5005', 'SC5005']);
  project.git('checkout', '-q', '.');
  expect(await project.check()).toEqual([]);

  project.git('rm', '-q', '--cached', file(`${id}.down.sql`));
  project.git('commit', '-q', '-m', 'lost');
  rmSync(file(`${id}.down.sql`));
  expect(await verify()).toEqual([`SC4101 ${id}.down.sql`]);
  project.git('checkout', '-q', 'HEAD~1', '--', '.');

  const snapshot = file('snapshot.json');
  const text = readFileSync(snapshot, 'utf8');
  writeFileSync(snapshot, text.replace('"name": "b"', '"name": "c"'));
  expect(await verify()).toEqual(['SC5011 snapshot.json']);
  writeFileSync(snapshot, text);
  expect(await verify()).toEqual([]);
});
