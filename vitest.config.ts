import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';
import { SlowestFirst } from './test/slowest-first.ts';
import { temporaryDirectory } from './test/temporary-directory.ts';

// Workers and what they start inherit it.
process.env['TMPDIR'] = temporaryDirectory();

/**
 * Two workers: the reference machine has two cores, and every worker may hold a PGlite of some 200 MB. Test
 * files share a worker and its modules, since loading those anew for each file is a quarter of the suite's work;
 * and WebAssembly is compiled once, quickly: no test runs for so long that better code would pay for itself.
 */
export default defineConfig({
  test: {
    include: process.env['TEST_LONG'] ? ['test/long/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: process.env['TEST_LONG'] ? [] : ['test/long/**', 'test/bench/**', 'test/**/cases/**'],
    globalSetup: ['test/postgres-setup.ts'],
    pool: 'forks',
    isolate: false,
    execArgv: ['--liftoff-only'],
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    // Many times what the slowest takes: a machine with other work makes no test fail.
    testTimeout: process.env['TEST_LONG'] ? 600_000 : 120_000,
    hookTimeout: 120_000,
    env: { APP_ENV: 'test' },
    // A heavy suite tells of each test once that ends, since its files take many minutes.
    reporters: [process.env['TEST_LONG'] ? 'verbose' : 'default', new CountsReporter()],
  },
});
