import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC4xxx`: the change cannot become a migration as it stands. */
export const migration = {} satisfies CatalogueRows;
