import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../architecture/read-sources.ts';
import { compileText } from '../determinism/compile-text.ts';
import { FUZZ_FAULTS, INJECTION_FAULT } from '../fuzz/fuzz-faults.ts';
import { TOUR_FAULTS } from '../tour/tour-faults.ts';
import { MORE_FAULTS, QUICK_FAULTS } from './faults.ts';
import type { SeededFault } from './seeded-fault.ts';

const SPECS: Readonly<Record<string, readonly SeededFault[]>> = {
  'test/specs/lending-library/app.yaml': [...FUZZ_FAULTS, INJECTION_FAULT, ...TOUR_FAULTS],
  'test/faults/app.yaml': [...QUICK_FAULTS, ...MORE_FAULTS],
};

test.each(Object.entries(SPECS))(
  'the mistakes that long suites make in %s still have their places',
  async (spec, faults) => {
    const files = await compileText(readFileSync(join(ROOT, spec), 'utf8'));
    const textOf = (file: string): string => {
      if (file === '.sql') return [...files].find(([path]) => /^migrations\/.*\.sql$/.test(path))?.[1] ?? '';
      return file.startsWith('runtime/') ? readFileSync(join(ROOT, file), 'utf8') : (files.get(file) ?? '');
    };
    expect(faults.filter(({ file, find }) => !textOf(file).includes(find)).map(({ name }) => name)).toEqual([]);
  },
);
