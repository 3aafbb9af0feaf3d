import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/reporter.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { FILE_START, unlocated, type Span } from '../diagnostics/span.ts';
import { dependencies as forServer, devDependencies as forTests } from '../emit/infrastructure/dependencies.ts';
import { DEPENDENCIES_PATH, DEPENDENCY_KINDS, type CustomDependency } from '../plan/custom-dependencies.ts';

/** The packages that code in `custom/` needs, and what is wrong with the file that names them. */
export interface ReadDependencies {
  readonly dependencies: readonly CustomDependency[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where in the text something stands. */
type Range = readonly [start: number, end: number];

interface Mistake {
  readonly at: Range;
  readonly problem: string;
}

interface Entry extends CustomDependency {
  readonly at: Range;
}

/** Far more than any backend imports. */
const MAX_TEXT = 100_000;

/** What npm accepts as the name of a package. */
const PACKAGE_NAME = /^(?=.{1,214}$)(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** A version, a range, a tag or an address: what it means is left to npm. */
const VERSION = /^[^\s\p{Cc}]([^\p{Cc}]{0,500}[^\s\p{Cc}])?$/u;

const PINNED: ReadonlyMap<string, string> = new Map(Object.entries({ ...forServer, ...forTests }));

/** Reads the packages of an output folder; without the file there are none. */
export function readDependencies(root: string, folder: string): ReadDependencies {
  const path = join(root, DEPENDENCIES_PATH);
  return existsSync(path)
    ? parseDependencies(readFileSync(path, 'utf8'), join(folder, DEPENDENCIES_PATH))
    : { dependencies: [], diagnostics: [] };
}

/** Reads `{ "dependencies": {...}, "devDependencies": {...} }`; `file` is the name that a message gives. */
export function parseDependencies(text: string, file: string): ReadDependencies {
  const lines = new LineCounter();
  const found = text.length > MAX_TEXT ? [{ at: START, problem: 'is too large' }] : readEntries(text, lines);
  const entries = found.filter((item) => 'name' in item);
  const mistakes = found.filter((item) => 'problem' in item);
  const diagnostics = [
    ...mistakes.map(({ at, problem }) =>
      createDiagnostic(unlocated(file), 'dependencies-malformed', '', { problem }, { span: spanOf(at, lines) }),
    ),
    ...entries.flatMap(({ at, name }) => {
      const version = PINNED.get(name);
      const place = { span: spanOf(at, lines) };
      return version === undefined
        ? []
        : createDiagnostic(unlocated(file), 'dependency-pinned', '', { name, version }, place);
    }),
  ];
  const dependencies = entries.map(({ kind, name, version }) => ({ kind, name, version }));
  return diagnostics.length > 0
    ? { dependencies: [], diagnostics: sortDiagnostics(diagnostics) }
    : { dependencies, diagnostics };
}

const START: Range = [0, 1];

/** JSON is YAML, whose parser knows where everything stands. */
function readEntries(text: string, lines: LineCounter): readonly (Entry | Mistake)[] {
  const { contents, errors } = parseDocument(text, { lineCounter: lines });
  const [error] = errors;
  if (error !== undefined) return [{ at: error.pos, problem: 'is no JSON' }];
  if (!isJson(text)) return [{ at: START, problem: 'is no JSON' }];
  if (!isMap(contents)) return [{ at: START, problem: 'is no object' }];
  const found = contents.items.flatMap(({ key, value }): readonly (Entry | Mistake)[] => {
    const kind = DEPENDENCY_KINDS.find((name) => isScalar(key) && key.value === name);
    if (kind === undefined) return [{ at: rangeOf(key), problem: 'has a key that is neither of the two' }];
    if (!isMap(value)) return [{ at: rangeOf(key), problem: `has no object at "${kind}"` }];
    return value.items.map((pair) => entryOf(kind, pair.key, pair.value));
  });
  return found.map((item, index) => {
    const isTwice =
      'name' in item && found.slice(0, index).some((other) => 'name' in other && other.name === item.name);
    return isTwice ? { at: item.at, problem: `names "${item.name}" twice` } : item;
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function entryOf(kind: CustomDependency['kind'], key: unknown, value: unknown): Entry | Mistake {
  const at = rangeOf(key);
  const name = isScalar(key) ? String(key.value) : '';
  if (!PACKAGE_NAME.test(name)) return { at, problem: 'has a name that no package can have' };
  const version: unknown = isScalar(value) ? value.value : undefined;
  return typeof version === 'string' && VERSION.test(version)
    ? { kind, name, version, at }
    : { at, problem: `has no version of "${name}"` };
}

function rangeOf(node: unknown): Range {
  const [start, end] = (isNode(node) ? node.range : undefined) ?? START;
  return [start, end];
}

function spanOf([start, end]: Range, lines: LineCounter): Span {
  // A text that was never parsed has no lines yet.
  if (lines.lineStarts.length === 0) return FILE_START;
  const from = lines.linePos(start);
  const to = lines.linePos(end);
  return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
}
