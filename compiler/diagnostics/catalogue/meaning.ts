import type { CatalogueRows } from '../catalogue-row.ts';
import { attributes } from './meaning/attributes.ts';
import { expressions } from './meaning/expressions.ts';
import { links } from './meaning/links.ts';
import { lists } from './meaning/lists.ts';
import { names } from './meaning/names.ts';
import { values } from './meaning/values.ts';

/** `SC3xxx`: what the spec says, though well formed, cannot be. */
export const meaning = {
  ...names,
  ...values,
  ...attributes,
  ...lists,
  ...links,
  ...expressions,
} satisfies CatalogueRows;
