import type { Field, Literal } from '../../model/app.ts';
import type { Expression } from '../../expression/expression.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { elementProblem } from '../../model/literal.ts';
import { patternSamples } from '../../model/pattern/pattern-samples.ts';
import { elementSamples } from '../../model/samples.ts';
import { askedOfText, type AskedOfText } from './asked-of-text.ts';
import { countReads } from './solve-for.ts';

/** Texts that a field may hold and that conditions ask for. */
export function textAims(field: Field, parts: readonly Expression[]): readonly Literal[] {
  const isField = (part: Expression): boolean => part.kind === 'value' && countReads(part, field.column) === 1;
  return aimedTexts(field, askedOfText(parts, isField));
}

/** Most that a field is given. */
const MOST = 18;

/** Texts of the field's own making, changed until they are what is asked for; those that ask for most come first. */
function aimedTexts(field: Field, asked: AskedOfText): readonly Literal[] {
  const { constants, beginnings, contained, lengths } = asked;
  if ([constants, beginnings, contained, lengths].every((list) => list.length === 0)) return [];
  const texts = [...joinedTexts(field, asked), ...constants.flatMap(besides), ...patternTexts(field, asked)];
  const fitting = texts
    .flatMap((text) => [text, ...lengths.flatMap((length) => ofLengths(text, length))])
    .filter((text) => elementProblem(field, text) === undefined)
    .map((text) => canonicalLiteral(field, text));
  return [...new Set(fitting)].slice(0, MOST);
}

/** Each beginning before each word, or in the place of its own, with what else is to be in it. */
function joinedTexts(field: Field, { beginnings, contained }: AskedOfText): readonly string[] {
  const words = [...elementSamples(field), 'first', 'second', 'third', ''].map(String);
  const most = field.limits.maxLength ?? Infinity;
  const heads = beginnings.length === 0 ? [''] : beginnings;
  const wishes = contained.length > 1 ? [contained, ...contained.map((part) => [part])] : [contained];
  return wishes.flatMap((parts) => heads.flatMap((head) => words.flatMap((word) => joinText(head, word, parts, most))));
}

function joinText(head: string, word: string, parts: readonly string[], most: number): readonly string[] {
  const missing = parts.filter((part) => !head.includes(part)).join('');
  const kept = word.startsWith(head) ? word.slice(head.length) : word;
  const rest = kept.slice(0, Math.max(0, most - head.length - missing.length));
  return [head + missing + rest, head + rest + missing, head + word.slice(head.length)];
}

/** What is compared with, something after it and something before it. */
function besides(text: string): readonly string[] {
  return [text, `${text}a`, text.slice(0, -1)];
}

function ofLengths(text: string, length: number): readonly string[] {
  return [length, length + 1, length - 1]
    .filter((wished) => wished >= 0)
    .map((wished) => text.padEnd(wished, '-').slice(0, wished));
}

function patternTexts({ limits }: Field, { beginnings, contained }: AskedOfText): readonly string[] {
  const { pattern, minLength = 0, maxLength = 255 } = limits;
  if (pattern === undefined) return [];
  const heads = beginnings.length === 0 ? [''] : beginnings;
  return heads.flatMap((head) =>
    patternSamples(
      pattern,
      Math.min(maxLength, minLength + 1000),
      3,
      (text) => text.startsWith(head) && contained.every((part) => text.includes(part)),
    ),
  );
}
