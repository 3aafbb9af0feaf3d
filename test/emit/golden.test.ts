import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { documentEmitters } from '../../compiler/emit/documents/document-emitters.ts';
import { infrastructureEmitters } from '../../compiler/emit/infrastructure/infrastructure-emitters.ts';
import { emitAll, emitInput } from './emit-fixture.ts';
import { fixtureApp } from './fixture-app.ts';

/** Rewritten by UPDATE_GOLDEN=1 (or GOLDEN=1). Names get a suffix, so that no tool takes the files for its own. */
const DIRECTORY = join(import.meta.dirname, 'cases/fixture');
const SUFFIX = '.golden';

const emitted = emitAll(
  [...documentEmitters, ...infrastructureEmitters],
  emitInput(fixtureApp, { ticks: { 'config.tls': 'done' } }),
);

if (process.env['UPDATE_GOLDEN'] || process.env['GOLDEN']) {
  rmSync(DIRECTORY, { recursive: true, force: true });
  for (const [path, text] of emitted) {
    const file = join(DIRECTORY, path + SUFFIX);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function goldenPaths(): readonly string[] {
  if (!existsSync(DIRECTORY)) return [];
  const files = readdirSync(DIRECTORY, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(DIRECTORY, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  return paths.map((path) => path.slice(0, -SUFFIX.length)).toSorted();
}

test('the same files are emitted as were committed', () => {
  expect([...emitted.keys()].toSorted()).toEqual(goldenPaths());
});

test.each([...emitted.keys()])('%s is what was committed', (path) => {
  expect(emitted.get(path)).toBe(readFileSync(join(DIRECTORY, path + SUFFIX), 'utf8'));
});
