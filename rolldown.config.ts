import { defineConfig } from 'rolldown';

/**
 * The packed command in a few files: loading some three hundred modules one by one is most of what `check` takes.
 * What runs only in a compiled backend, or with a database, stays a package of its own.
 */
export default defineConfig({
  input: {
    main: 'compiler/cli/main.ts',
    'progress-painter': 'compiler/cli/progress-painter.ts',
    compile: 'compiler/compile.ts',
  },
  platform: 'node',
  logLevel: 'warn',
  external: (id) =>
    /^[a-z@]/.test(id) && !/^(@marcbachmann\/cel-js|commander|diff|fastest-levenshtein|pluralize|yaml)(\/|$)/.test(id),
  output: { dir: 'dist', format: 'esm' },
});
