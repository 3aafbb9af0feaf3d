import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../end-to-end/seed-rows.ts';
import { SET_UPS } from '../end-to-end/set-ups.ts';
import type { SeededFault } from '../faults/seeded-fault.ts';
import { buildInspected, fuzzBackend } from '../fuzz/fuzz-backend.ts';
import { FUZZ_FAULTS, INJECTION_FAULT } from '../fuzz/fuzz-faults.ts';
import { injectBackend, startRememberingPostgres } from '../fuzz/inject-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

let folder = '';

beforeAll(async () => {
  folder = createFolder('fuzz-faults');
  await buildInspected('test/specs/lending-library/app.yaml', folder);
});
afterAll(() => removeFolder(folder));

async function withFault<T>({ file, find, replace }: SeededFault, work: () => Promise<T>): Promise<T> {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  const changed = text.replace(find, () => replace);
  writeFileSync(path, changed);
  try {
    return await work();
  } finally {
    writeFileSync(path, text);
  }
}

test.for(FUZZ_FAULTS)('$check sees that $name', async (fault) => {
  const [setUp] = SET_UPS;
  const failures = await withFault(fault, async () => {
    const open = await setUp!.open(folder);
    try {
      return (await fuzzBackend(folder, open, { seed: 1, requests: 2_000, shrinks: false })).failures;
    } finally {
      await open.close();
    }
  });
  expect(
    failures.filter((failure) => failure.includes(`${fault.check}: `)),
    failures.slice(0, 5).join('\n'),
  ).not.toEqual([]);
});

test('SQL that is put together from what was sent is seen', async () => {
  const server = await startRememberingPostgres();
  try {
    const url = await createDatabase(server.url, 'injection_fault');
    const { failures } = await withFault(INJECTION_FAULT, () =>
      injectBackend(folder, url, { seed: 1, requests: 2_000 }),
    );
    expect(failures.join('\n')).toMatch(/Postgres was sent select \$1 where \$2 <> \$3 ?(?:\|\||and|or)/);
  } finally {
    await server.close();
  }
});
