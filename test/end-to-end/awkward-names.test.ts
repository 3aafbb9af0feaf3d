import { afterAll, expect, test } from 'vitest';
import { buildBackend, createFolder, removeFolder, runTool } from './compiled-backend.ts';

const folder = createFolder('awkward-names');

afterAll(() => removeFolder(folder));

test('entities, fields and grants may be called like what the compiled code itself uses', async () => {
  await buildBackend('test/specs/awkward-names/app.yaml', folder);
  const { code, stdout } = await runTool(folder, 'tsc', ['-p', '.']);
  expect(stdout).toBe('');
  expect(code).toBe(0);
}, 60_000);
