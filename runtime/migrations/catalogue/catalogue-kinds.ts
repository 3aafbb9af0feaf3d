import type { CatalogueKind } from './catalogue.ts';

const KINDS: Readonly<Record<CatalogueKind, true>> = {
  extension: true,
  enum: true,
  function: true,
  table: true,
  column: true,
  constraint: true,
  index: true,
  trigger: true,
  rule: true,
  policy: true,
  view: true,
};

/** Whether a value names a kind of object. */
export function isCatalogueKind(value: unknown): value is CatalogueKind {
  return typeof value === 'string' && Object.hasOwn(KINDS, value);
}
