import type { Emitter } from '../emitter.ts';
import { jsonText } from '../json-text.ts';
import { dependencies, devDependencies, NODE_VERSION } from './dependencies.ts';

/** Prints `package.json`, `tsconfig.json` and `.node-version`. */
export const emitPackage: Emitter = ({ app }) => [
  { path: 'package.json', text: jsonText(packageJson(app.name)), owner: 'compiler' },
  { path: 'tsconfig.json', text: jsonText(TSCONFIG), owner: 'compiler' },
  { path: '.node-version', text: `${NODE_VERSION}\n`, owner: 'compiler' },
];

function packageJson(name: string): object {
  return {
    name,
    version: '0.0.0',
    private: true,
    license: 'UNLICENSED',
    type: 'module',
    engines: { node: '>=22.18' },
    imports: { '#runtime/*': './runtime/*' },
    scripts: {
      start: 'node app/main.ts',
      migrate: 'node app/migrate.ts',
      test: 'node --test test/all.test.ts',
      typecheck: 'tsc',
    },
    dependencies,
    devDependencies,
    // Analytics at installation, of a package that swagger-ui-dist brings along.
    allowScripts: { '@scarf/scarf': false },
    scarfSettings: { enabled: false },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['app', 'custom', 'runtime', 'test'],
} as const;
