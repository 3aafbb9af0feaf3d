import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC3xxx`: what the spec says, though well formed, cannot be. */
export const meaning = {} satisfies CatalogueRows;
