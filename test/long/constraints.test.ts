import { expect, test } from 'vitest';
import { buildBackend, runTool } from '../end-to-end/compiled-backend.ts';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

test('a backend with checks, frozen rows and computed fields passes its own types and tests', async () => {
  const folder = createFolder('constraints');
  try {
    await buildBackend('test/constraints/app.yaml', folder);
    expect(await typeErrors(folder)).toBe('');
    const { code, stdout } = await runTool(folder, 'npm', ['test']);
    expect(code, stdout.slice(-3000)).toBe(0);
  } finally {
    removeFolder(folder);
  }
});
