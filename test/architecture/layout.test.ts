import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, readSources } from './read-sources.ts';

const SOURCES = readSources('compiler', 'runtime');

/** What stands at the top, and why it must: everything else has a room. */
const TOP_LEVEL = [
  '.ci',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  '.oxlintrc.json',
  '.prettierignore',
  '.prettierrc.json',
  'AGENTS.md',
  'ARCHITECTURE.md',
  'LICENSE',
  'README.md',
  'compiler',
  'docs',
  'examples',
  'knip.json',
  'package-lock.json',
  'package.json',
  'rolldown.config.ts',
  'runtime',
  'schemas',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
];

test('nothing new stands at the top of the repository', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  const names = new Set(
    tracked
      .trim()
      .split('\n')
      .map((path) => path.split('/')[0] ?? ''),
  );
  expect([...names].filter((name) => !TOP_LEVEL.includes(name))).toEqual([]);
});

test('no source file is longer than 300 lines', () => {
  const long = SOURCES.filter((source) => source.text.split('\n').length > 301);
  expect(long.map((source) => source.path)).toEqual([]);
});

test('no source file exports a default', () => {
  const guilty = SOURCES.filter((source) => source.nodes.some((node) => node.type === 'ExportDefaultDeclaration'));
  expect(guilty.map((source) => source.path)).toEqual([]);
});

test('files and folders are kebab-case and none is a drawer for odds and ends', () => {
  const wrong = SOURCES.map((source) => source.path).filter((path) => {
    const segments = [...dirname(path).split('/'), basename(path, '.ts')];
    return segments.some(
      (name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /^(utils?|helpers?|common|misc|index)$/.test(name),
    );
  });
  expect(wrong).toEqual([]);
});

test('compiled text and sources never name a machine, a home folder or a registry', () => {
  const guilty = SOURCES.filter((source) => /\/(home|root|Users)\/\w|registry\.npmjs|\/work\//.test(source.text));
  expect(guilty.map((source) => source.path)).toEqual([]);
});
