/** Runs the tests of every workflow case and prints how many cases pass: `node test/migrations/workflows/workflow-report.ts`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { WORKFLOW_CASES, type WorkflowCase } from './workflow-cases.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Names of the tests that passed, and of those that did not, by their file below `test/`. */
type Outcomes = ReadonlyMap<string, readonly { readonly title: string; readonly passed: boolean }[]>;

const outcomes = runTests([...new Set(Object.values(WORKFLOW_CASES).flatMap(({ tests }) => Object.keys(tests)))]);
const failures = Object.entries(WORKFLOW_CASES).flatMap(([id, item]) => failuresOf(id, item));
const failed = new Set(failures.map(({ id }) => id)).size;
const total = Object.keys(WORKFLOW_CASES).length;
process.stdout.write(
  `${failures.map(({ id, problem }) => `${id}: ${problem}\n`).join('')}${total - failed}/${total} workflow cases pass\n`,
);
process.exitCode = failed === 0 ? 0 : 1;

function failuresOf(id: string, { tests }: WorkflowCase): readonly { readonly id: string; readonly problem: string }[] {
  if (Object.keys(tests).length === 0) return [{ id, problem: 'no test tries it yet' }];
  return Object.entries(tests).flatMap(([file, titles]) =>
    titles.flatMap((title) => {
      const [start = '', end = ''] = title.split('%s');
      const isMeant = (name: string): boolean => name.startsWith(start) && (end === '' || name.includes(end));
      const runs = (outcomes.get(file) ?? []).filter((run) => isMeant(run.title));
      if (runs.length === 0) return [{ id, problem: `no test "${title}" ran in ${file}` }];
      return runs.every(({ passed }) => passed) ? [] : [{ id, problem: `"${title}" fails in ${file}` }];
    }),
  );
}

function runTests(files: readonly string[]): Outcomes {
  const folder = mkdtempSync(join(tmpdir(), 'supercompile-workflows-'));
  const report = join(folder, 'report.json');
  const present = files.map((file) => join('test', file)).filter((file) => existsSync(join(ROOT, file)));
  try {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    spawnSync(process.execPath, [vitest, 'run', '--reporter=json', `--outputFile=${report}`, ...present], {
      cwd: ROOT,
      stdio: 'ignore',
    });
    return readOutcomes(JSON.parse(readFileSync(report, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

function readOutcomes({ testResults }: Report): Outcomes {
  return new Map(
    testResults.map(({ name, assertionResults }) => [
      relative(join(ROOT, 'test'), name),
      assertionResults.map(({ title, status }) => ({ title, passed: status === 'passed' })),
    ]),
  );
}
