import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCycle } from './find-cycle.ts';
import { ROOT, parseSource, readSources } from './read-sources.ts';
import type { SourceFile } from './read-sources.ts';
import { mayImport, roomOf } from './rooms.ts';

const SOURCES = readSources('compiler', 'runtime');

test('a room imports only what the table allows', () => {
  expect(forbiddenImports(SOURCES)).toEqual([]);
});

test('every relative import names a file that exists, with its suffix', () => {
  const missing = SOURCES.flatMap((source) =>
    source.imports
      .filter((imported) => imported.target !== undefined && !existsSync(join(ROOT, imported.target)))
      .map((imported) => `${source.path}: ${imported.specifier}`),
  );
  expect(missing).toEqual([]);
});

test('no import is computed, so the graph below is the whole one', () => {
  const computed = SOURCES.filter((source) => source.imports.some((imported) => imported.specifier === '(computed)'));
  expect(computed.map((source) => source.path)).toEqual([]);
});

test('files form no cycle', () => {
  expect(findCycle(graphOf(SOURCES, (path) => path))).toBeUndefined();
});

test('rooms form no cycle', () => {
  expect(findCycle(graphOf(SOURCES, roomOf))).toBeUndefined();
});

test('a cycle, and an import against the table, are found', () => {
  const sources = [
    parseSource('runtime/http/a.ts', "import { b } from '../crud/b.ts';"),
    parseSource('runtime/crud/b.ts', "export type A = import('../http/a.ts').A;"),
    parseSource('compiler/model/c.ts', "const x = await import('../emit/d.ts');"),
    parseSource('runtime/jobs/e.ts', "export { plan } from '../../compiler/plan/plan.ts';"),
    parseSource('compiler/unheard-of/f.ts', "import '../model/app.ts';"),
  ];
  expect(findCycle(graphOf(sources, roomOf))).toEqual(['runtime/http', 'runtime/crud', 'runtime/http']);
  expect(forbiddenImports(sources)).toEqual([
    'compiler/model/c.ts: ../emit/d.ts',
    'runtime/jobs/e.ts: ../../compiler/plan/plan.ts',
    'compiler/unheard-of/f.ts: ../model/app.ts',
  ]);
});

function forbiddenImports(sources: readonly SourceFile[]): readonly string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter(({ target }) => target !== undefined && !mayImport(roomOf(source.path), roomOf(target)))
      .map((imported) => `${source.path}: ${imported.specifier}`),
  );
}

function graphOf(sources: readonly SourceFile[], name: (path: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const source of sources) {
    const from = name(source.path);
    const edges = graph.get(from) ?? new Set();
    graph.set(from, edges);
    for (const { target } of source.imports) if (target !== undefined && name(target) !== from) edges.add(name(target));
  }
  return graph;
}
