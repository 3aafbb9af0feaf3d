import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompiledBackend } from './compiled-backend.ts';
import { QUICK_FAULTS } from './faults.ts';

let backend: CompiledBackend;

beforeAll(async () => {
  backend = await CompiledBackend.create();
});
afterAll(() => backend.remove());

test('the same tests of a sound backend pass', async () => {
  const titles = QUICK_FAULTS.map(({ resource, fails }) => `${resource} ${fails}`);
  const { code, failed, passed, output } = await backend.run(titles);
  expect({ code, failed }, output).toEqual({ code: 0, failed: [] });
  expect(passed).toBe(titles.length);
}, 60_000);

test.for(QUICK_FAULTS)('the compiled tests see that $name', async (fault) => {
  const { code, failed, output } = await backend.runWith(fault);
  expect(failed, output).toContain(fault.fails);
  expect(code).toBe(1);
});
