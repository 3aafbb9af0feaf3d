import { parsePattern } from './parse-pattern.ts';
import type { CodeRange, PatternNode } from './pattern-node.ts';

/** Words, where letters are free. */
const FRIENDLY = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.'];
/** All kinds of characters soon: what look-aheads, such as those of passwords, ask for. */
const MIXED = [...'aA0!bB1@cC2#dD3$eE4%fF5&gG6*hH7?iI8+jJ9=kKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ-_. '];
const MOST_REPEATS = 300;
const MOST_ATTEMPTS = 3000;
const MOST_CHARACTERS = 5000;

type Palettes = Map<readonly CodeRange[], readonly string[]>;

/** How one candidate is written: which alternatives and characters, and how far repetitions go beyond their least. */
interface Style {
  readonly variant: number;
  readonly extra: number;
  readonly mixed: boolean;
  /** The characters to choose from, by set. */
  readonly palettes: { readonly friendly: Palettes; readonly mixed: Palettes };
}

/** Up to `wanted` distinct strings that `accepts` confirms, written from the pattern; deterministic. */
export function patternSamples(
  source: string,
  longest: number,
  wanted: number,
  accepts: (text: string) => boolean,
): readonly string[] {
  const { node } = parsePattern(source);
  const found = new Set<string>();
  const palettes: Style['palettes'] = { friendly: new Map(), mixed: new Map() };
  let attempts = 0;
  for (const style of styles(Math.min(longest, MOST_REPEATS))) {
    attempts += 1;
    if (found.size >= wanted || attempts > MOST_ATTEMPTS) break;
    const text = write(node, { ...style, palettes }, 0);
    if (text.length <= longest && accepts(text)) found.add(text);
  }
  return [...found];
}

function* styles(longest: number): Generator<Omit<Style, 'palettes'>> {
  const extras = [2, 0, 1, ...Array.from({ length: longest }, (_, index) => index + 3)];
  for (const extra of extras) {
    for (const variant of [0, 1, 2, 3, 4, 5]) yield { variant, extra, mixed: false };
    for (const variant of [0, 1, 2]) yield { variant, extra, mixed: true };
  }
}

function write(node: PatternNode, style: Style, position: number): string {
  switch (node.kind) {
    case 'set':
      return pickCharacter(palette(node.ranges, style), style.variant + position);
    case 'choice': {
      const option = node.options[style.variant % node.options.length];
      return option === undefined ? '' : write(option, style, position);
    }
    case 'sequence':
      return node.items.reduce((text, item) => text + write(item, style, position + text.length), '');
    case 'repeat':
      return writeRepeat(node, style, position);
    case 'look':
    case 'anchor':
      return '';
    default:
      return node satisfies never;
  }
}

function writeRepeat(node: Extract<PatternNode, { kind: 'repeat' }>, style: Style, position: number): string {
  const count = Math.min(node.max, node.min + style.extra);
  let text = '';
  for (let turn = 0; turn < count && text.length < MOST_CHARACTERS; turn += 1)
    text += write(node.item, style, position + text.length);
  return text;
}

function palette(ranges: readonly CodeRange[], { mixed, palettes }: Style): readonly string[] {
  const known = palettes[mixed ? 'mixed' : 'friendly'].get(ranges);
  if (known !== undefined) return known;
  const wished = (mixed ? MIXED : FRIENDLY).filter((character) => holds(ranges, character.codePointAt(0) ?? 0));
  const fresh = wished.length > 0 ? wished : ranges.slice(0, 3).map(([from]) => String.fromCodePoint(from));
  palettes[mixed ? 'mixed' : 'friendly'].set(ranges, fresh);
  return fresh;
}

function pickCharacter(characters: readonly string[], index: number): string {
  return characters.length === 0 ? '' : (characters[index % characters.length] ?? '');
}

function holds(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([from, to]) => from <= code && code <= to);
}
