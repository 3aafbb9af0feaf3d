import type { CustomDependency } from '../../plan/custom-dependencies.ts';
import type { Emitter } from '../emitter.ts';
import { jsonText } from '../json-text.ts';
import { dependencies, devDependencies, NODE_VERSION, START_COMMAND } from './dependencies.ts';

/** Prints `package.json`, `tsconfig.json` and `.node-version`. */
export const emitPackage: Emitter = ({ app, dependencies: own }) => [
  { path: 'package.json', text: jsonText(packageJson(app.name, own)), owner: 'compiler' },
  { path: 'tsconfig.json', text: jsonText(TSCONFIG), owner: 'compiler' },
  { path: '.node-version', text: `${NODE_VERSION}\n`, owner: 'compiler' },
];

function packageJson(name: string, own: readonly CustomDependency[]): object {
  return {
    name,
    version: '0.0.0',
    private: true,
    license: 'UNLICENSED',
    type: 'module',
    engines: { node: '>=22.18' },
    imports: { '#runtime/*': './runtime/*' },
    scripts: {
      start: START_COMMAND.join(' '),
      migrate: 'node app/migrate.ts',
      test: 'node --test test/all.test.ts',
      typecheck: 'tsc',
    },
    dependencies: withOwn(dependencies, own, 'dependencies'),
    devDependencies: withOwn(devDependencies, own, 'devDependencies'),
    // Analytics at installation, of a package that swagger-ui-dist brings along.
    allowScripts: { '@scarf/scarf': false },
    scarfSettings: { enabled: false },
  };
}

/** The packages of the runtime and those of the user's code, by name, as npm would sort them. */
function withOwn(
  pinned: Readonly<Record<string, string>>,
  own: readonly CustomDependency[],
  wanted: CustomDependency['kind'],
): Readonly<Record<string, string>> {
  const added = own.filter(({ kind }) => kind === wanted).map(({ name, version }) => [name, version] as const);
  const all = [...Object.entries(pinned), ...added];
  return Object.fromEntries(all.toSorted(([left], [right]) => (left < right ? -1 : 1)));
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
