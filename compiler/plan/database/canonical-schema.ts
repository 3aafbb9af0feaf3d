import type { DatabaseSchema, Table } from './database-schema.ts';

/** Puts everything that has no order of its own into code-unit order of its name. Columns keep theirs. */
export function canonicalSchema(schema: DatabaseSchema): DatabaseSchema {
  return {
    name: schema.name,
    extensions: byName(schema.extensions),
    enums: byName(schema.enums),
    functions: byName(schema.functions),
    tables: byName(schema.tables.map(canonicalTable)),
    views: byName(schema.views),
  };
}

/** The part of a schema that two databases must share to be equal: canonical, and blind to the order of columns. */
export function schemaState(schema: DatabaseSchema): DatabaseSchema {
  const canonical = canonicalSchema(schema);
  return { ...canonical, tables: canonical.tables.map(tableState) };
}

/** A table whatever the order of its columns. It is frozen data: its state is remembered, as most stay when a schema changes. */
export function tableState(table: Table): Table {
  const known = STATES.get(table);
  if (known !== undefined) return known;
  const state = { ...table, columns: byName(table.columns) };
  STATES.set(table, state);
  return state;
}

const STATES = new WeakMap<Table, Table>();

/** The same object where all is in order already, so that what is remembered of it stays known. */
function canonicalTable(table: Table): Table {
  const parts = [table.constraints, table.indexes, table.triggers, table.policies];
  if (parts.every(isInOrder)) return table;
  return {
    ...table,
    constraints: byName(table.constraints),
    indexes: byName(table.indexes),
    triggers: byName(table.triggers),
    policies: byName(table.policies),
  };
}

interface Named {
  readonly name: string;
}

function isInOrder(items: readonly Named[]): boolean {
  return items.every(({ name }, index) => index === 0 || (items[index - 1]?.name ?? '') <= name);
}

/** In code-unit order of their names. */
export function byName<Item extends Named>(items: readonly Item[]): readonly Item[] {
  return isInOrder(items) ? items : items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
