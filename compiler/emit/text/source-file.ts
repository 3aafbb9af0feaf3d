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
  const modules = [...new Set(symbols.map(({ from }) => from))].toSorted(byDistance);
  return modules.flatMap((from) => {
    const used = symbols.filter((candidate) => candidate.from === from);
    return [
      importLine(
        'import type',
        used.filter(({ typeOnly }) => typeOnly),
        from,
      ),
      importLine(
        'import',
        used.filter(({ typeOnly }) => !typeOnly),
        from,
      ),
    ].flat();
  });
}

function importLine(keyword: string, used: readonly ImportedSymbol[], from: string): readonly string[] {
  const names = [...new Set(used.map(({ name }) => name))].toSorted();
  return names.length === 0 ? [] : [`${keyword} { ${names.join(', ')} } from '${from}';`];
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
