import type { DatabaseSchema } from '../database/database-schema.ts';
import { temporaryName } from './diff/temporary-name.ts';
import type { Operation } from './operations.ts';

/** A name before some operations and after them. */
export interface TracedName {
  readonly name: string;
  readonly to: string;
}

export interface TracedTable extends TracedName {
  readonly columns: readonly TracedName[];
}

export interface TracedEnum extends TracedName {
  readonly values: readonly TracedName[];
}

/** What is there before and after some operations, by its names on both sides. */
export interface TracedNames {
  readonly tables: readonly TracedTable[];
  readonly enums: readonly TracedEnum[];
}

/** Follows every name through the operations, those too that it bears for a while. */
export function traceNames(from: DatabaseSchema, operations: readonly Operation[]): TracedNames {
  const start: TracedNames = {
    tables: from.tables.map(({ name, columns }) => ({ name, to: name, columns: unchanged(columns) })),
    enums: from.enums.map(({ name, values }) => ({
      name,
      to: name,
      values: unchanged(values.map((value) => ({ name: value }))),
    })),
  };
  return operations.reduce(afterOperation, start);
}

function unchanged(items: readonly { readonly name: string }[]): readonly TracedName[] {
  return items.map(({ name }) => ({ name, to: name }));
}

function afterOperation(names: TracedNames, operation: Operation): TracedNames {
  const { tables, enums } = names;
  switch (operation.kind) {
    case 'renameTable':
      return { ...names, tables: renamed(tables, operation) };
    case 'dropTable':
      return { ...names, tables: tables.filter(({ to }) => to !== operation.name) };
    case 'renameColumn':
    case 'dropColumn': {
      const columns = (table: TracedTable): readonly TracedName[] =>
        operation.kind === 'renameColumn'
          ? renamed(table.columns, operation)
          : table.columns.filter(({ to }) => to !== operation.name);
      return { ...names, tables: within(tables, operation.table, (table) => ({ ...table, columns: columns(table) })) };
    }
    case 'renameEnum':
      return { ...names, enums: renamed(enums, operation) };
    case 'createEnum':
      // A type that is made anew takes the name of the one that stepped aside for it.
      return {
        ...names,
        enums: renamed(enums, { name: temporaryName(operation.enum.name, 'old'), to: operation.enum.name }),
      };
    case 'dropEnum':
      return { ...names, enums: enums.filter(({ to }) => to !== operation.name) };
    case 'renameEnumValue': {
      const values = (type: TracedEnum): readonly TracedName[] =>
        renamed(type.values, { name: operation.value, to: operation.to });
      return { ...names, enums: within(enums, operation.enum, (type) => ({ ...type, values: values(type) })) };
    }
    default:
      return names;
  }
}

function renamed<Item extends TracedName>(items: readonly Item[], { name, to }: TracedName): readonly Item[] {
  return items.map((item) => (item.to === name ? { ...item, to } : item));
}

function within<Item extends TracedName>(
  items: readonly Item[],
  name: string,
  edit: (item: Item) => Item,
): readonly Item[] {
  return items.map((item) => (item.to === name ? edit(item) : item));
}
