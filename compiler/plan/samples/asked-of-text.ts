import type { Expression } from '../../expression/expression.ts';

/** What conditions ask of one text, as they write it. */
export interface AskedOfText {
  /** What it is compared with. */
  readonly constants: readonly string[];
  readonly beginnings: readonly string[];
  readonly contained: readonly string[];
  /** Numbers that its length is compared with. */
  readonly lengths: readonly number[];
}

/** What the parts of conditions ask of the text that `isText` knows. */
export function askedOfText(parts: readonly Expression[], isText: (part: Expression) => boolean): AskedOfText {
  const isIt = (part: Expression): boolean => isText(part) || (part.kind === 'lower' && isText(part.text));
  const pairs = parts.flatMap((part) =>
    part.kind === 'order' || part.kind === 'equal' ? [part, { left: part.right, right: part.left }] : [],
  );
  return {
    constants: [
      ...pairs.flatMap(({ left, right }) => (isIt(left) ? textOf(right) : [])),
      ...parts.flatMap((part) =>
        part.kind === 'in' && isIt(part.item) && part.list.kind === 'items' ? part.list.items.flatMap(textOf) : [],
      ),
    ],
    beginnings: parts.flatMap((part) => (part.kind === 'startsWith' && isIt(part.text) ? textOf(part.part) : [])),
    contained: parts.flatMap((part) => (part.kind === 'contains' && isIt(part.text) ? textOf(part.part) : [])),
    lengths: lengthsAsked(parts, isIt),
  };
}

/** Numbers that the size of something is compared with. */
export function lengthsAsked(parts: readonly Expression[], isIt: (part: Expression) => boolean): readonly number[] {
  const isSize = (side: Expression): boolean => side.kind === 'size' && isIt(side.of);
  return parts.flatMap((part) => {
    if (part.kind !== 'order' && part.kind !== 'equal') return [];
    const numbers = [
      ...(isSize(part.left) ? textOf(part.right) : []),
      ...(isSize(part.right) ? textOf(part.left) : []),
    ].map(Number);
    return numbers.filter((length) => Number.isInteger(length) && length >= 0 && length <= LONGEST);
  });
}

/** Longer texts and lists make tests no better. */
const LONGEST = 2000;

function textOf(expression: Expression): readonly string[] {
  return expression.kind === 'literal' ? [expression.value] : [];
}
