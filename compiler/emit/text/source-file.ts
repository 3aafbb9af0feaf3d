import type { OutputFile } from '../file.ts';
import { SLASH_HEADER } from '../header.ts';
import { flatten, type Fragment, type ImportedSymbol } from './fragment.ts';

/** A compiler-owned TypeScript file: header, the imports its symbols ask for, body. */
export function sourceFile(path: string, body: Fragment): OutputFile {
  return { path, text: `${SLASH_HEADER.join('\n')}\n${withImports(body)}`, owner: 'compiler' };
}

/** A file written once and then the user's. */
export function scaffoldFile(path: string, body: Fragment): OutputFile {
  return { path, text: withImports(body), owner: 'scaffold' };
}

function withImports(body: Fragment): string {
  const { text, symbols } = flatten(body);
  const imports = importLines(symbols);
  const head = imports.length === 0 ? '' : `${imports.join('\n')}\n\n`;
  return `${head}${text.trim()}\n`;
}

function importLines(symbols: readonly ImportedSymbol[]): readonly string[] {
  const modules = new Map<string, { readonly types: Set<string>; readonly values: Set<string> }>();
  for (const { name, from, typeOnly } of symbols) {
    let used = modules.get(from);
    if (used === undefined) modules.set(from, (used = { types: new Set(), values: new Set() }));
    (typeOnly ? used.types : used.values).add(name);
  }
  const ordered = [...modules].toSorted(([left], [right]) => byDistance(left, right));
  return ordered.flatMap(([from, { types, values }]) => [
    ...importLine('import type', types, from),
    ...importLine('import', values, from),
  ]);
}

function importLine(keyword: string, names: ReadonlySet<string>, from: string): readonly string[] {
  return names.size === 0 ? [] : [`${keyword} { ${[...names].toSorted().join(', ')} } from '${from}';`];
}

/** Packages, then the runtime, then other folders, then this folder; code-unit order within each. */
function byDistance(left: string, right: string): number {
  const difference = rank(left) - rank(right);
  if (difference !== 0) return difference;
  return left < right ? -1 : left > right ? 1 : 0;
}

function rank(from: string): number {
  if (from.startsWith('../')) return 2;
  if (from.startsWith('./')) return 3;
  return from.startsWith('#') ? 1 : 0;
}
