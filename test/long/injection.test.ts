import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend } from '../end-to-end/compiled-backend.ts';
import { createDatabase } from '../end-to-end/seed-rows.ts';
import { injectBackend, startRememberingPostgres } from '../fuzz/inject-backend.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SPECS = [
  'examples/lead-tracker',
  'test/specs/aarhus-zoo',
  'test/specs/awkward-names',
  'test/specs/field-station',
  'test/specs/lending-library',
  'test/specs/long-names',
  'test/specs/one-field',
];

const REQUESTS = 5_000;
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

let server: Awaited<ReturnType<typeof startRememberingPostgres>>;
beforeAll(async () => {
  server = await startRememberingPostgres();
});
afterAll(() => server.close());

test.each(SPECS)('SQL in any part of a request has no effect on %s', async (spec) => {
  const name = spec.split('/').at(-1) ?? '';
  const folder = createFolder(name);
  try {
    await buildBackend(join(spec, 'app.yaml'), folder);
    const url = await createDatabase(server.url, `injection_${name.replaceAll('-', '_')}`);
    const { failures, requests, statements } = await injectBackend(
      folder,
      url,
      { seed: SEED, requests: REQUESTS },
      REQUESTS,
    );
    process.stdout.write(`seed ${SEED}: ${requests} requests, ${statements} different statements\n`);
    expect(failures).toEqual([]);
  } finally {
    removeFolder(folder);
  }
});
