import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { runTool } from './end-to-end/compiled-backend.ts';
import { createFolder, removeFolder } from './work-folder.ts';

const SKIPPING = `import { describe, test } from 'vitest';
import { isExpected } from '${join(import.meta.dirname, 'is-expected.ts')}';

test('runs', () => undefined);
describe.runIf(isExpected(false))('with a tool that is not here', () => {
  test('needs it', () => { if (!process.env.WORKS_WITHOUT) throw new Error('it is not here'); });
});
test.skipIf(process.env.LEAVE_OUT)('is left out', () => undefined);
`;

const CONFIG = `import { CountsReporter } from '${join(import.meta.dirname, 'counts-reporter.ts')}';
export default { test: { include: ['*.test.ts'], reporters: [new CountsReporter()] } };
`;

let folder = '';
beforeAll(() => {
  folder = createFolder('counts');
  writeFileSync(join(folder, 'skipping.test.ts'), SKIPPING);
  writeFileSync(join(folder, 'vitest.config.ts'), CONFIG);
});
afterAll(() => removeFolder(folder));

const NEEDS_IT = 'skipped: with a tool that is not here > needs it';
const LEFT_OUT = 'skipped: is left out';

test.concurrent.for([
  [{}, 0, [NEEDS_IT, '2 passed, 0 failed, 1 skipped']],
  [{ CI: 'true' }, 1, ['2 passed, 1 failed, 0 skipped']],
  [{ CI: 'true', WORKS_WITHOUT: '1', LEAVE_OUT: '1' }, 1, [LEFT_OUT, '2 passed, 0 failed, 1 skipped']],
] as const)(
  'what cannot be run is named, and fails where CI=true: %o',
  async ([environment, code, lines], { expect }) => {
    const outcome = await runTool(folder, 'vitest', ['run', '--root', folder], environment);
    expect({ code: outcome.code, lines: outcome.stdout.trim().split('\n') }).toEqual({ code, lines });
  },
);
