import { execFileSync, spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../architecture/read-sources.ts';
import { packOnce, runNpm, shellEnvironment } from './pack-once.ts';

/** The packed package, installed in an empty folder outside the checkout, as a user would. */
let home: string;

const VERSION = readVersion(join(ROOT, 'package.json'));

/** PATH without the checkout's own Node in front. */
const PATHS = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));

const OLD_NODE = PATHS.map((folder) => join(folder, 'node')).find(isOldNode);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'supercompile-package-'));
  const tarball = await packOnce();
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  runNpm(home, 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball);
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test('npx supercompile runs from the packed package alone', () => {
  const run = runCommand(dirname(process.execPath), '--version');
  expect(run).toMatchObject({ status: 0, stdout: `${VERSION}\n` });
});

test('the package holds the build, the schemas and the runtime, and no sources or tests', () => {
  const folder = join(home, 'node_modules/supercompile');
  // Its own node_modules/ is the cache of compiled code.
  const top = readdirSync(folder).filter((name) => !/^(README|LICENSE|package\.json|node_modules)/.test(name));
  expect(top.toSorted()).toEqual([
    'AGENTS.md',
    'ARCHITECTURE.md',
    'compiler',
    'dist',
    'docs',
    'examples',
    'runtime',
    'schemas',
  ]);
  const links = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/\]\((?!http)([^)#]+)/g)];
  expect(links.map(([, target = '']) => target).filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  const sources = readdirSync(join(folder, 'compiler'), { recursive: true, withFileTypes: true });
  expect(sources.filter((entry) => entry.isFile()).map((entry) => entry.name)).toEqual(['supercompile.js']);
  expect(existsSync(join(folder, 'dist/test'))).toBe(false);
  expect(readFileSync(join(folder, 'dist/compiler/compile.d.ts'), 'utf8')).toContain('compile(');
});

test('it compiles, and the installed schemas and runtime are found', () => {
  writeFileSync(join(home, 'app.yaml'), SPEC);
  const node = dirname(process.execPath);
  expect(runCommand(node, 'build')).toMatchObject({ status: 0 });
  expect(runCommand(node, 'build', '--check')).toMatchObject({ status: 0, stdout: '' });
  const runtime = readdirSync(join(home, 'node_modules/supercompile/runtime'), { recursive: true }).map(String);
  expect(readdirSync(join(home, 'backend/runtime'), { recursive: true }).map(String)).toEqual(runtime);
});

test('an old Node is told in one line how to get a newer one', (context) => {
  context.skip(OLD_NODE === undefined, 'no Node older than 22.18 on this machine');
  const run = runCommand(dirname(OLD_NODE ?? ''), '--version');
  expect(run).toMatchObject({ status: 78, stdout: '' });
  expect(run.stderr).toMatch(
    /^supercompile needs Node 22\.18 or later and this is \d.*npm install --save-dev node@26.*\n$/,
  );
});

test("an old Node hands over to the project's own, with its arguments and exit code", (context) => {
  context.skip(OLD_NODE === undefined, 'no Node older than 22.18 on this machine');
  const own = join(home, 'node_modules/.bin/node');
  mkdirSync(dirname(own), { recursive: true });
  symlinkSync(process.execPath, own);
  try {
    expect(runCommand(dirname(OLD_NODE ?? ''), '--version')).toMatchObject({ status: 0, stdout: `${VERSION}\n` });
    expect(runCommand(dirname(OLD_NODE ?? ''), 'explain', 'SC9999').status).toBe(2);
  } finally {
    rmSync(own);
  }
});

const SPEC = `supercompile: 1
name: greenhouse
auth: { provider: none }
entities:
  Plant:
    fields:
      name: { type: string, maxLength: 80 }
    access:
      everyone: { roles: [anonymous], allow: [create, read], rows: all }
`;

function runCommand(nodeFolder: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  const path = [nodeFolder, ...PATHS].join(delimiter);
  const command = join(home, 'node_modules/.bin/supercompile');
  return spawnSync(command, [...args], { cwd: home, encoding: 'utf8', env: { ...shellEnvironment(), PATH: path } });
}

function isOldNode(path: string): boolean {
  if (!existsSync(path)) return false;
  const [, major = 0, minor = 0] =
    /^v(\d+)\.(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))?.map(Number) ?? [];
  return major < 22 || (major === 22 && minor < 18);
}

function readVersion(path: string): string {
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : '';
}
