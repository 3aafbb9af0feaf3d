import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompiledBackend } from '../faults/compiled-backend.ts';
import { MORE_FAULTS } from '../faults/faults.ts';

let backend: CompiledBackend;

beforeAll(async () => {
  backend = await CompiledBackend.create();
});
afterAll(() => backend.remove());

test('all tests of a sound backend pass', async () => {
  const { code, failed, passed, output } = await backend.run([]);
  expect({ code, failed }, output).toEqual({ code: 0, failed: [] });
  expect(passed).toBeGreaterThan(600);
});

test.for(MORE_FAULTS)('the compiled tests see that $name', async (fault) => {
  const { code, failed, output } = await backend.runWith(fault);
  expect(failed, output).toContain(fault.fails);
  expect(code).toBe(1);
});
