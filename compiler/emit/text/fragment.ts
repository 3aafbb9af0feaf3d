/**
 * Pieces of emitted text. Only fragments and imported symbols may fill the hole of a template, so
 * no text of a spec reaches the output without one of the quoting helpers.
 */
export interface Fragment {
  readonly kind: 'fragment';
  readonly parts: readonly Part[];
}

/** A name that brings its own import. */
export interface ImportedSymbol {
  readonly kind: 'symbol';
  readonly name: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

type Part = string | ImportedSymbol | Fragment;

/** What may fill a hole. */
export type Hole = Fragment | ImportedSymbol;

/** A template of TypeScript; a filling of several lines keeps the indentation of the line it stands on. */
export function ts(strings: TemplateStringsArray, ...holes: readonly Hole[]): Fragment {
  const parts = strings.flatMap((text, index): readonly Part[] => {
    const hole = holes[index];
    return hole === undefined ? [text] : [text, hole];
  });
  return { kind: 'fragment', parts };
}

/** Text that is known to be safe where it stands; the quoting helpers are its only callers. */
export function raw(text: string): Fragment {
  return { kind: 'fragment', parts: [text] };
}

/** Nothing at all; a line that holds nothing else disappears. */
export const nothing: Fragment = { kind: 'fragment', parts: [] };

/** Fragments one a line. */
export function lines(fragments: readonly Hole[]): Fragment {
  return joined(fragments, '\n');
}

/** Fragments with a separator between them. */
export function joined(fragments: readonly Hole[], separator: string): Fragment {
  return { kind: 'fragment', parts: fragments.flatMap((part, index) => (index === 0 ? [part] : [separator, part])) };
}

/** A symbol of another module; using it in a fragment imports it. */
export function symbol(name: string, from: string): ImportedSymbol {
  return { kind: 'symbol', name, from, typeOnly: false };
}

/** A type of another module. */
export function typeSymbol(name: string, from: string): ImportedSymbol {
  return { kind: 'symbol', name, from, typeOnly: true };
}

/** The fragment's text and every symbol it used. */
export function flatten(fragment: Fragment): { readonly text: string; readonly symbols: readonly ImportedSymbol[] } {
  const symbols: ImportedSymbol[] = [];
  return { text: tidy(write(fragment, '', symbols)), symbols };
}

/** Marks the place of an empty filling until its line can be judged. */
const EMPTY = '\u0000';

function write(fragment: Fragment, indent: string, symbols: ImportedSymbol[]): string {
  if (fragment.parts.length === 0) return EMPTY;
  let text = '';
  // The line being written alone, as looking back through all of the text would take quadratic time.
  let line = { text: '', isFirst: true };
  for (const part of fragment.parts) {
    const written = writePart(part, indent, line.isFirst ? indent + indentOf(line.text) : indentOf(line.text), symbols);
    text += written;
    const lineBreak = written.lastIndexOf('\n');
    line =
      lineBreak < 0 ? { ...line, text: line.text + written } : { text: written.slice(lineBreak + 1), isFirst: false };
  }
  return text;
}

function writePart(part: Part, indent: string, lineIndent: string, symbols: ImportedSymbol[]): string {
  if (typeof part === 'string') return part.replaceAll('\n', `\n${indent}`);
  if (part.kind === 'fragment') return write(part, lineIndent, symbols);
  symbols.push(part);
  return part.name;
}

/** White space at the start of a line. */
function indentOf(line: string): string {
  return /^[ ]*/.exec(line)?.[0] ?? '';
}

/** Drops lines that held only empty fillings, and trailing white space. */
function tidy(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes(EMPTY) || line.replaceAll(EMPTY, '').trim() !== '')
    .map((line) => line.replaceAll(EMPTY, '').trimEnd())
    .join('\n');
}
