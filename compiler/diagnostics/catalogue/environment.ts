import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC6xxx`: what surrounds the compiler or the backend is missing or wrong. */
export const environment = {} satisfies CatalogueRows;
