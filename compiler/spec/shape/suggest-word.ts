import { distance } from 'fastest-levenshtein';
import { type Alias, findAlias, normalizeWord } from './aliases.ts';

/** What to write instead of a word that may not stand here. */
export interface Suggestion {
  /** In the imperative, to follow a semicolon. */
  readonly hint: string;
  /** The word to put in its place, where that is certain. */
  readonly replacement?: string;
}

/** Looks through habits first and spelling second: edit distance alone would answer `integer` to `pointer`. */
export function suggestWord(context: string, written: string, allowed: readonly string[]): Suggestion {
  const alias = findAlias(context, written);
  const spelled = findSpelling(written, allowed);
  if (spelled !== undefined && normalizeWord(spelled) === normalizeWord(written)) return replaceBy(spelled);
  if (alias?.hint !== undefined) return withHint(alias.hint, alias);
  if (alias?.word !== undefined && allowed.includes(alias.word)) return replaceBy(alias.word);
  if (spelled !== undefined) return replaceBy(spelled);
  return { hint: listWords(allowed) };
}

function withHint(hint: string, { word, isCertain }: Alias): Suggestion {
  return word !== undefined && isCertain ? { hint, replacement: word } : { hint };
}

function replaceBy(word: string): Suggestion {
  return { hint: `write "${word}"`, replacement: word };
}

/** The one allowed word that is a slip of the keyboard away; none where two are as near. */
export function findSpelling(written: string, allowed: readonly string[]): string | undefined {
  if (written.length > 60) return undefined;
  const wanted = normalizeWord(written);
  const near = allowed
    .map((word) => ({ word, steps: countSlips(normalizeWord(word), wanted) }))
    .toSorted((a, b) => a.steps - b.steps);
  const [best, second] = near;
  if (best === undefined || best.steps > slipsAllowed(wanted) || best.steps === second?.steps) return undefined;
  return best.word;
}

/** Edit distance, in which two letters that changed places are one slip. */
function countSlips(word: string, wanted: string): number {
  return isTransposed(word, wanted) ? 1 : distance(word, wanted);
}

function isTransposed(word: string, wanted: string): boolean {
  if (word.length !== wanted.length) return false;
  let at = 0;
  while (at < word.length && word[at] === wanted[at]) at += 1;
  const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  return at + 1 < word.length && swapped === wanted;
}

function slipsAllowed(word: string): number {
  if (word.length <= 3) return word.length <= 1 ? 0 : 1;
  return word.length <= 5 ? 1 : 2;
}

/** "write one of ..." for few words, and the list beside the message for many. */
export function listWords(allowed: readonly string[]): string {
  if (allowed.length === 0) return 'remove it';
  if (allowed.length === 1) return `write "${allowed[0] ?? ''}"`;
  if (allowed.length > 8) return 'write one of the words that are allowed here';
  return `write one of ${allowed.map((word) => `"${word}"`).join(', ')}`;
}
