import type { Entity, Field } from '../model/app.ts';
import { singular, words } from '../model/naming.ts';

/** Lists of links that change one by one: those that bodies change, and that callers are shown. */
export function linkedFields({ fields }: Entity): readonly Field[] {
  return fields.filter(
    ({ links, readOnly, immutable, writeOnly }) => links !== undefined && !readOnly && !immutable && !writeOnly,
  );
}

/** Below the path of a row: `/labels/{labelId}`. */
export function linkPath(list: Field): string {
  return `/${words(list.name).join('-')}/{${linkParameter(list)}}`;
}

/** `labelId`. */
export function linkParameter({ name }: Field): string {
  return `${singular(name)}Id`;
}

/** `Label`, for the names of operations. */
export function linkName({ name }: Field): string {
  const one = singular(name);
  return one.slice(0, 1).toUpperCase() + one.slice(1);
}
