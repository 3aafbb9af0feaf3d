import type { Field } from '../app.ts';
import { MAX_EMAIL, MAX_URL } from '../text-formats.ts';
import { type Check, entityPointer } from './check.ts';

/** A tsvector holds 1,048,575 bytes; a character of text takes at most five of them. */
const MOST_CHARACTERS = 209_000;

/** What a row's searched fields may hold fits into the one value of its index. */
export const checkSearchSizes: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    const searched = entity.fields.filter(({ name }) => entity.search?.includes(name));
    const characters = searched.reduce((sum, field) => sum + longest(field), 0);
    if (characters > MOST_CHARACTERS)
      reporter.report('search-too-long', entityPointer(entity, 'search'), { characters, most: MOST_CHARACTERS });
  }
};

function longest({ type, limits }: Field): number {
  if (type === 'email') return MAX_EMAIL;
  return type === 'url' ? MAX_URL : (limits.maxLength ?? 0);
}
