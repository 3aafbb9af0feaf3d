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
  const parts: Part[] = [];
  let index = 0;
  for (const text of strings) {
    if (text !== '') parts.push(text);
    const hole = holes[index];
    if (hole !== undefined) parts.push(hole);
    index += 1;
  }
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
  const parts: Part[] = [];
  for (const fragment of fragments) {
    if (parts.length > 0) parts.push(separator);
    parts.push(fragment);
  }
  return { kind: 'fragment', parts };
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
  const out: Output = { text: '', symbols: [], indent: '', isBlank: true };
  write(fragment, '', out);
  return { text: tidy(out.text), symbols: out.symbols };
}

/** Marks the place of an empty filling until its line can be judged. */
const EMPTY = '\u0000';

/** What is written so far, and what is known of the line that is being written. */
interface Output {
  text: string;
  readonly symbols: ImportedSymbol[];
  /** White space at the start of the line. */
  indent: string;
  /** Whether the line is nothing but white space so far. */
  isBlank: boolean;
}

/** Appends a fragment; the lines that it begins stand below `indent`. */
function write({ parts }: Fragment, indent: string, out: Output): void {
  if (parts.length === 0) writeWord(EMPTY, out);
  for (const part of parts) {
    if (typeof part === 'string') {
      if (part.includes('\n')) writeLines(part, indent, out);
      else writeWord(part, out);
    } else if (part.kind === 'fragment') write(part, out.indent, out);
    else {
      out.symbols.push(part);
      writeWord(part.name, out);
    }
  }
}

/** Appends text that begins no line. */
function writeWord(text: string, out: Output): void {
  out.text += text;
  if (!out.isBlank) return;
  const end = spacesEnd(text, 0);
  out.indent += text.slice(0, end);
  out.isBlank = end === text.length;
}

function writeLines(part: string, indent: string, out: Output): void {
  const text = indent === '' ? part : part.replaceAll('\n', `\n${indent}`);
  out.text += text;
  const start = text.lastIndexOf('\n') + 1;
  const end = spacesEnd(text, start);
  out.indent = text.slice(start, end);
  out.isBlank = end === text.length;
}

function spacesEnd(text: string, start: number): number {
  let end = start;
  while (text[end] === ' ') end += 1;
  return end;
}

/** Drops lines that held only empty fillings, and trailing white space. */
function tidy(text: string): string {
  const full = text.includes(EMPTY) ? text.replaceAll(EMPTY_LINE, '').replaceAll(EMPTY, '') : text;
  return HAS_LINE_END.test(full) ? full.replaceAll(LINE_END, '') : full;
}

/** A line of empty fillings alone, with the line break before it. */
const EMPTY_LINE = /(?:^|\n)[^\S\n]*\0[^\S\n\0]*(?:\0[^\S\n\0]*)*(?=\n|$)/g;
const HAS_LINE_END = /[^\S\n](?:\n|$)/;
const LINE_END = /[^\S\n]+(?=\n|$)/g;
