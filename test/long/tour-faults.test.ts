import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend } from '../end-to-end/compiled-backend.ts';
import { tourBackend } from '../end-to-end/tour-backend.ts';
import { TOUR_FAULTS } from '../tour/tour-faults.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

let folder = '';

beforeAll(async () => {
  folder = createFolder('faults');
  await buildBackend('test/specs/lending-library/app.yaml', folder);
});

afterAll(() => removeFolder(folder));

test.for(TOUR_FAULTS)('the tour sees that $name', async ({ file, find, replace, says }) => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  try {
    const { failures } = await tourBackend(folder, { LOG_LEVEL: 'silent' });
    expect(
      failures.filter((failure) => says.test(failure)),
      failures.slice(0, 5).join('\n'),
    ).not.toEqual([]);
  } finally {
    writeFileSync(path, text);
    rmSync(join(folder, '.data'), { recursive: true, force: true });
  }
});
