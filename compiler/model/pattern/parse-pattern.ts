import { ANY, complement, DIGITS, LINE_ENDS, propertyRanges, SPACE, WORD } from './code-ranges.ts';
import type { CodeRange, Pattern, PatternNode } from './pattern-node.ts';

const CLASSES: ReadonlyMap<string, readonly CodeRange[]> = new Map([
  ['d', DIGITS],
  ['D', complement(DIGITS)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACE],
  ['S', complement(SPACE)],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['f', 12],
  ['0', 0],
]);

/** Reads a pattern that `new RegExp(source, 'u')` accepts. */
export function parsePattern(source: string): Pattern {
  const parser = new PatternParser(source);
  return { node: parser.choice(), unportable: [...parser.unportable] };
}

/** A recursive descent; the grammar is known to hold, so it never fails, at worst it stops early. */
class PatternParser {
  readonly unportable = new Set<string>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#accept('|')) options.push(this.#sequence());
    return only(options) ?? { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#text.length && !this.#sees('|') && !this.#sees(')')) items.push(this.#term());
    return only(items) ?? { kind: 'sequence', items };
  }

  #term(): PatternNode {
    const atom = this.#atom();
    const bounds = this.#take(/[*+?]|\{\d+(,\d*)?\}/y);
    if (bounds === '') return atom;
    this.#accept('?');
    return { kind: 'repeat', item: atom, ...repeatBounds(bounds) };
  }

  #atom(): PatternNode {
    if (this.#accept('^')) return { kind: 'anchor', at: 'start' };
    if (this.#accept('$')) return { kind: 'anchor', at: 'end' };
    if (this.#accept('.')) return { kind: 'set', ranges: complement(LINE_ENDS) };
    if (this.#accept('(')) return this.#group();
    if (this.#accept('[')) return { kind: 'set', ranges: this.#bracket() };
    if (this.#accept('\\')) return this.#escaped();
    return this.#one(this.#codePoint());
  }

  #group(): PatternNode {
    const opening = this.#take(/\?(?:[:=!]|<[=!]|<[^>]*>|[a-z]*(?:-[a-z]*)?:)/y);
    if (opening.startsWith('?<=') || opening.startsWith('?<!')) this.unportable.add('a lookbehind; check it otherwise');
    else if (opening.startsWith('?<')) this.unportable.add('a named group; write "(...)"');
    else if (/^\?[a-z-]/.test(opening)) this.unportable.add('inline flags; write both cases, as in "[aA]"');
    const item = this.choice();
    this.#accept(')');
    return /^\?<?[=!]/.test(opening) ? { kind: 'look', item } : item;
  }

  #escaped(): PatternNode {
    if (this.#take(/[bB]/y) !== '') return { kind: 'anchor', at: 'word' };
    if (this.#take(/[1-9]\d*|k<[^>]*>/y) !== '') {
      this.unportable.add('a back reference; write what is meant twice');
      return { kind: 'sequence', items: [] };
    }
    return { kind: 'set', ranges: this.#escapedRanges() };
  }

  #bracket(): readonly CodeRange[] {
    const negated = this.#accept('^');
    const ranges: CodeRange[] = [];
    while (this.#at < this.#text.length && !this.#accept(']')) {
      const from = this.#member();
      const low = from[0]?.[0];
      if (low !== undefined && isOne(from) && this.#sees('-') && this.#text[this.#at + 1] !== ']') {
        this.#at += 1;
        ranges.push([low, this.#member()[0]?.[1] ?? low]);
      } else ranges.push(...from);
    }
    return negated ? complement(ranges) : ranges;
  }

  #member(): readonly CodeRange[] {
    if (this.#accept('\\')) return this.#accept('b') ? [[8, 8]] : this.#escapedRanges();
    const code = this.#codePoint();
    return [[code, code]];
  }

  #escapedRanges(): readonly CodeRange[] {
    const property = this.#take(/[pP]\{[^}]*\}/y);
    if (property.startsWith('p')) return propertyRanges(property.slice(2, -1));
    if (property.startsWith('P')) return ANY;
    const code = this.#escapedCode();
    if (code !== undefined) return [[code, code]];
    const letter = this.#text[this.#at] ?? '';
    const known = CLASSES.get(letter);
    const literal = known === undefined ? this.#codePoint() : 0;
    if (known === undefined) return [[CONTROLS.get(letter) ?? literal, CONTROLS.get(letter) ?? literal]];
    this.#at += 1;
    return known;
  }

  /** `\xHH`, `\uHHHH`, `\uD83D\uDE00`, `\u{1F600}`, `\cJ`. */
  #escapedCode(): number | undefined {
    const pair = this.#take(/u[dD][89abAB]..\\u[dD][c-fC-F]../y);
    if (pair !== '') {
      return (parseInt(pair.slice(1, 5), 16) - 0xd800) * 0x400 + parseInt(pair.slice(7), 16) - 0xdc00 + 0x10000;
    }
    const hex = this.#take(/x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}/y);
    if (hex !== '') return parseInt(hex.replace(/[xu{}]/g, ''), 16);
    const control = this.#take(/c[A-Za-z]/y);
    return control === '' ? undefined : (control.codePointAt(1) ?? 0) % 32;
  }

  #one(code: number): PatternNode {
    return { kind: 'set', ranges: [[code, code]] };
  }

  #codePoint(): number {
    const code = this.#text.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #sees(character: string): boolean {
    return this.#text[this.#at] === character;
  }

  #accept(character: string): boolean {
    const found = this.#sees(character);
    if (found) this.#at += 1;
    return found;
  }

  #take(sticky: RegExp): string {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

function only(nodes: readonly PatternNode[]): PatternNode | undefined {
  return nodes.length === 1 ? nodes[0] : undefined;
}

function isOne(ranges: readonly CodeRange[]): boolean {
  return ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];
}

function repeatBounds(text: string): { readonly min: number; readonly max: number } {
  if (text === '*') return { min: 0, max: Infinity };
  if (text === '+') return { min: 1, max: Infinity };
  if (text === '?') return { min: 0, max: 1 };
  const [min = '0', max] = text.slice(1, -1).split(',');
  if (max === undefined) return { min: Number(min), max: Number(min) };
  return { min: Number(min), max: max === '' ? Infinity : Number(max) };
}
