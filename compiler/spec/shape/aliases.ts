import { HABITS, type Habits } from './habits.ts';
import { HINTS } from './hints.ts';

/** A word that people and models write by habit, and the language's own. */
export interface Alias {
  /** The word to write instead, where one word does it. */
  readonly word?: string;
  /** What to write, in the imperative, where it takes more than the word. */
  readonly hint?: string;
  /** Whether replacing the word alone keeps what was meant. */
  readonly isCertain: boolean;
}

/** By context, each made when its first unknown word is met: most specs have none. */
const tables = new Map<string, ReadonlyMap<string, Alias>>();

/** What was meant by a word that the language does not know; case, spaces, `_` and `-` do not matter. */
export function findAlias(context: string, written: string): Alias | undefined {
  const habits = HABITS[context];
  if (habits === undefined) return undefined;
  const table = tables.get(context) ?? buildTable(context, habits);
  tables.set(context, table);
  return table.get(normalizeWord(written));
}

/** A word without what habits differ in. */
export function normalizeWord(written: string): string {
  const lower = written.toLowerCase();
  return /[\s_-]/.test(lower) ? lower.replaceAll(/[\s_-]/g, '') : lower;
}

function buildTable(context: string, habits: Habits): ReadonlyMap<string, Alias> {
  const table = new Map<string, Alias>();
  for (const [word, habitual] of Object.entries(habits)) {
    for (const one of habitual) table.set(normalizeWord(one), { word, isCertain: true });
  }
  for (const [one, hint] of Object.entries(HINTS[context] ?? {})) {
    table.set(normalizeWord(one), { isCertain: false, ...hint });
  }
  return table;
}
