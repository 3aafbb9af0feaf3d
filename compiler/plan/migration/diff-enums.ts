import { byName } from '../database/canonical-schema.ts';
import type { DatabaseSchema, EnumType } from '../database/database-schema.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import type { SchemaRefusal } from './schema-refusal.ts';

export interface EnumChanges {
  /** New values of existing types: committed before anything may use them. */
  readonly added: readonly Operation[];
  readonly created: readonly Operation[];
  readonly refusals: readonly SchemaRefusal[];
}

/** New types and new values. A type that goes is refused with its column. */
export function diffEnums(from: DatabaseSchema, to: DatabaseSchema): EnumChanges {
  const kept = byName(to.enums).flatMap((next) => {
    const old = find(from.enums, next.name);
    return old === undefined ? [] : [{ old, next }];
  });
  return {
    added: kept.filter(({ old, next }) => isExtended(old, next)).flatMap(({ old, next }) => addedValues(old, next)),
    created: byName(to.enums)
      .filter(({ name }) => find(from.enums, name) === undefined)
      .map((type) => ({ kind: 'createEnum', enum: type })),
    refusals: kept.filter(({ old, next }) => !isExtended(old, next)).map(({ old, next }) => refuse(old, next, to)),
  };
}

/** Whether the old values are all there, in their order. */
function isExtended(old: EnumType, next: EnumType): boolean {
  const kept = next.values.filter((value) => old.values.includes(value));
  return kept.length === old.values.length && kept.every((value, index) => value === old.values[index]);
}

/** From the last to the first, so that each stands before one that exists by then. */
function addedValues(old: EnumType, next: EnumType): readonly Operation[] {
  const operations: Operation[] = [];
  for (let index = next.values.length - 1; index >= 0; index -= 1) {
    const value = next.values[index];
    const before = next.values[index + 1];
    if (value === undefined || old.values.includes(value)) continue;
    operations.push({ kind: 'addEnumValue', enum: next.name, value, ...(before === undefined ? {} : { before }) });
  }
  return operations;
}

function refuse(old: EnumType, next: EnumType, schema: DatabaseSchema): SchemaRefusal {
  for (const table of schema.tables) {
    const column = table.columns.find(({ type }) => type.enum === true && type.name === next.name);
    if (column === undefined) continue;
    return { kind: 'valuesChanged', table: table.name, column: column.name, from: old.values, to: next.values };
  }
  return { kind: 'objectChanged', object: 'enum', name: next.name };
}
