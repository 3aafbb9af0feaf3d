import { byName } from '../../database/canonical-schema.ts';
import type { DatabaseSchema, EnumType } from '../../database/database-schema.ts';
import { find } from '../named-list.ts';

export interface EnumPair {
  readonly old: EnumType;
  readonly next: EnumType;
}

/** Enum types that stay. */
export function keptEnums(from: DatabaseSchema, to: DatabaseSchema): readonly EnumPair[] {
  return byName(to.enums).flatMap((next) => {
    const old = find(from.enums, next.name);
    return old === undefined ? [] : [{ old, next }];
  });
}

/** Those that lose or reorder values, which Postgres does to no type: it is made anew. */
export function rebuiltEnums(from: DatabaseSchema, to: DatabaseSchema): readonly EnumPair[] {
  return keptEnums(from, to).filter(({ old, next }) => !isExtended(old, next));
}

/** Whether the old values are all there, in their order. */
function isExtended(old: EnumType, next: EnumType): boolean {
  const kept = next.values.filter((value) => old.values.includes(value));
  return kept.length === old.values.length && kept.every((value, index) => value === old.values[index]);
}
