import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { spec } from '../migrations/plan-spec.ts';
import { Project } from './branching.ts';

const lead = (...fields: readonly string[]): string =>
  spec({ Lead: ['fields:', '  name: { type: string }', ...fields.map((field) => `  ${field}`)].join('\n') });
const NOTES = 'notes: { type: text, optional: true }';
const SCORE = 'score: { type: integer, default: 0, min: 0 }';

/** A merge whose conflicts were taken from one side, so that no marker says of the rest that a merge made it. */
async function merged(side: '--ours' | '--theirs'): Promise<Project> {
  const project = new Project(lead(), true);
  await project.commit();
  await project.branch('theirs', 'main', lead(NOTES));
  await project.branch('mine', 'main', lead(SCORE));
  const unmerged = project.merge('theirs', lead(NOTES, SCORE)).filter((name) => name !== 'app.yaml');
  expect(unmerged).toContain('backend/manifest.json');
  project.git('checkout', '-q', side, ...unmerged);
  await project.rebase();
  return project;
}

test.each(['--ours', '--theirs'] as const)(
  'what git merged by itself beside conflicts taken with %s is no edit',
  async (side) => {
    const project = await merged(side);
    expect(project.git('diff', '--name-only', 'HEAD', 'MERGE_HEAD', '--', 'backend/app/docs/openapi.json')).not.toBe(
      '',
    );
    expect(await project.build()).toEqual([]);
  },
);

test('nor is it once the merge is committed, but what a hand wrote is', async () => {
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
