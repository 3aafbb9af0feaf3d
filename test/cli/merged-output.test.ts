import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spec } from '../migrations/plan-spec.ts';
import { Project } from './branching.ts';

/** Two entities far from each other in every document: git merges those, but neither the manifest nor the snapshot. */
const two = (account: string, zebra: string): string =>
  spec(
    Object.fromEntries(
      ['Account', 'Middle', 'Other', 'Zebra'].map((name) => {
        const extra = name === 'Account' ? account : name === 'Zebra' ? zebra : '';
        return [name, `fields:\n  name: { type: string }${extra === '' ? '' : `\n  ${extra}`}`];
      }),
    ),
  );
const NOTES = 'notes: { type: text, optional: true }';
const SCORE = 'score: { type: integer, default: 0, min: 0 }';

/** A merge whose conflicts were taken from one side, so that no marker says of the rest that a merge made it. */
async function merged(side: '--ours' | '--theirs'): Promise<Project> {
  const project = new Project(two('', ''), true);
  await project.commit();
  await project.branch('theirs', 'main', two(NOTES, ''));
  await project.branch('mine', 'main', two('', SCORE));
  const unmerged = project
    .merge('theirs', two(NOTES, SCORE.replace('0, min', '1, min')))
    .filter((name) => name !== 'app.yaml');
  expect(unmerged).toContain('backend/manifest.json');
  expect(unmerged).not.toContain('backend/app/docs/openapi.json');
  project.git('checkout', '-q', side, ...unmerged);
  await project.rebase();
  return project;
}

test('what git merged by itself beside conflicts taken with --theirs is no edit', async () => {
  const project = await merged('--theirs');
  expect(project.git('diff', '--name-only', 'HEAD', 'MERGE_HEAD', '--', 'backend/app/docs/openapi.json')).not.toBe('');
  expect(await project.build()).toEqual([]);
});

test('with --ours neither, once the merge is committed, but what a hand wrote is', async () => {
  const project = await merged('--ours');
  project.git('add', '-A');
  project.git('commit', '-q', '--no-verify', '-m', 'merge');
  appendFileSync(join(project.backend, 'app/docs/api.md'), 'mine\n');
  const found = await project.build();
  expect(found.map(({ code, file }) => [code, file.replace(/.*backend\//, '')])).toEqual([
    ['SC5001', 'app/docs/api.md'],
  ]);
  project.git('checkout', '-q', 'HEAD', '--', 'backend/app/docs/api.md');
  expect(await project.build()).toEqual([]);
});
