import { defineConfig } from 'vitest/config';
import { CountsReporter } from './test/counts-reporter.ts';

/** Two workers: the reference machine has two cores, and every worker may hold a PGlite of some 200 MB. */
export default defineConfig({
  test: {
    include: process.env['TEST_LONG'] ? ['test/long/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: process.env['TEST_LONG'] ? [] : ['test/long/**', 'test/bench/**', 'test/**/cases/**'],
    globalSetup: ['test/postgres-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: process.env['TEST_LONG'] ? 600_000 : 30_000,
    hookTimeout: 60_000,
    env: { APP_ENV: 'test' },
    reporters: ['default', new CountsReporter()],
  },
});
