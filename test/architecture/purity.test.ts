import { expect, test } from 'vitest';
import { parseSource, readSources } from './read-sources.ts';
import type { SourceFile, SyntaxNode } from './read-sources.ts';

/** Where the outside world may be touched; everything else of the compiler is a function of its arguments. */
const SHELL = ['compiler/cli/', 'compiler/output/disk/', 'compiler/verify/'];

const GLOBALS = new Set([
  'Date',
  'Intl',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

const MEMBERS = /^(localeCompare|toLocale[A-Z]\w*)$/;

/** The only parts of Node that pure code may take. */
const NODE_IMPORTS: { readonly [module: string]: readonly string[] } = {
  'node:crypto': ['createHash', 'hash'],
  'node:path/posix': [],
};

test('compile touches no file, clock, chance, locale, environment, network or console', () => {
  const pure = readSources('compiler').filter((source) => !SHELL.some((folder) => source.path.startsWith(folder)));
  expect(pure.flatMap(findImpurities)).toEqual([]);
});

test('each kind of impurity is found', () => {
  const text = `
    import { readFileSync } from 'node:fs';
    import { randomBytes } from 'node:crypto';
    import { createHash } from 'node:crypto';
    const fine = { process: 1, Date: 2 }.process + other.console + "process.env Date";
    const bad = [new Date(), Math.random(), a.localeCompare(b), process.env, import.meta.dirname];`;
  expect(findImpurities(parseSource('compiler/x.ts', text))).toEqual([
    'compiler/x.ts: node:fs',
    'compiler/x.ts: node:crypto',
    'compiler/x.ts: Date',
    'compiler/x.ts: Math.random',
    'compiler/x.ts: localeCompare',
    'compiler/x.ts: process',
    'compiler/x.ts: import.meta',
  ]);
});

function findImpurities(source: SourceFile): readonly string[] {
  const modules = source.imports
    .filter(({ specifier, names }) => specifier.startsWith('node:') && !isAllowed(specifier, names))
    .map(({ specifier }) => specifier);
  return [...modules, ...findUses(source.nodes)].map((found) => `${source.path}: ${found}`);
}

function isAllowed(module: string, names: readonly string[]): boolean {
  const allowed = NODE_IMPORTS[module];
  return allowed !== undefined && (allowed.length === 0 || names.every((name) => allowed.includes(name)));
}

function findUses(nodes: readonly SyntaxNode[]): readonly string[] {
  // A name after a dot or before a colon is not the global of that name.
  const labels = new Set(nodes.flatMap((node) => (node['computed'] === false ? [node['property'], node['key']] : [])));
  return nodes.flatMap((node) => {
    if (node.type === 'MetaProperty') return ['import.meta'];
    if (node.type === 'MemberExpression') return memberUse(node);
    return node.type === 'Identifier' && !labels.has(node) && GLOBALS.has(nameOf(node)) ? [nameOf(node)] : [];
  });
}

function memberUse(node: SyntaxNode): readonly string[] {
  const property = nameOf(node['property']);
  if (MEMBERS.test(property)) return [property];
  return property === 'random' && nameOf(node['object']) === 'Math' ? ['Math.random'] : [];
}

function nameOf(node: unknown): string {
  return typeof node === 'object' && node !== null && 'name' in node ? String(node.name) : '';
}
