import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDependencies } from '../../compiler/cli/read-dependencies.ts';
import { dependencies as pinned } from '../../compiler/emit/infrastructure/dependencies.ts';
import { GOOD_SPEC, folderWith, runCommand } from './run-command.ts';

const NANOID = '{\n  "dependencies": { "nanoid": "^5.1.6" },\n  "devDependencies": { "@types/qs": "latest" }\n}\n';

function packageJson(cwd: string): {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(cwd, 'backend/package.json'), 'utf8'));
}

test('packages of custom/dependencies.json are merged into package.json, sorted, and go with their line', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  expect((await runCommand({ cwd })).status).toBe(0);
  const before = packageJson(cwd);
  const scaffold = readFileSync(join(cwd, 'backend/custom/dependencies.json'), 'utf8');
  expect(JSON.parse(scaffold)).toEqual({ dependencies: {}, devDependencies: {} });
  writeFileSync(join(cwd, 'backend/custom/dependencies.json'), NANOID);
  expect((await runCommand({ cwd })).status).toBe(0);
  const { dependencies, devDependencies } = packageJson(cwd);
  expect(dependencies).toEqual({ ...pinned, nanoid: '^5.1.6' });
  expect(devDependencies).toEqual({ ...before.devDependencies, '@types/qs': 'latest' });
  expect(Object.keys(dependencies)).toEqual(Object.keys(dependencies).toSorted());
  expect(Object.keys(devDependencies)).toEqual(Object.keys(devDependencies).toSorted());
  expect((await runCommand({ cwd }, 'build', '--check')).status).toBe(0);
  writeFileSync(join(cwd, 'backend/custom/dependencies.json'), scaffold);
  expect((await runCommand({ cwd })).status).toBe(0);
  expect(packageJson(cwd)).toEqual(before);
});

test('what npm install adds to package.json is refused with the way out, and accepted once it is named there', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd });
  const compiled = packageJson(cwd);
  // As npm writes it: two spaces, sorted.
  const added = Object.entries({ ...compiled.dependencies, nanoid: '^5.1.6' }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = `${JSON.stringify({ ...compiled, dependencies: Object.fromEntries(added) }, null, 2)}\n`;
  writeFileSync(join(cwd, 'backend/package.json'), text);
  const refused = await runCommand({ cwd });
  expect(refused.status).toBe(3);
  expect(refused.stdout).toContain(
    'SC5001 "package.json" is compiled and was edited by hand; name your packages in custom/dependencies.json',
  );
  writeFileSync(join(cwd, 'backend/custom/dependencies.json'), '{ "dependencies": { "nanoid": "^5.1.6" } }');
  expect((await runCommand({ cwd })).status).toBe(0);
  expect(readFileSync(join(cwd, 'backend/package.json'), 'utf8')).toBe(text);
});

test('a build with a malformed file writes nothing and says where', async () => {
  const cwd = folderWith({
    'app.yaml': GOOD_SPEC,
    'backend/custom/dependencies.json': '{ "dependencies": { "zod": "4" } }',
  });
  const run = await runCommand({ cwd });
  expect(run.status).toBe(1);
  expect(run.stdout).toContain(
    `custom/dependencies.json:1:21 error SC6112 "zod" is in every backend, pinned to ${pinned.zod}`,
  );
});

test.each([
  ['not json', 'dependencies: {}', 'SC6111', 1, 1],
  ['a comma too many', '{\n  "dependencies": {},,\n}', 'SC6111', 2, 22],
  ['a list', '[]', 'SC6111', 1, 1],
  ['nothing', '', 'SC6111', 1, 1],
  ['another key', '{\n  "peerDependencies": {}\n}', 'SC6111', 2, 3],
  ['a list of names', '{\n  "dependencies": ["nanoid"]\n}', 'SC6111', 2, 3],
  ['a version that is a number', '{ "dependencies": {\n  "nanoid": 5\n} }', 'SC6111', 2, 3],
  ['an empty version', '{ "dependencies": {\n  "nanoid": ""\n} }', 'SC6111', 2, 3],
  ['a name with capitals', '{ "dependencies": {\n  "NanoId": "5"\n} }', 'SC6111', 2, 3],
  ['a path for a name', '{ "dependencies": {\n  "../nanoid": "5"\n} }', 'SC6111', 2, 3],
  ['a name twice', '{ "dependencies": { "a": "1" },\n "devDependencies": { "a": "1" } }', 'SC6111', 2, 23],
  ['a pinned package of the tests', '{ "devDependencies": {\n  "typescript": "5" } }', 'SC6112', 2, 3],
  ['far too much', `{ "dependencies": { "a": "${'1'.repeat(100_000)}" } }`, 'SC6111', 1, 1],
])('%s is refused at its place', (_name, text, code, line, column) => {
  const { dependencies, diagnostics } = parseDependencies(text, 'custom/dependencies.json');
  expect(dependencies).toEqual([]);
  expect(diagnostics).toMatchObject([{ code, line, column }]);
});

test.each(['1.2.3', '^1.2.3', '>=1 <3 || 5.x', '*', 'latest', 'npm:other@1', 'github:ann/tool#main', 'file:../shared'])(
  'the version %s is left to npm',
  (version) => {
    const { dependencies } = parseDependencies(JSON.stringify({ dependencies: { '@ann/tool': version } }), 'f');
    expect(dependencies).toEqual([{ kind: 'dependencies', name: '@ann/tool', version }]);
  },
);
