import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC5xxx`: the compiled files cannot be written as they stand. */
export const output = {} satisfies CatalogueRows;
