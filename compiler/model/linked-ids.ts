import type { Field } from './app.ts';
import type { IdKind } from './id-kind.ts';

/** The kind of the ids that a link holds; undefined for a field that is no link. */
export function linkedIds({ reference, links }: Pick<Field, 'reference' | 'links'>): IdKind | undefined {
  const target = reference ?? links;
  return target && (target.id ?? 'uuid');
}
