import type { CatalogueRows } from '../catalogue-row.ts';

/** `SC1xxx`: the text is not the YAML that the language allows. */
export const syntax = {} satisfies CatalogueRows;
