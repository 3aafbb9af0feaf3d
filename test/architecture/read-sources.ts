import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseAst } from 'vitest/node';

/** The checkout's top folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** Any node of the syntax tree, as the parser gives it. */
export interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** One parsed TypeScript file of the repository. */
export interface SourceFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly SourceImport[];
  readonly nodes: readonly SyntaxNode[];
}

export interface SourceImport {
  /** As written: `../model/app.ts`, `node:fs`, `kysely`. */
  readonly specifier: string;
  /** For a relative import, the file it names, relative to the checkout. */
  readonly target: string | undefined;
  /** Names taken; empty for `import()` and for an import without names. */
  readonly names: readonly string[];
  readonly typeOnly: boolean;
}

/** All `.ts` files below some folders of the checkout, parsed. */
export function readSources(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => posix.relative(ROOT, posix.join(entry.parentPath, entry.name)))
      .filter((path) => !path.includes('/cases/'))
      .toSorted()
      .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8'))),
  );
}

/** Parses one file; `path` only serves to resolve its relative imports. */
export function parseSource(path: string, text: string): SourceFile {
  const nodes = [...walk(parseAst(text, { lang: 'ts' }))];
  return { path, text, nodes, imports: nodes.flatMap((node) => readImport(path, node)) };
}

const IMPORTS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function readImport(path: string, node: SyntaxNode): readonly SourceImport[] {
  const source = node['source'];
  if (!IMPORTS.has(node.type) || !isNode(source)) return [];
  const specifier = typeof source['value'] === 'string' ? source['value'] : '(computed)';
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
  const typeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type' || node.type === 'TSImportType';
  return [{ specifier, target, names: readNames(node['specifiers']), typeOnly }];
}

function readNames(specifiers: unknown): readonly string[] {
  if (!Array.isArray(specifiers)) return [];
  return specifiers.filter(isNode).map((specifier) => {
    const imported = specifier['imported'] ?? specifier['local'];
    return isNode(imported) ? String(imported['name']) : '';
  });
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  if (!isNode(value)) return;
  yield value;
  for (const child of Object.values(value)) if (typeof child === 'object') yield* walk(child);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
